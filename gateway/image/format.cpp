#include "gateway/image/format.h"

#include <algorithm>
#include <array>
#include <string>

namespace recall::image {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t text_looked_at_bytes = 1024;

std::string lower_start(std::string_view bytes) {
    std::string out(bytes.substr(0, text_looked_at_bytes));
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return out;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(
        words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

Result<Format> sniff(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return Format::jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return Format::png;
    if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return Format::gif;
    if (bytes.size() >= 12 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv)
        return Format::webp;
    if (bytes.empty()) return Error{ErrorCode::bad_image, "there are no bytes"};
    const std::string start = lower_start(bytes);
    // A page that asks for a click or a log-in may be gone next time.
    if (has_any(start, {"<!doctype html", "<html", "<head", "<body"}))
        return Error{ErrorCode::wrong_document, "an HTML page came in place of a picture"};
    if (has_any(start, {"<svg"}))
        return Error{ErrorCode::bad_image, "SVG is a program for drawing, and is not taken"};
    return Error{ErrorCode::bad_image, "neither JPEG nor PNG, GIF or WebP"};
}

std::string_view media_type(Format format) {
    constexpr std::array<std::string_view, 4> types = {"image/jpeg", "image/png", "image/gif",
                                                       "image/webp"};
    return types.at(static_cast<std::size_t>(format));
}

}  // namespace recall::image
