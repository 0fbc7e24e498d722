#include "gateway/http/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "gateway/base/check.h"

namespace recall::http {
namespace {

struct Declared {
    std::string_view name;
    std::string_view type;
    std::string_view help;
};

constexpr std::array declared = {
    Declared{"recallgw_http_requests_total", "counter", "Replies by route, method and status."},
    Declared{"recallgw_http_refused_total", "counter",
             "Connections refused before a route, by code."},
    Declared{"recallgw_http_request_seconds", "histogram", "Time a handler took, by route."},
    Declared{"recallgw_http_connections", "gauge", "Connections that are open now."},
    Declared{"recallgw_http_connections_ended_total", "counter",
             "Connections ended for a limit: displaced, full or late."},
    Declared{"recallgw_source_last_run_timestamp_seconds", "gauge",
             "When a source was last polled."},
    Declared{"recallgw_source_healthy", "gauge", "1 when a source's last run kept to its bounds."},
    Declared{"recallgw_notices", "gauge", "Notices stored, by source."},
    Declared{"recallgw_quarantined", "gauge", "Records that wait in quarantine, by source."},
    Declared{"recallgw_listings", "gauge", "Listings and products stored."},
    Declared{"recallgw_open_matches", "gauge", "Matches nobody decided on, by decision."},
    Declared{"recallgw_open_cases", "gauge", "Takedown cases that are not closed."},
    Declared{"recallgw_match_index_notices", "gauge", "Notices in the index in memory."},
    Declared{"recallgw_translations", "gauge", "Texts to translate, by state."},
    Declared{"recallgw_pictures_wanted", "gauge", "Pictures that wait to be fetched."},
    Declared{"recallgw_outbox", "gauge", "Messages by delivery state."},
    Declared{"recallgw_database_up", "gauge", "1 when the database answered this scrape."},
    Declared{"recallgw_role_failures_total", "counter",
             "Rounds of a role that ended in a failure."},
    Declared{"recallgw_build", "gauge", "Always 1; the version is a label."},
};

constexpr std::array bounds = {0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0};

const Declared& line(std::string_view name, bool histogram) {
    const auto* found = std::ranges::find(declared, name, &Declared::name);
    RECALL_CHECK(found != declared.end() && (found->type == "histogram") == histogram,
                 "every metric is declared in the table");
    return *found;
}

std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out;
}

std::string join(Metrics::Labels labels) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out += (out.empty() ? "" : ",") + std::string(name) + "=\"" + escaped(value) + "\"";
    }
    return out;
}

std::string number(double value) {
    char text[40];
    const bool whole = std::floor(value) == value && std::abs(value) < 1e15;
    std::snprintf(text, sizeof text, whole ? "%.0f" : "%.6g", value);
    return text;
}

std::string with_bound(const std::string& labels, const std::string& bound) {
    return "{" + labels + (labels.empty() ? "" : ",") + "le=\"" + bound + "\"} ";
}

}  // namespace

void Metrics::add(std::string_view name, Labels labels, double amount) {
    line(name, false);
    const std::lock_guard lock(mutex_);
    values_[std::string(name)][join(labels)] += amount;
}

void Metrics::set(std::string_view name, Labels labels, double value) {
    line(name, false);
    const std::lock_guard lock(mutex_);
    values_[std::string(name)][join(labels)] = value;
}

void Metrics::observe(std::string_view name, Labels labels, double seconds) {
    line(name, true);
    const std::lock_guard lock(mutex_);
    Histogram& histogram = histograms_[std::string(name)][join(labels)];
    histogram.buckets.resize(bounds.size());
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (seconds <= bounds[i]) ++histogram.buckets[i];
    }
    ++histogram.count;
    histogram.sum += seconds;
}

void Metrics::collect_with(std::function<void(Metrics&)> collector) {
    const std::lock_guard lock(mutex_);
    collectors_.push_back(std::move(collector));
}

std::string Metrics::text() {
    std::vector<std::function<void(Metrics&)>> collectors;
    {
        const std::lock_guard lock(mutex_);
        collectors = collectors_;
    }
    for (const auto& collector : collectors)
        collector(*this);
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const Declared& metric : declared) {
        const std::string name(metric.name);
        const auto values = values_.find(name);
        const auto histograms = histograms_.find(name);
        if (values == values_.end() && histograms == histograms_.end()) continue;
        out += "# HELP " + name + " " + std::string(metric.help) + "\n# TYPE " + name + " " +
               std::string(metric.type) + "\n";
        if (values != values_.end()) {
            for (const auto& [labels, value] : values->second) {
                out += name + (labels.empty() ? " " : "{" + labels + "} ") + number(value) + "\n";
            }
        }
        if (histograms == histograms_.end()) continue;
        for (const auto& [labels, histogram] : histograms->second) {
            for (std::size_t i = 0; i < bounds.size(); ++i) {
                out += name + "_bucket" + with_bound(labels, number(bounds[i])) +
                       std::to_string(histogram.buckets[i]) + "\n";
            }
            const std::string end = labels.empty() ? " " : "{" + labels + "} ";
            out += name + "_bucket" + with_bound(labels, "+Inf") + std::to_string(histogram.count) +
                   "\n" + name + "_sum" + end + number(histogram.sum) + "\n" + name + "_count" +
                   end + std::to_string(histogram.count) + "\n";
        }
    }
    return out;
}

}  // namespace recall::http
