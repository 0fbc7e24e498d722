// recallgw serve: composes the gateway from its settings, runs it until a signal, stops it in
// order.

#include <csignal>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/http/api.h"
#include "gateway/http/server.h"
#include "gateway/ops/checks.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/open_database.h"

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
    options.queue_max = static_cast<int>(settings.http_queue_max);
    options.limits.body_bytes_max = static_cast<std::size_t>(settings.http_body_bytes_max);
    options.request_timeout = std::chrono::milliseconds(settings.http_request_timeout_ms);
    options.keep_alive = std::chrono::milliseconds(settings.http_keep_alive_ms);
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

void run_until_told(const Signals& signals, http::Server& server) {
    for (;;) {
        const int signal = signals.wait();
        if (signal != SIGHUP) return log(LogLevel::info, "serve", "stopping");
        try {
            server.reload_certificates();
            log(LogLevel::info, "serve", "reloaded the certificates");
        } catch (const Failure& failure) {
            // The old certificates stay in use.
            log(failure.error(), "serve");
        }
    }
}

Result<int> run(const Arguments& arguments) {
    const Signals signals;
    const settings::Settings settings = load_settings(arguments);
    const SystemClock clock;
    if (Result<void> fit = refuse_what_doctor_calls_bad(settings, clock.now()); !fit)
        return fit.error();
    const auto database = open_migrated_database(settings);
    http::Metrics metrics;
    http::Api api{*database, clock, metrics, RECALLGW_VERSION, {}};
    http::Router router;
    http::add_health_routes(router, api);
    http::add_notice_routes(router, api);
    http::add_match_routes(router, api);
    http::add_listing_routes(router, api);
    http::add_source_routes(router, api);
    http::add_document_routes(router);
    http::add_status_routes(router, api);
    ExchangeRole exchange(settings, api, router);
    const http::Guard guard(router, http::key_authenticator(*database), metrics);
    http::Server server(server_options(settings), guard);
    metrics.collect_with([&server](http::Metrics& here) {
        here.set("recallgw_http_connections", {}, static_cast<double>(server.connections()));
    });
    server.start();
    exchange.start();
    const bool secure = !settings.http_tls_certificate.empty();
    std::cout << (secure ? "https://" : "http://") << settings.http_address << ':' << server.port()
              << '\n'
              << std::flush;
    log(LogLevel::info, "serve", "listening", {{"port", std::to_string(server.port())}});
    run_until_told(signals, server);
    exchange.stop();
    server.stop();
    return exit_done;
}

}  // namespace

const Command& serve_command() {
    static const Command command{
        "serve",
        "run the gateway",
        "",
        with_settings(),
        "Runs doctor's checks, brings the database to its schema, prints its address and serves.\n"
        "TERM or INT stops it: no new requests, those under way end within http.stop_timeout_ms.\n"
        "HUP reads the certificate files again. Exit 0 after a signal, 2 when a check is bad.",
        run};
    return command;
}

}  // namespace recall::ops
