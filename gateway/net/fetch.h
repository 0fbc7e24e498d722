#pragma once
// Fetches one document from a source, politely and suspiciously: robots.txt and a pause per host,
// back-off and Retry-After, redirects on an allow-list only, every limit kept while bytes arrive.
// A body is complete or it is an error: one that is shorter or longer than it said, framed in two
// ways or cut in its compression never becomes a Fetched. Any number of threads may fetch; they
// share the pauses per host. Fails with unreachable, timed_out, tls, truncated, too_large, refused
// (an error status), not_found (404, 410), rate_limited, robots, redirect, wrong_document (not HTTP
// as we take it), forbidden, or bad_value for a URL or header that is none. Throws Failure (io)
// when the spool cannot be written.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/net/outgoing.h"
#include "gateway/net/retry.h"

namespace recall::net {

inline constexpr std::size_t fetched_head_bytes = 4096;

struct FetchRequest {
    std::string method = "GET";  // or POST, which is sent again like a GET
    std::string url{};
    std::vector<Header> headers{};  // a User-Agent here stands for our own
    std::string body{};
    std::string body_type{};
    // Of the copy we have; either makes the request conditional.
    std::string etag{};
    std::string last_modified{};
    std::size_t bytes_max = 64U << 20U;  // of the body, decompressed
};

// What we owe a source, and how long we wait for it.
struct Manners {
    std::chrono::milliseconds interval{1000};  // between two requests to one host
    bool obeys_robots = true;
    std::vector<std::string> hosts{};  // besides the URL's own: redirects may go here
    int redirects_max = 5;
    // Of one request. What is worth another says the table of errors; an answer of 4xx is not, but
    // for 408, 425 and 429.
    int attempts_max = 4;
    Backoff backoff{};
    std::chrono::seconds retry_after_max{300};       // a longer Retry-After ends the fetch
    std::chrono::milliseconds read_timeout{30'000};  // for the next byte
    // Of one attempt: connecting, redirects and robots.txt included, turns waited for not.
    std::chrono::milliseconds deadline{300'000};
};

// A body on disk; the file goes when the last owner goes.
class SpoolFile {
  public:
    explicit SpoolFile(std::string path) : path_(std::move(path)) {}
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

struct Fetched {
    bool is_not_modified = false;  // then there is no body
    std::string url;               // where it came from after redirects
    std::string media_type;        // Content-Type as received
    std::string etag;
    std::string last_modified;
    std::string link;                       // Link as received
    std::shared_ptr<const SpoolFile> body;  // decompressed
    std::size_t bytes = 0;
    // False when only the end of an unencrypted connection says where the body ends: then its own
    // structure must show that it is whole.
    bool is_length_proven = true;
    std::string sha256;
    std::string head;  // the first fetched_head_bytes
};

struct FetcherOptions {
    std::string spool_folder{};            // where bodies are kept while they are worked on
    std::string agent = "recallgw";        // User-Agent; up to '/', the word for robots.txt
    std::string proxy{};                   // "http://[user:password@]host:port"; empty: none
    std::string authority_file{};          // empty: the system's
    std::string stand_in{};                // "https://127.0.0.1:1234": every connection goes there,
                                           // while Host and path stay those of the source
    bool may_reach_private_hosts = false;  // otherwise names that lead inside are refused
};

class Fetcher {
  public:
    Fetcher(FetcherOptions options, const Clock& clock);
    ~Fetcher();
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;

    Result<Fetched> fetch(const FetchRequest& request, const Manners& manners);

    // Until when the host of `url` asked to be left alone by its latest Retry-After, be it in the
    // name of one that it redirected to; nothing when it did not, or that is over. Any thread.
    std::optional<Instant> asked_until(const std::string& url) const;

    // Ends waits and reads under way with timed_out, and refuses new fetches. From any thread.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace recall::net
