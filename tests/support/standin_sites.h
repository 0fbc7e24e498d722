#pragma once
// How the four sites answer: their real paths, parameters, lists and refusals, made from the
// documents of standin_data. Pure; any thread. What a site does not have is a 404.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/standin_data.h"

namespace recall::test {

struct SiteRequest {
    std::string method;
    std::string host;                            // lower case, without a port
    std::string target;                          // path and query as sent
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    std::string path() const { return target.substr(0, target.find('?')); }
    std::string header(const std::string& name) const;
    bool asks_to_close() const { return header("connection") == "close"; }
};

struct SiteReply {
    int status = 200;
    std::string media_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

struct SiteRules {
    std::size_t list_rows_max = 10;  // of jp-caa, whose own is 60: few records, several pages
};

// "us-cpsc" for www.saferproducts.gov and so on; empty for a host that is none of the four.
std::string site_source(std::string_view host);
std::string site_host(std::string_view source);

// A browser, by its User-Agent: what the sites' bouncers look at.
bool is_browser(const SiteRequest& request);

SiteReply site_reply(const StandInData& data, const SiteRules& rules, const SiteRequest& request);

// The page with a script that stands in front of a site.
std::string site_interstitial();

}  // namespace recall::test
