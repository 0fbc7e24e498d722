#include "gateway/exchange/service.h"

#include <pthread.h>

#include <random>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/exchange/distribution.h"
#include "gateway/exchange/received_notice.h"

namespace recall::exchange {
namespace {

Effects with_notices(Effects effects) {
    effects.emplace(model::message_kind::notice, store_notice);
    return effects;
}

double random_share() {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

Service::Service(DeliveryParts parts, ServiceOptions options, Effects effects)
    : parts_(parts),
      options_(options),
      receiver_(parts.database, parts.clock, parts.identity, parts.schema,
                with_notices(std::move(effects))),
      deliverer_(parts, options.retry, random_share) {}

Service::~Service() { stop(); }

void Service::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "exchange");
        run(stop);
    });
}

void Service::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

DeliveryCounts Service::run_once(const std::stop_token& stop) {
    try {
        distribute(parts_.database, parts_.identity, parts_.clock.now());
        return deliverer_.deliver_due(stop);
    } catch (const Failure& failure) {
        log(failure.error(), "exchange");
        return {};
    }
}

void Service::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        run_once(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.interval, [] { return false; });
    }
}

}  // namespace recall::exchange
