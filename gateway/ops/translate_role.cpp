#include "gateway/ops/translate_role.h"

#include "gateway/base/failure.h"
#include "gateway/ops/files.h"
#include "gateway/ops/node_name.h"
#include "gateway/ops/poll_role.h"

namespace recall::ops {
namespace {

constexpr std::size_t key_bytes_max = 4096;

bool may_be_private(const settings::Settings& settings) {
    return settings.translation_private_addresses == "yes";
}

std::string read_key(const std::string& path) {
    if (path.empty()) return {};
    std::string key = read_file(path, key_bytes_max);
    while (!key.empty() && (key.back() == '\n' || key.back() == '\r' || key.back() == ' '))
        key.pop_back();
    if (key.empty() || key.size() > key_bytes_max || key.find('\n') != std::string::npos) {
        throw Failure(ErrorCode::config,
                      "translation.key_file must hold one line, the key: " + path);
    }
    return key;
}

net::FetcherOptions options_of(const settings::Settings& settings) {
    net::FetcherOptions options = fetcher_options(settings);
    options.stand_in.clear();
    options.authority_file = settings.translation_ca_file;
    options.may_reach_private_hosts = may_be_private(settings);
    // A proxy leads outside.
    if (options.may_reach_private_hosts) options.proxy.clear();
    return options;
}

}  // namespace

std::string translation_fault(const settings::Settings& settings) {
    if (settings.translation_url.empty()) return {};
    const Result<net::Url> url = net::parse_url(settings.translation_url);
    if (!url) return "translation.url: " + url.error().text;
    if (!url->is_secure() && !may_be_private(settings)) {
        return "translation.url must be https, unless translation.private_addresses is yes";
    }
    const auto targets = translate::read_targets(settings.translation_targets);
    if (!targets) return targets.error().text;
    if (targets->empty()) return "translation.targets names no language";
    try {
        read_key(settings.translation_key_file);
    } catch (const Failure& failure) {
        return failure.error().text;
    }
    return {};
}

TranslateRole::TranslateRole(const settings::Settings& settings, store::Database& database,
                             const Clock& clock) {
    if (settings.translation_url.empty()) return;
    if (std::string fault = translation_fault(settings); !fault.empty()) {
        throw Failure(ErrorCode::config, std::move(fault));
    }
    translate::ServiceOptions service;
    service.url = settings.translation_url;
    service.key = read_key(settings.translation_key_file);
    service.timeout = std::chrono::milliseconds(settings.translation_timeout_ms);
    translate::TranslateOptions options;
    options.targets = *translate::read_targets(settings.translation_targets);
    options.characters_a_day_max = settings.translation_characters_a_day;
    options.interval = std::chrono::seconds(settings.translation_interval_seconds);
    fetcher_.emplace(options_of(settings), clock);
    work_.emplace(database, *fetcher_, std::move(service), clock, node_name(settings),
                  std::move(options));
}

void TranslateRole::start() {
    if (work_) work_->start();
}

void TranslateRole::stop() {
    if (work_) work_->stop();
}

void collect_translation_metrics(store::Database& database, http::Metrics& metrics) {
    metrics.collect_with([&database](http::Metrics& collected) {
        const store::SessionLease session = database.lease();
        store::Translations translations(*session);
        for (const auto state : {store::TranslationState::wanted, store::TranslationState::made,
                                 store::TranslationState::failed}) {
            collected.set("recallgw_translations", {{"state", spelling(state)}},
                          static_cast<double>(translations.count(state)));
        }
    });
}

}  // namespace recall::ops
