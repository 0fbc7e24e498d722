#include "gateway/http/conditional.h"

#include "gateway/crypto/digest.h"

#include <algorithm>

namespace recall::http {
namespace {

constexpr std::size_t tag_digits = 32;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string entity_tag(std::string_view text) {
    return '"' + crypto::sha256_hex(text).substr(0, tag_digits) + '"';
}

// Our tags hold no comma, so the list may be cut at commas.
bool names_tag(std::string_view header, std::string_view tag, Comparison comparison) {
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        std::string_view item = trimmed(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        if (item == "*") return true;
        if (comparison == Comparison::weak && item.starts_with("W/")) item.remove_prefix(2);
        if (item == tag) return true;
    }
    return false;
}

Reply tagged(const Request& request, Reply reply, const std::string& tag) {
    reply.headers.emplace_back("ETag", tag);
    const bool has_rule = std::ranges::any_of(
        reply.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    if (!has_rule) reply.headers.emplace_back("Cache-Control", "private, no-cache");
    if (names_tag(request.header("If-None-Match"), tag, Comparison::weak)) {
        reply.status = 304;
        reply.body.clear();
    }
    return reply;
}

Result<void> check_if_match(const Request& request, std::string_view tag) {
    const std::string_view header = request.header("If-Match");
    if (header.empty() || names_tag(header, tag, Comparison::strong)) return {};
    return {ErrorCode::precondition, "it has changed since; get it again and decide anew"};
}

}  // namespace recall::http
