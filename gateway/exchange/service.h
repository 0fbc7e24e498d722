#pragma once
// The exchange of a running gateway: the inbox for the server to call, and one thread that
// distributes notices and delivers messages until it is stopped. Start and stop from one thread.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "gateway/exchange/delivery.h"
#include "gateway/exchange/receiver.h"

namespace recall::exchange {

struct ServiceOptions {
    std::chrono::milliseconds interval{5000};  // between two looks at the outbox
    RetryPolicy retry;
};

class Service {
  public:
    // `effects` are those of other rooms, such as cases; that of notices is ours.
    Service(DeliveryParts parts, ServiceOptions options, Effects effects);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    Receiver& receiver() { return receiver_; }
    void start();
    // What is under way is finished, within the line's own deadline.
    void stop();
    // One round, as the thread makes it. Failures are logged and counted as nothing done.
    DeliveryCounts run_once(const std::stop_token& stop = {});

  private:
    void run(const std::stop_token& stop);

    DeliveryParts parts_;
    ServiceOptions options_;
    Receiver receiver_;
    Deliverer deliverer_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace recall::exchange
