#include "gateway/ingest/next_page.h"

#include <algorithm>

#include "gateway/ingest/run_intake.h"
#include "gateway/json/parse.h"

namespace recall::ingest {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// One parameter of a link: rel="next", or rel=next among others.
bool says_next(std::string_view parameter) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || trimmed(parameter.substr(0, equals)) != "rel")
        return false;
    std::string value(trimmed(parameter.substr(equals + 1)));
    std::erase(value, '"');
    return (" " + value + " ").find(" next ") != std::string::npos;
}

Result<std::string> member_of(const net::Fetched& fetched, const std::string& name) {
    if (fetched.bytes > static_cast<std::size_t>(listing_bytes_max))
        return {ErrorCode::limit, "a page too long to look for its \"" + name + "\""};
    xml::Limits limits;
    limits.bytes_max = static_cast<std::size_t>(listing_bytes_max);
    const Result<xml::Document> page = json::parse(read_body(fetched), limits);
    if (!page) return page.error();
    const xml::Node member = page->root().child(xml::xml_name(name));
    return member ? member.text() : std::string();
}

}  // namespace

std::string next_link(std::string_view link_header) {
    std::size_t at = link_header.find('<');
    while (at != std::string_view::npos) {
        const std::size_t end = link_header.find('>', at);
        if (end == std::string_view::npos) return {};
        const std::size_t after = std::min(link_header.find('<', end), link_header.size());
        std::string_view parameters = link_header.substr(end + 1, after - end - 1);
        while (!parameters.empty()) {
            const std::string_view one = parameters.substr(0, parameters.find_first_of(";,"));
            if (says_next(one)) return std::string(link_header.substr(at + 1, end - at - 1));
            parameters.remove_prefix(std::min(parameters.size(), one.size() + 1));
        }
        at = after == link_header.size() ? std::string_view::npos : after;
    }
    return {};
}

Result<std::string> next_page(const Wanted& wanted, const net::Fetched& fetched) {
    using mapping::NextPage;
    if (wanted.list == nullptr || !wanted.list->pages) return std::string();
    const FetchPages& pages = *wanted.list->pages;
    if (pages.next == NextPage::link_header) return next_link(fetched.link);
    if (pages.next == NextPage::member && !fetched.is_not_modified)
        return member_of(fetched, pages.next_member);
    return std::string();
}

}  // namespace recall::ingest
