#pragma once
// Numbers about the running gateway in Prometheus' text form. Any thread; one mutex. Every metric
// is declared in the table of metrics.cpp; a name that is not there is a bug.

#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recall::http {

class Metrics {
  public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    void add(std::string_view name, Labels labels, double amount = 1);
    void set(std::string_view name, Labels labels, double value);
    // A duration, for a metric of type histogram.
    void observe(std::string_view name, Labels labels, double seconds);
    // Called by text() each time, to set gauges that are read from elsewhere, such as the database.
    void collect_with(std::function<void(Metrics&)> collector);

    // Text exposition format 0.0.4.
    std::string text();

  private:
    struct Histogram {
        std::vector<long long> buckets;
        long long count = 0;
        double sum = 0;
    };
    std::mutex mutex_;
    std::map<std::string, std::map<std::string, double>, std::less<>> values_;
    std::map<std::string, std::map<std::string, Histogram>, std::less<>> histograms_;
    std::vector<std::function<void(Metrics&)>> collectors_;
};

}  // namespace recall::http
