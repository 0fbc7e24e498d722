#pragma once
// What the tests of the fetcher share: one that may reach loopback, manners without pauses,
// replies.

#include <atomic>
#include <fstream>
#include <iterator>
#include <string>

#include "gateway/net/fetch.h"
#include "tests/support/raw_server.h"
#include "tests/support/temp_folder.h"

namespace recall::test {

struct HeldClock final : Clock {
    std::atomic<Instant> time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
    Instant now() const override { return time.load(); }
};

// One attempt, no robots.txt, no pause, and no wait that a broken test could hang in for long.
inline net::Manners plain_manners() {
    using namespace std::chrono_literals;
    net::Manners manners;
    manners.interval = 0ms;
    manners.obeys_robots = false;
    manners.attempts_max = 1;
    manners.backoff = {.first = 0ms, .most = 0ms};
    manners.read_timeout = 5s;
    manners.deadline = 10s;
    return manners;
}

struct FetchFixture {
    TempFolder folder;
    HeldClock clock;
    net::FetcherOptions options{.spool_folder = folder.path().string(),
                                .may_reach_private_hosts = true};
    net::Manners manners = plain_manners();

    Result<net::Fetched> fetch(const net::FetchRequest& request) const {
        return net::Fetcher(options, clock).fetch(request, manners);
    }
    Result<net::Fetched> fetch_url(const std::string& url) const {
        return fetch(net::FetchRequest{.url = url});
    }
    // What fetching from a server that gives this reply comes to: "ok" or the spelling of an error.
    std::string outcome(const std::string& reply) const {
        const RawServer server({reply});
        return spelt(fetch_url(server.url("/data")));
    }
    static std::string spelt(const Result<net::Fetched>& fetched) {
        return fetched ? "ok" : std::string(spelling(fetched.error().code));
    }
    bool spool_is_empty() const { return std::filesystem::is_empty(folder.path()); }
};

inline std::string content(const net::Fetched& fetched) {
    std::ifstream in(fetched.body->path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A reply whose length is stated.
inline std::string reply(std::string_view status, std::string_view body,
                         std::string_view headers = {}) {
    return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string redirect_to(std::string_view location, std::string_view status = "302 Found") {
    return reply(status, {}, "Location: " + std::string(location) + "\r\n");
}

}  // namespace recall::test
