// recallgw partner test: the way to a partner, step by step, until one fails.

#include <iostream>
#include <thread>

#include "gateway/base/uuid.h"
#include "gateway/exchange/delivery.h"
#include "gateway/exchange/enqueue.h"
#include "gateway/exchange/partners.h"
#include "gateway/net/connection.h"
#include "gateway/net/outgoing.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/node_name.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/outbox.h"

namespace recall::ops {
namespace {

constexpr std::chrono::seconds connect_time{10};
constexpr std::chrono::seconds answer_time{30};
constexpr std::chrono::milliseconds look_interval{200};

// One line a step: its name, ok or failed, and what was found.
void tell(std::string_view step, std::string_view outcome, std::string_view text) {
    std::cout << step << '\t' << outcome << '\t' << text << '\n' << std::flush;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// What an operator looks at first.
std::string_view advice(const Error& error) {
    switch (error.code) {
        case ErrorCode::timed_out:
            return "nothing answers there: is a firewall between us?";
        case ErrorCode::unreachable:
            return has(error.text, "not found")
                       ? "the host's name leads nowhere: ask the partner for it, and look at our "
                         "DNS"
                       : "is the partner's gateway running, and the port the right one?";
        case ErrorCode::tls:
            if (has(error.text, "expired") || has(error.text, "not yet")) {
                return "compare both clocks, and the dates of the certificate";
            }
            return "exchange.ca_file must hold the authority of the partner's server, and the "
                   "certificate must name the host in its endpoint";
        case ErrorCode::time_window:
            return "compare both clocks";
        case ErrorCode::sig_key:
        case ErrorCode::sig_value:
        case ErrorCode::sig_revoked:
            return "the partner must register our exchange.certificate";
        case ErrorCode::unauthorised:
            return "the partner must register our exchange.tls_certificate";
        default:
            return {};
    }
}

Result<void> failed(std::string_view step, const Error& error) {
    const std::string_view hint = advice(error);
    tell(step, "failed", error.line() + (hint.empty() ? "" : "; " + std::string(hint)));
    return error;
}

Result<void> check_registry(const model::Partner& partner, Instant now) {
    const std::size_t keys = exchange::trust_in(partner, crypto::purpose_receipts).keys().size();
    const std::size_t pinned = exchange::pinned_now(partner, now).size();
    if (partner.endpoint.empty()) {
        return failed("registry", {ErrorCode::config, "it has no endpoint"});
    }
    if (keys == 0 || pinned == 0) {
        return failed("registry",
                      {ErrorCode::config, keys == 0 ? "no key of it is for receipts"
                                                    : "no connection of it is valid now"});
    }
    tell("registry", "ok", partner.endpoint);
    return {};
}

// The way that a message takes, without one: the name, the connection, TLS, the certificate.
Result<void> check_line(const settings::Settings& settings, const model::Partner& partner,
                        Instant now) {
    const Result<net::Url> url = net::parse_url(partner.endpoint);
    if (!url) return failed("registry", url.error());
    const auto addresses = net::resolve(url->host);
    if (!addresses) return failed("name", addresses.error());
    tell("name", "ok", addresses->front());
    const net::WaitLimits limits{.one_wait = connect_time,
                                 .deadline = net::SteadyClock::now() + connect_time};
    auto connection = net::Connection::open_first(*addresses, url->port, limits);
    if (!connection) return failed("connection", connection.error());
    tell("connection", "ok", url->authority());
    net::TlsClient client(
        {.identity = {settings.exchange_tls_certificate, settings.exchange_tls_key, {}},
         .authority_file = settings.exchange_ca_file,
         .pinned_fingerprints = {}});
    if (const auto secured = connection->secure(client, url->host, url->host); !secured) {
        return failed("tls", secured.error());
    }
    const auto fingerprint = connection->fingerprint();
    if (!fingerprint) return failed("tls", fingerprint.error());
    tell("tls", "ok", "its certificate is " + *fingerprint);
    if (!crypto::is_pinned(*fingerprint, exchange::pinned_now(partner, now))) {
        const Error unknown{ErrorCode::tls, "this certificate is not registered for the partner"};
        tell("certificate", "failed",
             unknown.line() + "; ask the partner by another way whether it is theirs");
        return unknown;
    }
    tell("certificate", "ok", "it is registered");
    return {};
}

// A signed message of kind test, and the signed receipt for it.
class RoundTrip {
  public:
    RoundTrip(const settings::Settings& settings, store::Database& database,
              const exchange::Identity& identity)
        : database_(database),
          identity_(identity),
          schema_(xml::load_schema(exchange_schema_file())),
          line_(courier(settings)),
          deliverer_({database, clock_, identity, schema_, line_, node_name(settings) + " test"},
                     {}, [] { return 0.0; }) {}

    Result<void> make(const model::Partner& partner) {
        const Instant now = clock_.now();
        model::Message draft;
        draft.kind = model::message_kind::test;
        draft.action = "new";
        draft.subject = {make_uuid(now), 1};
        draft.payload = model::Remark{"a test of the line; nothing need be done", {}};
        const std::string id = store::in_write_transaction(database_, [&](store::Session& session) {
            return exchange::enqueue(session, identity_, partner, draft, now);
        });
        return settled(id);
    }

  private:
    static net::CourierOptions courier(const settings::Settings& settings) {
        net::CourierOptions options;
        options.identity = {settings.exchange_tls_certificate, settings.exchange_tls_key, {}};
        options.authority_file = settings.exchange_ca_file;
        return options;
    }

    // Messages that were waiting go first; a gateway that runs may be the one that sends.
    Result<void> settled(const std::string& id) {
        const auto end = net::SteadyClock::now() + answer_time;
        store::OutboxMessage message;
        do {
            deliverer_.deliver_due();
            const store::SessionLease session = database_.lease();
            message = store::Outbox(*session).find(id).value_or(store::OutboxMessage{});
            if (message.state == store::OutboxState::delivered) {
                tell("message", "ok", "accepted, with a signed receipt");
                return {};
            }
            if (!message.last_code.empty()) break;
            std::this_thread::sleep_for(look_interval);
        } while (net::SteadyClock::now() < end);
        const Error error{error_code(message.last_code).value_or(ErrorCode::timed_out),
                          message.last_reason.empty()
                              ? "it waits behind others: see recallgw outbox list"
                              : message.last_reason};
        return failed("message", error);
    }

    store::Database& database_;
    const exchange::Identity& identity_;
    SystemClock clock_;
    xml::Schema schema_;
    exchange::NetLine line_;
    exchange::Deliverer deliverer_;
};

Result<int> run(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one partner ID"};
    const std::string& id = arguments.words().front();
    const settings::Settings settings = load_settings(arguments);
    const auto identity = load_identity(settings);
    if (!identity) {
        return Error{ErrorCode::config, "the exchange is off: exchange.party says who we are"};
    }
    const Instant now = SystemClock().now();
    const crypto::TlsIdentity ours{
        settings.exchange_tls_certificate, settings.exchange_tls_key, {}};
    if (auto good = crypto::check_identity(ours, now); !good) return good.error();
    const auto database = open_migrated_database(settings);
    std::optional<model::Partner> partner;
    {
        const store::SessionLease session = database->lease();
        partner = exchange::find_partner(*session, id);
    }
    if (!partner) {
        std::cerr << "there is no partner " << id << '\n';
        return exit_not_so;
    }
    if (!check_registry(*partner, now) || !check_line(settings, *partner, now)) return exit_not_so;
    if (arguments.has("line-only")) return exit_done;
    return RoundTrip(settings, *database, *identity).make(*partner) ? exit_done : exit_not_so;
}

}  // namespace

const Command& partner_test_command() {
    static const Command command{
        "partner test",
        "try the way to a partner, step by step",
        "ID",
        with_settings({{"line-only", "", "connect, but send no message"}}),
        "Steps: registry, name, connection, tls, certificate, message; a line each: step, ok or\n"
        "failed, what was found and what to do. The message is one of kind test: signed, numbered\n"
        "and receipted as any other. Exit 1 when a step failed; the steps after it are not tried.",
        run};
    return command;
}

}  // namespace recall::ops
