#include "gateway/text/gtin.h"

#include <algorithm>

namespace recall::text {
namespace {

constexpr std::size_t gtin_digits = 14;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// GS1 General Specifications, section 7.9: weights 3 and 1 from the right.
char check_digit(std::string_view body) {
    int sum = 0;
    int weight = 3;
    for (auto digit = body.rbegin(); digit != body.rend(); ++digit) {
        sum += (*digit - '0') * weight;
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// GS1 prefixes, read from the 13-digit form (or the 8-digit form, which has its own list).
GtinClass class_of(std::string_view digits) {
    if (digits.substr(0, 6) == "000000") {
        const char first = digits[6];
        return first == '0' || first == '2' ? GtinClass::restricted : GtinClass::global;
    }
    const std::string_view prefix = digits.substr(1, 3);
    const std::string_view two = prefix.substr(0, 2);
    if (prefix == "977" || prefix == "978" || prefix == "979") return GtinClass::publication;
    if (two == "05" || two == "98" || two == "99") return GtinClass::coupon;
    if (two == "02" || two == "04" || prefix[0] == '2') return GtinClass::restricted;
    return GtinClass::global;
}

}  // namespace

bool has_right_check_digit(std::string_view digits) {
    return digits.size() >= 2 && std::ranges::all_of(digits, is_digit) &&
           check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

Result<Gtin> parse_gtin(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
        } else if (c != ' ' && c != '-') {
            return Error{ErrorCode::bad_gtin, "a GTIN holds digits only"};
        }
        if (digits.size() > gtin_digits) break;
    }
    const std::size_t n = digits.size();
    if (n != 8 && n != 12 && n != 13 && n != 14) {
        return Error{ErrorCode::bad_gtin,
                     "a GTIN has 8, 12, 13 or 14 digits, this " +
                         (n > gtin_digits ? "more than 14" : std::to_string(n))};
    }
    if (digits.find_first_not_of('0') == std::string::npos) {
        return Error{ErrorCode::bad_gtin, "all digits are zero"};
    }
    if (!has_right_check_digit(digits)) {
        const char right = check_digit(std::string_view(digits).substr(0, n - 1));
        return Error{ErrorCode::bad_gtin, std::string("the check digit is wrong: after ") +
                                              digits.substr(0, n - 1) + " comes " + right +
                                              ", not " + digits.back()};
    }
    digits.insert(0, gtin_digits - n, '0');
    const GtinClass gtin_class = class_of(digits);
    return Gtin{std::move(digits), gtin_class};
}

std::string unit_gtin(std::string_view digits) {
    RECALL_CHECK(digits.size() == gtin_digits, "only 14-digit numbers reach this");
    std::string unit = "0" + std::string(digits.substr(1, gtin_digits - 2));
    unit += check_digit(unit);
    return unit;
}

std::string_view spelling(GtinClass gtin_class) {
    switch (gtin_class) {
        case GtinClass::global:
            return "global";
        case GtinClass::restricted:
            return "restricted";
        case GtinClass::publication:
            return "publication";
        case GtinClass::coupon:
            return "coupon";
    }
    return "global";
}

}  // namespace recall::text
