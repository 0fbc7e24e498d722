#pragma once
// Article numbers (GTIN-8, -12, -13, -14): one 14-digit form, the check digit, and what a number
// can prove. A restricted in-store number or a coupon names no product of the world. Pure
// functions; any thread. A wrong length or check digit is bad_gtin.

#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall::text {

enum class GtinClass {
    global,       // names one product everywhere
    restricted,   // given by a shop for itself: GS1 prefixes 02, 04, 2x
    publication,  // ISBN, ISSN, ISMN: 977, 978, 979
    coupon,       // 05, 98x, 99x
};

struct Gtin {
    std::string digits;  // 14, the check digit right
    GtinClass gtin_class = GtinClass::global;
    bool operator==(const Gtin&) const = default;
};

// Blanks and hyphens between digits are passed over; everything else must be a digit.
Result<Gtin> parse_gtin(std::string_view text);

// Whether the last digit is the GS1 check digit of those before it.
bool has_right_check_digit(std::string_view digits);

// The number of the single unit inside a pack: indicator digit 0 and its check digit. A pack and
// its unit share it. `digits` must be 14 digits.
std::string unit_gtin(std::string_view digits);

std::string_view spelling(GtinClass gtin_class);

}  // namespace recall::text
