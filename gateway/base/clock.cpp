#include "gateway/base/clock.h"

#include <cstdio>

namespace recall {
namespace {

// Reads exactly `count` digits at `position`; -1 when they are not there.
int digits(std::string_view text, std::size_t position, std::size_t count) {
    if (position + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = position; i < position + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool at(std::string_view text, std::size_t position, char wanted) {
    return position < text.size() && text[position] == wanted;
}

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string to_text(Instant instant) {
    using std::chrono::days, std::chrono::floor, std::chrono::hh_mm_ss, std::chrono::year_month_day;
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    char text[40];
    const int length =
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                      unsigned(date.month()), unsigned(date.day()), int(time.hours().count()),
                      int(time.minutes().count()), int(time.seconds().count()));
    std::string out(text, static_cast<std::size_t>(length));
    if (const auto rest = time.subseconds().count(); rest != 0) {
        char fraction[8];
        std::snprintf(fraction, sizeof fraction, ".%03d", int(rest));
        out += fraction;
    }
    return out + "Z";
}

Result<Instant> parse_instant(std::string_view text) {
    using std::chrono::day, std::chrono::hours, std::chrono::milliseconds, std::chrono::minutes;
    using std::chrono::month, std::chrono::seconds, std::chrono::sys_days, std::chrono::year;
    using std::chrono::year_month_day;
    const Error wrong{ErrorCode::bad_date, "not an RFC 3339 date-time: " + std::string(text)};
    const year_month_day date{year{digits(text, 0, 4)}, month(unsigned(digits(text, 5, 2))),
                              day(unsigned(digits(text, 8, 2)))};
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (digits(text, 0, 4) < 0 || !at(text, 4, '-') || !at(text, 7, '-') || !at(text, 10, 'T') ||
        !at(text, 13, ':') || !at(text, 16, ':') || !date.ok() || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59) {
        return wrong;
    }
    std::size_t position = 19;
    int thousandths = 0;
    if (at(text, position, '.')) {
        int scale = 100;
        const std::size_t first = ++position;
        for (; position < text.size() && text[position] >= '0' && text[position] <= '9';
             ++position) {
            thousandths += scale * (text[position] - '0');
            scale /= 10;
        }
        if (position == first) return wrong;
    }
    minutes offset{0};
    if (at(text, position, 'Z')) {
        ++position;
    } else if (at(text, position, '+') || at(text, position, '-')) {
        const int hours_off = digits(text, position + 1, 2);
        const int minutes_off = digits(text, position + 4, 2);
        if (hours_off < 0 || hours_off > 23 || minutes_off < 0 || minutes_off > 59 ||
            !at(text, position + 3, ':')) {
            return wrong;
        }
        offset = minutes{hours_off * 60 + minutes_off} * (text[position] == '-' ? -1 : 1);
        position += 6;
    } else {
        return wrong;
    }
    if (position != text.size()) return wrong;
    return Instant{sys_days{date}} + hours{hour} + minutes{minute} + seconds{second} +
           milliseconds{thousandths} - offset;
}

}  // namespace recall
