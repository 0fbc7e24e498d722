#include "gateway/text/model_key.h"

#include <algorithm>
#include <array>

#include "gateway/base/utf8.h"
#include "gateway/text/character.h"
#include "gateway/text/hash.h"

namespace recall::text {
namespace {

constexpr std::size_t strong_characters_min = 4;
constexpr std::size_t strong_digits_min = 6;
constexpr std::size_t letter_unit_digits_max = 4;
constexpr std::size_t unit_digits_max = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr auto units = std::to_array<std::string_view>(
    {"ML",  "L",  "CL",  "G",    "KG",   "MG",  "OZ",  "LB",   "LBS",   "CM",  "MM",
     "M",   "IN", "FT",  "V",    "VOLT", "W",   "KW",  "WATT", "WH",    "MAH", "AH",
     "A",   "MA", "HZ",  "KHZ",  "MHZ",  "GHZ", "GB",  "TB",   "MB",    "MP",  "MPIX",
     "PCS", "PC", "PK",  "PACK", "SET",  "X",   "IN1", "LED",  "LEDS",  "D",   "K",
     "P",   "QT", "GAL", "CC",   "BAR",  "PSI", "MPA", "INCH", "YEARS", "Y",   "MONTHS",
     "PLY", "H",  "C",   "F",    "SPF",  "ST",  "ND",  "RD",   "TH",    "PLUS"});

char confusable(char c) {
    if (c == 'O') return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace

std::string model_key(std::string_view folded) {
    std::string key;
    key.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size();) {
        const char32_t c = next_character(folded, i);
        if (script_of(c) == Script::none) continue;
        append_utf8(key, c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
    }
    return key;
}

bool is_year(std::string_view key) {
    return key.size() == 4 && std::ranges::all_of(key, is_digit) &&
           (key.substr(0, 2) == "19" || key.substr(0, 2) == "20");
}

bool is_size(std::string_view key) {
    const auto unit = std::ranges::find_if_not(key, is_digit);
    const auto digits = static_cast<std::size_t>(unit - key.begin());
    const std::string_view rest = key.substr(digits);
    // "4843351D" is no size: nothing is measured so finely.
    const std::size_t digits_max = rest.size() == 1 ? letter_unit_digits_max : unit_digits_max;
    return digits > 0 && digits <= digits_max && std::ranges::find(units, rest) != units.end();
}

ModelStrength model_strength(std::string_view key) {
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(key, is_digit));
    if (digits == 0 || key.size() < 2 || is_year(key) || is_size(key)) return ModelStrength::none;
    if (digits == key.size()) {
        return digits >= strong_digits_min ? ModelStrength::strong : ModelStrength::weak;
    }
    return key.size() >= strong_characters_min ? ModelStrength::strong : ModelStrength::weak;
}

std::uint64_t model_hash(std::string_view key) {
    std::string folded(key);
    for (char& c : folded)
        c = confusable(c);
    return hash(folded);
}

}  // namespace recall::text
