#include "tests/scenario/gateway_node.h"

#include <boost/test/unit_test.hpp>

#include <csignal>

#include "gateway/cases/takedown.h"
#include "gateway/http/exchange_api.h"
#include "gateway/store/migrations.h"

namespace recall::test {

Result<exchange::LineReply> LossyLine::post(const model::Partner& partner,
                                            std::string_view media_type, std::string_view body,
                                            Instant now) {
    const bool is_lost = lost_(++posts_);
    Result<exchange::LineReply> reply = inner_.post(partner, media_type, body, now);
    if (doubled_) reply = inner_.post(partner, media_type, body, now);
    if (reply && is_lost) return Error{ErrorCode::truncated, "the reply was lost"};
    return reply;
}

namespace {

net::CourierOptions courier_options(const Pki& pki, const Identity& client) {
    net::CourierOptions options;
    options.identity = {client.certificate_file, client.key_file, {}};
    options.authority_file = pki.authority().certificate_file;
    options.timeout = std::chrono::seconds(20);
    return options;
}

http::ServerOptions server_options(const Pki& pki, const Identity& server, unsigned short port) {
    http::ServerOptions options;
    options.port = port;
    options.threads = 8;
    options.tls.identity = {server.certificate_file, server.key_file, {}};
    options.tls.authority_file = pki.authority().certificate_file;
    return options;
}

}  // namespace

struct GatewayNode::Running {
    Running(GatewayNode& node)
        : line(courier_options(node.pki_, node.client_)),
          service({*node.database_, node.clock_, node.identity_, exchange_schema(), line, "node"},
                  {}, cases::effects()),
          api{*node.database_, node.clock_, metrics, "test", {}},
          guard(router, http::key_authenticator(*node.database_), metrics),
          server(server_options(node.pki_, node.server_, node.port_), guard) {
        http::add_exchange_routes(router, service.receiver());
        http::add_notice_routes(router, api);
        http::add_case_routes(router, api, &node.identity_);
    }

    LossyLine line;
    exchange::Service service;
    http::Metrics metrics;
    http::Api api;
    http::Router router;
    http::Guard guard;
    http::Server server;
};

GatewayNode::GatewayNode(const Pki& pki, const std::string& party, const TurnedClock& clock,
                         const std::string& url)
    : pki_(pki),
      clock_(clock),
      url_(url.empty() ? "sqlite:" + folder_.file("gateway.db") : url),
      identity_{party, pki.signer(party).key, pki.signer(party).certificate},
      server_(pki.server(party + "-server")),
      client_(pki.client(party + "-client")) {
    const Identity signer = pki.signer(party + "-signer");
    identity_ = {party, signer.key, signer.certificate};
    start();
}

GatewayNode::~GatewayNode() { stop(); }

void GatewayNode::start() {
    // A peer that closes early must not end the test, as it does not end serve.
    std::signal(SIGPIPE, SIG_IGN);
    store::DatabaseOptions options;
    options.url = url_;
    database_ = store::Database::open(options);
    store::migrate(*database_, clock_.now());
    running_ = std::make_unique<Running>(*this);
    running_->server.start();
    port_ = running_->server.port();
}

void GatewayNode::stop() {
    if (running_) running_->server.stop();
    running_.reset();
    database_.reset();
}

model::Partner GatewayNode::as_partner(const std::string& format) const {
    model::Partner partner = partner_of(identity_, format);
    partner.endpoint = endpoint();
    partner.connections = {{server_.certificate.fingerprint(), {}, {}},
                           {client_.certificate.fingerprint(), {}, {}}};
    return partner;
}

exchange::Service& GatewayNode::service() { return running_->service; }
LossyLine& GatewayNode::line() { return running_->line; }

std::string GatewayNode::endpoint() const {
    return "https://127.0.0.1:" + std::to_string(port_) + "/exchange/v1/messages";
}

}  // namespace recall::test
