#include "gateway/ops/checks.h"

#include <unistd.h>

#include <filesystem>

#include "gateway/crypto/tls.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/match_options.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/poll_role.h"
#include "gateway/ops/source_switches.h"
#include "gateway/ops/translate_role.h"
#include "gateway/store/migrations.h"
#include "gateway/xml/schema.h"

namespace recall::ops {
namespace {

using Lines = std::vector<CheckLine>;

constexpr std::uintmax_t free_bytes_least = 512ULL << 20U;

void check_data_folder(const settings::Settings& settings, Lines& lines) {
    const std::filesystem::path folder(settings.data_folder);
    std::error_code status;
    if (!std::filesystem::is_directory(folder, status)) {
        lines.push_back(
            {CheckOutcome::warning, "data.folder",
             settings.data_folder + " is not there yet; it is made at the first start"});
        return;
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        lines.push_back({CheckOutcome::bad, "data.folder",
                         settings.data_folder + " cannot be written by this user"});
        return;
    }
    const auto space = std::filesystem::space(folder, status);
    const bool short_of_space = !status && space.available < free_bytes_least;
    lines.push_back({short_of_space ? CheckOutcome::bad : CheckOutcome::good, "data.folder",
                     settings.data_folder + (short_of_space ? " has less than 512 MiB free" : "")});
}

void check_database(const settings::Settings& settings, Lines& lines) {
    try {
        const auto database = open_database(settings);
        const std::size_t pending = store::pending_migrations(*database).size();
        lines.push_back({CheckOutcome::good, "database",
                         pending == 0 ? std::string("opens; its schema is current")
                                      : "opens; " + std::to_string(pending) +
                                            " migrations run at the next start"});
    } catch (const Failure& failure) {
        lines.push_back({CheckOutcome::bad, "database", failure.error().line()});
    }
}

void check_pair(const char* subject, const std::string& certificate, const std::string& key,
                Instant now, Lines& lines) {
    if (certificate.empty() && key.empty()) return;
    const Result<void> usable = crypto::check_identity(
        {.certificate_file = certificate, .key_file = key, .passphrase = {}}, now);
    lines.push_back({usable ? CheckOutcome::good : CheckOutcome::bad, subject,
                     usable ? certificate : usable.error().text});
}

void check_file(const char* subject, const std::string& path, Lines& lines) {
    if (path.empty()) return;
    const bool readable = ::access(path.c_str(), R_OK) == 0;
    lines.push_back({readable ? CheckOutcome::good : CheckOutcome::bad, subject,
                     readable ? path : path + " cannot be read"});
}

void check_address(const settings::Settings& settings, Lines& lines) {
    const std::string& address = settings.http_address;
    const bool loopback = address == "localhost" || address == "::1" || address.starts_with("127.");
    if (settings.http_tls_certificate.empty() && !loopback) {
        lines.push_back({CheckOutcome::bad, "http.address",
                         address +
                             " is not loopback: set http.tls_certificate and http.tls_key, or "
                             "put a proxy in front and listen on 127.0.0.1"});
    }
    if (settings.http_threads < settings.database_sessions) return;
    if (settings.http_threads > 8 * settings.database_sessions) {
        lines.push_back({CheckOutcome::warning, "database.sessions",
                         "fewer than an eighth of http.threads: requests will wait for sessions"});
    }
}

// Every source, with its code tables and the schema. Whether all of them are right.
bool check_mappings(const settings::Settings& settings, const mapping::MappingFolder& mappings,
                    Lines& lines) {
    const std::vector<std::string> sources = mappings.sources();
    std::size_t bad = 0;
    for (const std::string& id : sources) {
        const auto mapping = mappings.load(id);
        Result<void> usable = mapping ? Result<void>() : mapping.error();
        if (mapping && mapping->fetch) {
            const auto source = polled_source(settings, mappings, id);
            if (!source) usable = source.error();
        }
        if (usable) continue;
        ++bad;
        lines.push_back({CheckOutcome::bad, "mappings", usable.error().text});
    }
    if (bad == 0) {
        lines.push_back({CheckOutcome::good, "mappings",
                         std::to_string(sources.size()) + " sources can be mapped"});
    }
    return bad == 0;
}

void check_sources(const settings::Settings& settings, Lines& lines) {
    try {
        const auto mappings = open_mappings(settings.data_mappings);
        if (!check_mappings(settings, mappings, lines)) return;
        const auto switches = SourceSwitches::read(settings, mappings);
        if (!switches) lines.push_back({CheckOutcome::bad, "poll", switches.error().text});
    } catch (const Failure& failure) {
        lines.push_back({CheckOutcome::bad, "mappings", failure.error().text});
    }
}

// What else of files serve reads: each throws Failure, which names file and line.
void check_lexicon(const settings::Settings& settings, Lines& lines) {
    try {
        open_lexicon(settings.data_mappings);
    } catch (const Failure& failure) {
        lines.push_back({CheckOutcome::bad, "lexicon", failure.error().text});
    }
}

void check_exchange(const settings::Settings& settings, Lines& lines) {
    try {
        load_identity(settings);
        xml::load_schema(exchange_schema_file());
    } catch (const Failure& failure) {
        lines.push_back({CheckOutcome::bad, "exchange", failure.error().text});
    }
}

void check_translation(const settings::Settings& settings, Lines& lines) {
    if (settings.translation_url.empty()) return;
    const std::string fault = translation_fault(settings);
    lines.push_back({fault.empty() ? CheckOutcome::good : CheckOutcome::bad, "translation",
                     fault.empty() ? settings.translation_url : fault});
}

}  // namespace

Lines run_checks(const settings::Settings& settings, Instant now) {
    Lines lines;
    check_data_folder(settings, lines);
    check_database(settings, lines);
    check_address(settings, lines);
    check_pair("http.tls_certificate", settings.http_tls_certificate, settings.http_tls_key, now,
               lines);
    check_pair("exchange.certificate", settings.exchange_certificate, settings.exchange_key, now,
               lines);
    check_pair("exchange.tls_certificate", settings.exchange_tls_certificate,
               settings.exchange_tls_key, now, lines);
    check_file("http.tls_client_ca", settings.http_tls_client_ca, lines);
    check_file("exchange.ca_file", settings.exchange_ca_file, lines);
    check_file("poll.ca_file", settings.poll_ca_file, lines);
    check_file("translation.ca_file", settings.translation_ca_file, lines);
    check_file("match.model", settings.match_model, lines);
    check_exchange(settings, lines);
    check_sources(settings, lines);
    check_lexicon(settings, lines);
    check_translation(settings, lines);
    return lines;
}

}  // namespace recall::ops
