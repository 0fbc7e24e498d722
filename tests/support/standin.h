#pragma once
// Stands in for the sites of the four authorities, on 127.0.0.1: one port, the site chosen by the
// Host header, real paths and parameters (standin_sites.h), documents from a folder
// (standin_data.h). Tests change documents and manners while it runs, and read what was asked.
//
//     test::TempFolder folder;
//     test::Pki pki(folder.path().string());
//     test::StandIn stand_in(test::stand_in_options(pki.server("stand-in")));   // HTTPS, port 0
//     settings.poll_stand_in = stand_in.url();         // or FetcherOptions::stand_in
//     settings.poll_ca_file = pki.authority().certificate_file;
//     stand_in.misbehave("us-cpsc", {.manner = test::Manner::too_many, .times = 1});
//     stand_in.replace("us-cpsc", "90001", "About 9,350", "About 19,350");
//     stand_in.remove("jp-caa", "00000088801");        // the page, and its row of the list
//
// Thread-safe. Starts listening when made and stops, pauses included, when destroyed. Throws
// Failure when the port is taken, when data are missing and when replace() finds nothing.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/standin_data.h"
#include "tests/support/standin_sites.h"

namespace recall::test {

struct Identity;

// In what way a request is answered other than well.
enum class Manner {
    html_page,     // 200 and a page with a script in place of the document
    refuse,        // 403
    refuse_naive,  // 403 unless the User-Agent is a browser's
    drip,          // the body in pieces, `pause` before each
    cut_short,     // Content-Length of the whole, half of the body, then the end
    cut_document,  // half of the document, well framed
    too_many,      // 429 with Retry-After: `detail`
    server_error,  // 500
    elsewhere,     // 302 to `detail`
    hang_up,       // the connection ends without an answer
};

inline constexpr int every_time = -1;

struct Misbehaviour {
    Manner manner;
    int times = every_time;               // so many requests, then well again
    std::string path_prefix = {};         // of path and query; empty: all but robots.txt
    std::string detail = "0";             // of too_many and elsewhere
    std::chrono::milliseconds pause{20};  // of drip
    std::size_t piece_bytes = 64;         // of drip
};

struct SeenRequest {
    SiteRequest request;
    int status = 0;  // 0: hung up
};

struct StandInOptions {
    StandInData data;
    unsigned short port = 0;       // 0: a free one
    std::string certificate_file;  // empty, both: plain HTTP
    std::string key_file;
    SiteRules rules;
};

// The documents of tests/standin.
StandInOptions stand_in_options();
StandInOptions stand_in_options(const Identity& server);

class StandIn {
  public:
    explicit StandIn(StandInOptions options);
    // The genuine samples; for tests that skip themselves where they are missing.
    static StandInOptions from_samples(const std::string& shared, const Identity& server);
    ~StandIn();
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;

    unsigned short port() const;
    std::string url() const;  // "https://127.0.0.1:1234"

    // The first of a source's misbehaviours that fits a request decides.
    void misbehave(const std::string& source, Misbehaviour misbehaviour);
    // No misbehaviour, no ETag, no gzip.
    void behave(const std::string& source);
    void use_etags(const std::string& source);  // and 304 to If-None-Match
    void use_gzip(const std::string& source);   // for those who accept it

    // Documents, by the names of standin_data.h. put() adds or replaces; remove() takes a page's
    // row or item with it.
    std::vector<std::string> names(const std::string& source) const;
    std::string document(const std::string& source, const std::string& name) const;
    void put(const std::string& source, const std::string& name, std::string text);
    void replace(const std::string& source, const std::string& name, std::string_view from,
                 std::string_view to);
    void remove(const std::string& source, const std::string& name);

    // In the order of their arrival; of one source, or of every host when that is empty.
    std::vector<SeenRequest> requests(const std::string& source = {}) const;
    void forget_requests();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace recall::test
