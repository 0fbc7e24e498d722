#include "gateway/net/fetch.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <random>

#include "gateway/net/hop.h"
#include "gateway/net/host_pace.h"
#include "gateway/net/robots_cache.h"
#include "gateway/net/transport.h"

namespace recall::net {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t robots_file_bytes_max = 4U << 20U;  // a longer one cannot be meant

// What one attempt came to.
struct Attempt {
    Result<Fetched> result;
    int status = 0;            // of the last reply, if there was one
    bool is_final = false;     // asking again would bring the same
    bool is_deferred = false;  // the server said when to ask again; the next turn waits for it
};

// For messages: a query may hold a key.
std::string shown(const Url& url) {
    return url.scheme + "://" + url.authority() + url.target.substr(0, url.target.find('?'));
}

// The attempt, whose error, if it is one, says where.
Attempt told(const Hop& hop, Attempt attempt) {
    if (attempt.result) return attempt;
    const Error& error = attempt.result.error();
    attempt.result = Error{error.code, shown(hop.url) + ": " + error.text};
    return attempt;
}

Error stopping() { return {ErrorCode::timed_out, "the gateway is stopping"}; }

Error answered(const Reply& reply, ErrorCode code) {
    return {code, "the source answered " + std::to_string(reply.head.status)};
}

std::string first_bytes(const std::string& path, std::size_t bytes_max) {
    std::string out(bytes_max, '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(in.gcount()));
    return out;
}

}  // namespace

struct Fetcher::State {
    State(FetcherOptions given, const Clock& used_clock)
        : options(std::move(given)),
          clock(used_clock),
          product(options.agent.substr(0, options.agent.find('/'))),
          transport(options) {}

    FetcherOptions options;
    const Clock& clock;
    std::string product;  // the word that robots.txt knows us by
    StopSignal stop;
    Transport transport;
    HostPace pace;
    RobotsCache robots;
    std::mutex asked_mutex;
    std::map<std::string, Instant> asked;  // guarded by asked_mutex: host, until when
    std::mutex random_mutex;
    std::mt19937_64 random{std::random_device{}()};  // guarded by random_mutex

    double share();
    void remember(const std::string& host, std::chrono::seconds wait);
    Result<void> wait_for_turn(const Url& url, const Manners& manners, WaitLimits& limits);
    Attempt attempt(const Hop& first, const Manners& manners);
    Attempt walk(Hop hop, const Manners& manners, WaitLimits& limits);
    Attempt judge(const Hop& hop, Reply reply, const Manners& manners);
    Attempt put_off(const Hop& hop, const Reply& reply, const Manners& manners);
    // Nothing when the path may be asked for; otherwise what the attempt came to.
    std::optional<Attempt> ask_robots(const Url& url, const Manners& manners, WaitLimits& limits);
    Attempt read_robots(const std::string& site, const Manners& manners, WaitLimits& limits);
};

double Fetcher::State::share() {
    const std::lock_guard lock(random_mutex);
    return std::uniform_real_distribution<double>(0, 1)(random);
}

void Fetcher::State::remember(const std::string& host, std::chrono::seconds wait) {
    const Instant now = clock.now();
    const std::lock_guard lock(asked_mutex);
    std::erase_if(asked, [now](const auto& host_until) { return host_until.second <= now; });
    asked.insert_or_assign(host, now + wait);
}

Result<void> Fetcher::State::wait_for_turn(const Url& url, const Manners& manners,
                                           WaitLimits& limits) {
    const auto patience = milliseconds(manners.retry_after_max) + manners.interval;
    const auto turn = pace.take_turn(url.host, manners.interval, patience);
    if (!turn) {
        return Error{ErrorCode::rate_limited, "the host wants to be left alone for longer than " +
                                                  std::to_string(patience.count()) + " ms"};
    }
    const auto began = SteadyClock::now();
    if (stop.wait_until(*turn)) return stopping();
    limits.deadline += SteadyClock::now() - began;
    return {};
}

Attempt Fetcher::State::read_robots(const std::string& site, const Manners& manners,
                                    WaitLimits& limits) {
    const FetchRequest request{.url = site + "/robots.txt", .bytes_max = robots_file_bytes_max};
    Result<Hop> hop = first_hop(request, options.agent);
    if (!hop) return {.result = hop.error()};
    Manners without_robots = manners;
    without_robots.obeys_robots = false;
    return walk(*std::move(hop), without_robots, limits);
}

std::optional<Attempt> Fetcher::State::ask_robots(const Url& url, const Manners& manners,
                                                  WaitLimits& limits) {
    const std::string site = url.scheme + "://" + url.authority();
    auto rules = robots.find(site, clock.now());
    if (!rules) {
        Attempt read = read_robots(site, manners, limits);
        // RFC 9309 §2.3.1: none (4xx) allows everything, one that cannot be had forbids it.
        const bool is_none = (read.status / 100 == 4 && read.status != 429) ||
                             (!read.result && read.result.error().code == ErrorCode::redirect);
        if (!read.result && !is_none) {
            read.result = Error{
                read.result.error().code,
                "robots.txt cannot be read, so nothing may be asked: " + read.result.error().text};
            return read;
        }
        rules = std::make_shared<const Robots>(
            is_none ? "" : first_bytes(read.result->body->path(), robots_bytes_max), product);
        robots.keep(site, rules, clock.now());
    }
    if (rules->allows(url.target)) return std::nullopt;
    return Attempt{.result =
                       Error{ErrorCode::robots, "robots.txt forbids this path to " + product}};
}

// 429, and 503 with a Retry-After: everybody leaves the host alone until then.
Attempt Fetcher::State::put_off(const Hop& hop, const Reply& reply, const Manners& manners) {
    const ErrorCode code = reply.head.status == 429 ? ErrorCode::rate_limited : ErrorCode::refused;
    Attempt attempt{.result = answered(reply, code), .status = reply.head.status};
    const auto wait = retry_after(reply.head.header("retry-after"), clock.now());
    if (!wait) return attempt;
    pace.defer(hop.url.host, SteadyClock::now() + *wait);
    remember(hop.home, *wait);
    attempt.is_deferred = true;
    if (*wait > manners.retry_after_max) {
        attempt.is_final = true;
        attempt.result =
            Error{ErrorCode::rate_limited,
                  "the source answered " + std::to_string(reply.head.status) +
                      " and wants to be left alone for " + std::to_string(wait->count()) + " s"};
    }
    return attempt;
}

Attempt Fetcher::State::judge(const Hop& hop, Reply reply, const Manners& manners) {
    const int status = reply.head.status;
    if (reply.document) return {.result = *std::move(reply.document), .status = status};
    if (status == 304 && hop.is_conditional) {
        Fetched same;
        same.is_not_modified = true;
        same.url = hop.url.text();
        same.etag = reply.head.header("etag");
        same.last_modified = reply.head.header("last-modified");
        return {.result = same, .status = status};
    }
    if (status == 429 || status == 503) return put_off(hop, reply, manners);
    if (status == 404 || status == 410) {
        return {.result = answered(reply, ErrorCode::not_found), .status = status};
    }
    if (status < 400) {
        return {.result = answered(reply, ErrorCode::wrong_document), .status = status};
    }
    const bool may_pass = status >= 500 || status == 408 || status == 425;
    return {.result = answered(reply, ErrorCode::refused), .status = status, .is_final = !may_pass};
}

Attempt Fetcher::State::walk(Hop hop, const Manners& manners, WaitLimits& limits) {
    for (int redirects = 0;; ++redirects) {
        if (manners.obeys_robots) {
            if (auto forbidden = ask_robots(hop.url, manners, limits)) return told(hop, *forbidden);
        }
        if (auto turn = wait_for_turn(hop.url, manners, limits); !turn) {
            return told(hop, {.result = turn.error(), .is_final = true});
        }
        Result<Reply> reply = transport.exchange(hop, limits);
        if (!reply) return told(hop, {.result = reply.error()});
        if (!is_redirect(reply->head.status)) {
            return told(hop, judge(hop, *std::move(reply), manners));
        }
        if (redirects >= manners.redirects_max) {
            return told(hop,
                        {.result = Error{ErrorCode::redirect, "more redirects than are followed"}});
        }
        Result<Hop> next = next_hop(hop, reply->head, manners.hosts);
        if (!next) return told(hop, {.result = next.error()});
        hop = *std::move(next);
    }
}

Attempt Fetcher::State::attempt(const Hop& first, const Manners& manners) {
    WaitLimits limits{.one_wait = manners.read_timeout,
                      .deadline = SteadyClock::now() + manners.deadline,
                      .stop = &stop};
    return walk(first, manners, limits);
}

Fetcher::Fetcher(FetcherOptions options, const Clock& clock)
    : state_(std::make_unique<State>(std::move(options), clock)) {}

Fetcher::~Fetcher() = default;

Result<Fetched> Fetcher::fetch(const FetchRequest& request, const Manners& manners) {
    const Result<Hop> hop = first_hop(request, state_->options.agent);
    if (!hop) return hop.error();
    for (int number = 1;; ++number) {
        if (state_->stop.is_raised()) return stopping();
        Attempt attempt = state_->attempt(*hop, manners);
        if (attempt.result) {
            Fetched& fetched = *attempt.result;
            if (fetched.is_not_modified && fetched.etag.empty()) fetched.etag = request.etag;
            if (fetched.is_not_modified && fetched.last_modified.empty()) {
                fetched.last_modified = request.last_modified;
            }
            return std::move(attempt.result);
        }
        const bool is_worth_it = facts(attempt.result.error().code).retry == Retry::later;
        if (!is_worth_it || attempt.is_final || number >= manners.attempts_max) {
            return std::move(attempt.result);
        }
        const auto wait = attempt.is_deferred
                              ? milliseconds(0)
                              : backoff_wait(manners.backoff, number, state_->share());
        if (state_->stop.wait_until(SteadyClock::now() + wait)) return stopping();
    }
}

std::optional<Instant> Fetcher::asked_until(const std::string& url) const {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) return std::nullopt;
    const std::lock_guard lock(state_->asked_mutex);
    const auto found = state_->asked.find(parsed->host);
    if (found == state_->asked.end() || found->second <= state_->clock.now()) return std::nullopt;
    return found->second;
}

void Fetcher::stop() { state_->stop.raise(); }

}  // namespace recall::net
