// recallgw serve: composes the gateway from its settings, runs it until a signal, stops it in
// order.

#include <csignal>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/http/api.h"
#include "gateway/http/server.h"
#include "gateway/http/stray_errors.h"
#include "gateway/mapping/summary_line.h"
#include "gateway/ops/checks.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/match_role.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/picture_role.h"
#include "gateway/ops/poll_role.h"
#include "gateway/ops/roles.h"
#include "gateway/ops/store_metrics.h"
#include "gateway/ops/translate_role.h"

namespace recall::ops {
namespace {

// The signals that serve takes, blocked before the first thread starts so that every thread
// inherits the mask and only the loop below sees them.
class Signals {
  public:
    Signals() {
        sigemptyset(&set_);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP})
            sigaddset(&set_, signal);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        // A partner that closes early must not end the process.
        std::signal(SIGPIPE, SIG_IGN);
    }
    int wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
        return signal;
    }

  private:
    sigset_t set_{};
};

http::ServerOptions server_options(const settings::Settings& settings) {
    http::ServerOptions options;
    options.address = settings.http_address;
    options.port = static_cast<unsigned short>(settings.http_port);
    options.tls.identity.certificate_file = settings.http_tls_certificate;
    options.tls.identity.key_file = settings.http_tls_key;
    options.tls.authority_file = settings.http_tls_client_ca;
    options.threads = static_cast<int>(settings.http_threads);
    options.limits.body_bytes_max = static_cast<std::size_t>(settings.http_body_bytes_max);
    options.request_timeout = std::chrono::milliseconds(settings.http_request_timeout_ms);
    options.room.connections_max = static_cast<std::size_t>(settings.http_connections_max);
    options.room.connections_per_address_max =
        static_cast<std::size_t>(settings.http_connections_per_address_max);
    options.room.head_timeout = std::chrono::milliseconds(settings.http_head_timeout_ms);
    options.room.keep_alive = std::chrono::milliseconds(settings.http_keep_alive_ms);
    options.stop_timeout = std::chrono::milliseconds(settings.http_stop_timeout_ms);
    return options;
}

Result<void> refuse_what_doctor_calls_bad(const settings::Settings& settings, Instant now) {
    std::string bad;
    for (const CheckLine& line : run_checks(settings, now)) {
        if (line.outcome == CheckOutcome::warning) {
            log(LogLevel::warning, "serve", line.subject + ": " + line.text);
        } else if (line.outcome == CheckOutcome::bad) {
            bad += "\n  " + line.subject + ": " + line.text;
        }
    }
    if (!bad.empty()) return Error{ErrorCode::config, "the gateway cannot be served:" + bad};
    return {};
}

std::vector<http::SourceAbout> source_abouts(const settings::Settings& settings) {
    std::vector<http::SourceAbout> out;
    const mapping::MappingFolder mappings = open_mappings(settings.data_mappings);
    for (const std::string& id : mappings.sources()) {
        const Result<mapping::Mapping> mapping = mappings.load(id);
        if (!mapping) throw Failure(mapping.error());
        const mapping::About& about = mapping->about;
        out.push_back({id, about.title, about.authority, about.country, about.home});
    }
    return out;
}

std::function<model::Texts(const model::Notice&)> line_maker(const settings::Settings& settings) {
    auto mappings =
        std::make_shared<const mapping::MappingFolder>(open_mappings(settings.data_mappings));
    return [mappings](const model::Notice& notice) {
        return mapping::summary_lines(notice, mappings->tables());
    };
}

// The gateway, made of the roles that this process has. All of it is made, so that a fault in the
// settings shows in every role; only the roles are started.
class Gateway {
  public:
    Gateway(const settings::Settings& settings, const Roles& roles, store::Database& database,
            const Clock& clock)
        : roles_(roles),
          secure_(!settings.http_tls_certificate.empty()),
          address_(settings.http_address),
          api_{database, clock, metrics_, RECALLGW_VERSION, {}, source_abouts(settings)},
          exchange_(settings, api_, router_),
          match_(settings, api_, router_,
                 roles.match ? cases::MatchDuty::match : cases::MatchDuty::follow),
          poll_(settings, database, clock),
          translate_(settings, database, clock),
          pictures_(settings, database, clock),
          guard_(router_, http::key_authenticator(database), metrics_),
          server_(server_options(settings), guard_) {
        api_.serves_tls = secure_;
        http::add_api_routes(router_, api_);
        collect_store_metrics(api_);
        collect_translation_metrics(database, metrics_);
        api_.summary_lines = line_maker(settings);
        api_.listings_stored = [this] { match_.wake(); };
        api_.pictures_wanted = [this] { pictures_.wake(); };
        api_.not_ready = [this] {
            std::vector<std::string> missing;
            if (!match_.is_ready()) missing.emplace_back("match");
            return missing;
        };
        metrics_.collect_with([this](http::Metrics& metrics) {
            metrics.set("recallgw_http_connections", {},
                        static_cast<double>(server_.connections()));
        });
    }

    // The server first: a port that is taken ends the start before anything is done.
    void start() {
        if (roles_.http) {
            server_.start();
            std::cout << (secure_ ? "https://" : "http://") << address_ << ':' << server_.port()
                      << '\n'
                      << std::flush;
            log(LogLevel::info, "serve", "listening", {{"port", std::to_string(server_.port())}});
        }
        if (roles_.match || roles_.http) match_.start();
        if (roles_.deliver) exchange_.start();
        if (roles_.poll) poll_.start();
        if (roles_.poll) translate_.start();
        if (roles_.poll) pictures_.start();
    }

    // What brings new work ends first.
    void stop() {
        if (roles_.http) server_.stop();
        if (roles_.poll) poll_.stop();
        if (roles_.poll) translate_.stop();
        if (roles_.poll) pictures_.stop();
        if (roles_.match || roles_.http) match_.stop();
        if (roles_.deliver) exchange_.stop();
    }

    void reload_certificates() {
        if (roles_.http) server_.reload_certificates();
    }

  private:
    Roles roles_;
    bool secure_;
    std::string address_;
    http::Metrics metrics_;
    http::Api api_;
    http::Router router_;
    ExchangeRole exchange_;
    MatchRole match_;
    PollRole poll_;
    TranslateRole translate_;
    PictureRole pictures_;
    http::Guard guard_;
    http::Server server_;
};

void run_until_told(const Signals& signals, Gateway& gateway) {
    for (;;) {
        const int signal = signals.wait();
        if (signal != SIGHUP) return log(LogLevel::info, "serve", "stopping");
        try {
            gateway.reload_certificates();
            log(LogLevel::info, "serve", "reloaded the certificates");
        } catch (const Failure& failure) {
            // The old certificates stay in use.
            log(failure.error(), "serve");
        }
    }
}

Result<int> run(const Arguments& arguments) {
    const Signals signals;
    http::log_stray_errors();
    const Result<Roles> roles = read_roles(arguments.values("role"));
    if (!roles) return roles.error();
    const settings::Settings settings = load_settings(arguments);
    const SystemClock clock;
    if (Result<void> fit = refuse_what_doctor_calls_bad(settings, clock.now()); !fit)
        return fit.error();
    const auto database = open_migrated_database(settings);
    Gateway gateway(settings, *roles, *database, clock);
    log(LogLevel::info, "serve", "starting", {{"roles", to_text(*roles)}});
    gateway.start();
    run_until_told(signals, gateway);
    gateway.stop();
    return exit_done;
}

}  // namespace

const Command& serve_command() {
    static const Command command{
        "serve",
        "run the gateway",
        "",
        with_settings({{"role", "ROLES",
                        "what of the work this process does, with commas (all): poll fetches from "
                        "the sources, match matches, deliver sends to partners, http serves"}}),
        "Runs doctor's checks, brings the database to its schema, prints its address and serves.\n"
        "Several processes may share a database and the roles; of two with the same role, one\n"
        "does each piece of work.\n"
        "TERM or INT stops it: no new requests, those under way end within http.stop_timeout_ms.\n"
        "HUP reads the certificate files again. Exit 0 after a signal, 2 when a check is bad.",
        run};
    return command;
}

}  // namespace recall::ops
