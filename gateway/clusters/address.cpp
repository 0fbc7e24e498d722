#include "gateway/clusters/address.h"

#include <algorithm>
#include <array>
#include <vector>

namespace recall::clusters {
namespace {

constexpr auto passing_parameters =
    std::to_array<std::string_view>({"lang", "language", "locale", "hl", "lng"});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::ranges::equal(text.substr(0, word.size()), word, {}, lower);
}

bool is_passing(std::string_view parameter) {
    std::string name(parameter.substr(0, parameter.find('=')));
    std::ranges::transform(name, name.begin(), lower);
    return name.starts_with("utm_") ||
           std::ranges::find(passing_parameters, name) != passing_parameters.end();
}

// In the order of their names, because the order says nothing.
std::string query_key(std::string_view query) {
    std::vector<std::string_view> kept;
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(parameter.size() + 1, query.size()));
        if (!parameter.empty() && !is_passing(parameter)) kept.push_back(parameter);
    }
    std::ranges::sort(kept);
    std::string out;
    for (const std::string_view parameter : kept) {
        out += out.empty() ? '?' : '&';
        out += parameter;
    }
    return out;
}

}  // namespace

std::string address_key(std::string_view url) {
    if (url.size() > address_bytes_max) return {};
    if (starts_with_word(url, "https://")) {
        url.remove_prefix(8);
    } else if (starts_with_word(url, "http://")) {
        url.remove_prefix(7);
    } else {
        return {};
    }
    url = url.substr(0, url.find('#'));
    const std::size_t host_end = std::min(url.find_first_of("/?"), url.size());
    std::string host(url.substr(0, host_end));
    std::ranges::transform(host, host.begin(), lower);
    if (host.starts_with("www.")) host.erase(0, 4);
    const std::string_view rest = url.substr(host_end);
    const std::size_t query_at = std::min(rest.find('?'), rest.size());
    std::string_view path = rest.substr(0, query_at);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string query =
        query_at < rest.size() ? query_key(rest.substr(query_at + 1)) : std::string();
    if (host.empty() || (path.empty() && query.empty())) return {};
    return host + std::string(path) + query;
}

}  // namespace recall::clusters
