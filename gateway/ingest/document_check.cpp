#include "gateway/ingest/document_check.h"

#include <algorithm>
#include <string>
#include <vector>

namespace recall::ingest {
namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return out;
}

std::string_view without_blanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

Error wrong(const std::string& text) { return {ErrorCode::wrong_document, text}; }

bool begins_as_html(std::string_view head) {
    const std::string start = lowered(head.substr(0, 14));
    return start.rfind("<!doctype html", 0) == 0 || start.rfind("<html", 0) == 0;
}

// The local name of the first element, past declaration, comments and instructions; empty when it
// does not begin in the head.
std::string_view root_name(std::string_view head) {
    while (true) {
        head = without_blanks(head);
        if (head.empty() || head.front() != '<') return {};
        const bool is_comment = head.substr(0, 4) == "<!--";
        if (!is_comment && head.substr(0, 2) != "<?") break;
        const std::string_view closing = is_comment ? "-->" : "?>";
        const std::size_t end = head.find(closing);
        if (end == std::string_view::npos) return {};
        head.remove_prefix(end + closing.size());
    }
    std::string_view name = head.substr(1, head.find_first_of(" \t\r\n/>", 1) - 1);
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
        name.remove_prefix(colon + 1);
    }
    return name;
}

}  // namespace

Result<void> check_document(const mapping::DocumentRules& rules, std::string_view media_type,
                            std::string_view head) {
    using mapping::DocumentFormat;
    head = head.substr(0, document_head_bytes);
    std::string type = lowered(media_type.substr(0, media_type.find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    if (!rules.media_types.empty() &&
        std::ranges::find(rules.media_types, type) == rules.media_types.end()) {
        return wrong("the media type is " + (type.empty() ? "not stated" : type));
    }
    if (rules.is_packed) {
        return head.starts_with("PK") ? Result<void>() : wrong("no ZIP container came");
    }
    if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
    head = without_blanks(head);
    if (head.empty()) return wrong("the body is empty");
    if (rules.format != DocumentFormat::html && begins_as_html(head)) {
        return wrong("an HTML page came instead of data");
    }
    const bool is_markup = head.front() == '<';
    if (rules.format == DocumentFormat::json && head.front() != '[' && head.front() != '{') {
        return wrong("the body does not begin as a JSON array or object");
    }
    if (rules.format == DocumentFormat::table || rules.format == DocumentFormat::text) {
        if (is_markup) return wrong("markup came instead of a table or a text");
        return {};
    }
    if (rules.format != DocumentFormat::json && !is_markup)
        return wrong("the body does not begin as markup");
    if (rules.format == DocumentFormat::xml && !rules.root.empty() &&
        root_name(head) != rules.root) {
        return wrong("the root element is " + std::string(root_name(head)) + ", not " + rules.root);
    }
    return {};
}

Result<void> check_content(const mapping::DocumentRules& rules, const ByteSource& source,
                           Ending ending) {
    constexpr std::size_t chunk_bytes = 64U << 10U;
    // Enough of the end to hold what a server or its cache appends to a page.
    constexpr std::size_t tail_bytes = 4096;
    const bool is_page = rules.format == mapping::DocumentFormat::html;
    if (rules.is_packed || (rules.marker.empty() && !is_page)) return {};
    const std::size_t kept = std::max(rules.marker.size(), tail_bytes);
    bool is_marked = rules.marker.empty();
    bool is_opened = is_page && ending == Ending::unproven;
    std::string window;
    std::vector<char> buffer(chunk_bytes);
    for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
        window.append(buffer.data(), size);
        is_marked = is_marked || window.find(rules.marker) != std::string::npos;
        is_opened = is_opened || (is_page && lowered(window).find("<html") != std::string::npos);
        if (window.size() > kept) window.erase(0, window.size() - kept);
    }
    if (!is_marked) return wrong("\"" + rules.marker + "\" stands nowhere in it");
    if (is_opened && lowered(window).find("</html") == std::string::npos)
        return {ErrorCode::truncated, "the page ends before its </html>"};
    return {};
}

}  // namespace recall::ingest
