#pragma once
// What a plan's templates become: placeholders, windows of time, links. Pure; any thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/ingest/source.h"

namespace recall::adapters {

struct Placeholder {
    std::string_view name;
    std::string value;
};

// How values are written in: percent-encoded as in a URL or form, or as they are.
enum class Encoding { percent, none };

// Puts the values where "{name}" stands; other braces stay.
std::string fill_in(std::string_view text, std::span<const Placeholder> values, Encoding encoding);

// Everything but RFC 3986's unreserved characters as %XX.
std::string percent_encoded(std::string_view text);

struct Window {
    Date from;
    Date to;
};

// Months or years from `windows.from` to today, newest first; the newest ends today.
std::vector<Window> windows_until(const ingest::FetchWindows& windows, const Date& today);

// A date as a source wants it: "yyyy/MM/dd", "yy" and the like, every other character as it stands;
// "epoch-ms": its midnight in UTC as milliseconds since 1970.
std::string written(const Date& date, std::string_view form);

// The day so many days before.
Date days_before(const Date& date, long long days);

// RFC 3986 §5.3: a link as a page gives it, against the page's own address. Blanks and what no URL
// may hold are percent-encoded, the fragment is dropped. Fails with bad_value.
Result<std::string> resolved(std::string_view base, std::string_view link);

}  // namespace recall::adapters
