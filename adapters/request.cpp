#include "adapters/request.h"

#include <algorithm>
#include <chrono>

#include "gateway/net/outgoing.h"

namespace recall::adapters {
namespace {

using std::chrono::sys_days, std::chrono::year_month_day;

constexpr std::string_view digits = "0123456789ABCDEF";

void append_encoded(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

sys_days day_of(const Date& date) {
    const Date first = first_day(date);
    return year_month_day{std::chrono::year{first.year}, std::chrono::month{first.month},
                          std::chrono::day{first.day}};
}

Date date_of(sys_days day) {
    const year_month_day date{day};
    return {int(date.year()), unsigned(date.month()), unsigned(date.day())};
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

// Without "." and ".." segments (RFC 3986 §5.2.4).
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    bool ends_open = false;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        const std::string_view segment = path.substr(at, end - at);
        ends_open = segment == "/." || segment == "/..";
        if (segment == "/.." && !kept.empty()) kept.pop_back();
        if (!ends_open) kept.push_back(segment);
        at = end;
    }
    std::string out;
    for (const std::string_view segment : kept)
        out += segment;
    if (ends_open || out.empty()) out += '/';
    return out;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

std::string fill_in(std::string_view text, std::span<const Placeholder> values, Encoding encoding) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
        const std::string_view name =
            end == std::string_view::npos ? "" : text.substr(at + 1, end - at - 1);
        const auto found = std::ranges::find(values, name, &Placeholder::name);
        if (name.empty() || found == values.end()) {
            out += text[at++];
            continue;
        }
        out += encoding == Encoding::percent ? percent_encoded(found->value) : found->value;
        at = end + 1;
    }
    return out;
}

std::vector<Window> windows_until(const ingest::FetchWindows& windows, const Date& today) {
    const auto month = static_cast<unsigned>(windows.year_begins);
    const auto begin = [&](const Date& day) {
        if (windows.unit == ingest::WindowUnit::month) return Date{day.year, day.month, 1};
        return Date{day.month < month ? day.year - 1 : day.year, month, 1};
    };
    const Date first = first_day(windows.from);
    const auto count_max = static_cast<std::size_t>(windows.newest);
    std::vector<Window> out;
    for (Date to = today; to >= first && (count_max == 0 || out.size() < count_max);) {
        const Date from = begin(to);
        out.push_back({std::max(from, first), to});
        to = days_before(from, 1);
    }
    return out;
}

std::string written(const Date& date, std::string_view form) {
    if (form == "epoch-ms") {
        using std::chrono::milliseconds;
        return std::to_string(milliseconds(day_of(date).time_since_epoch()).count());
    }
    const std::string iso = to_text(first_day(date));
    const std::pair<std::string_view, std::string> parts[] = {
        {form.find("yyyy") == std::string_view::npos ? "yy" : "yyyy",
         form.find("yyyy") == std::string_view::npos ? iso.substr(2, 2) : iso.substr(0, 4)},
        {"MM", iso.substr(5, 2)},
        {"dd", iso.substr(8, 2)}};
    std::string out(form);
    for (const auto& [name, value] : parts) {
        const std::size_t at = out.find(name);
        if (at != std::string::npos) out.replace(at, name.size(), value);
    }
    return out;
}

Date days_before(const Date& date, long long days) {
    return date_of(day_of(date) - std::chrono::days(days));
}

Result<std::string> resolved(std::string_view base, std::string_view link) {
    const Result<net::Url> here = net::parse_url(base);
    if (!here) return here.error();
    std::string given = trimmed(link);
    given.erase(std::min(given.find('#'), given.size()));
    std::string clean;
    for (const char c : given) {
        constexpr std::string_view allowed = "-._~:/?[]@!$&'()*+,;=%";
        if (is_letter_or_digit(c) || allowed.find(c) != std::string_view::npos) {
            clean += c;
        } else {
            append_encoded(clean, c);
        }
    }
    if (clean.empty()) return {ErrorCode::bad_value, "a link is empty"};
    const bool is_absolute = clean.find("://") < clean.find_first_of("/?");
    if (is_absolute || clean.starts_with("//")) {
        const Result<net::Url> url =
            net::parse_url(is_absolute ? clean : here->scheme + ":" + clean);
        if (!url) return url.error();
        return url->text();
    }
    if (clean.substr(0, clean.find_first_of("/?")).find(':') != std::string::npos)
        return {ErrorCode::bad_value, "a link is no address of a page: " + clean};
    net::Url out = *here;
    const std::string_view target = here->target;
    const std::string_view path = target.substr(0, target.find('?'));
    const std::size_t query = std::min(clean.find('?'), clean.size());
    std::string full(path);
    if (clean.starts_with('/')) {
        full = clean.substr(0, query);
    } else if (query > 0) {
        full = std::string(path.substr(0, path.rfind('/') + 1)) + clean.substr(0, query);
    }
    out.target = without_dots(full) + clean.substr(query);
    return out.text();
}

}  // namespace recall::adapters
