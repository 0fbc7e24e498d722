#include "gateway/ops/exchange_role.h"

#include "gateway/base/failure.h"
#include "gateway/cases/takedown.h"
#include "gateway/http/exchange_api.h"
#include "gateway/ops/files.h"
#include "gateway/ops/node_name.h"
#include "gateway/store/outbox.h"

namespace recall::ops {
namespace {

constexpr std::size_t pem_bytes_max = 1U << 20U;

void count_outbox(store::Database& database, http::Metrics& metrics) {
    const store::SessionLease session = database.lease();
    store::Outbox outbox(*session);
    for (const auto state : {store::OutboxState::pending, store::OutboxState::delivered,
                             store::OutboxState::refused, store::OutboxState::dead}) {
        metrics.set("recallgw_outbox", {{"state", spelling(state)}},
                    static_cast<double>(outbox.count(state)));
    }
}

}  // namespace

std::optional<exchange::Identity> load_identity(const settings::Settings& settings) {
    if (settings.exchange_party.empty()) return std::nullopt;
    Result<exchange::Identity> identity = exchange::make_identity(
        settings.exchange_party, read_file(settings.exchange_key, pem_bytes_max),
        read_file(settings.exchange_certificate, pem_bytes_max));
    if (!identity) throw Failure(identity.error());
    return *std::move(identity);
}

std::string exchange_schema_file() {
    return RECALLGW_SOURCE_DIR "/gateway/xml/schemas/exchange-1.xsd";
}

ExchangeRole::ExchangeRole(const settings::Settings& settings, http::Api& api, http::Router& router)
    : identity_(load_identity(settings)) {
    http::add_case_routes(router, api, identity_ ? &*identity_ : nullptr);
    if (!identity_) return;
    schema_.emplace(xml::load_schema(exchange_schema_file()));
    net::CourierOptions courier;
    courier.identity = {settings.exchange_tls_certificate, settings.exchange_tls_key, {}};
    courier.authority_file = settings.exchange_ca_file;
    line_ = std::make_unique<exchange::NetLine>(std::move(courier));
    exchange::ServiceOptions options;
    options.interval = std::chrono::milliseconds(settings.exchange_interval_ms);
    options.retry.backoff.first = std::chrono::milliseconds(settings.exchange_retry_first_ms);
    service_ = std::make_unique<exchange::Service>(
        exchange::DeliveryParts{api.database, api.clock, *identity_, *schema_, *line_,
                                node_name(settings)},
        options, cases::effects());
    http::add_exchange_routes(router, service_->receiver());
    api.metrics.collect_with(
        [&database = api.database](http::Metrics& metrics) { count_outbox(database, metrics); });
}

void ExchangeRole::start() {
    if (service_) service_->start();
}

void ExchangeRole::stop() {
    if (service_) service_->stop();
}

}  // namespace recall::ops
