#include "gateway/match/measures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace recall::match {
namespace {

struct UnitWord {
    std::string_view word;  // folded; may be several characters of Han or kana
    Unit unit;
    float factor = 1;
};

constexpr float millimetres_an_inch = 25.4F;
constexpr float millilitres_a_fluid_ounce = 29.57F;
constexpr float grams_a_pound = 453.6F;

constexpr auto unit_words = std::to_array<UnitWord>({
    {"ml", Unit::millilitre},
    {"cl", Unit::millilitre, 10},
    {"l", Unit::millilitre, 1000},
    {"liter", Unit::millilitre, 1000},
    {"litre", Unit::millilitre, 1000},
    {"毫升", Unit::millilitre},
    {"升", Unit::millilitre, 1000},
    {"みりりっとる", Unit::millilitre},
    {"りっとる", Unit::millilitre, 1000},
    {"oz", Unit::millilitre, millilitres_a_fluid_ounce},
    {"ounce", Unit::millilitre, millilitres_a_fluid_ounce},
    {"盎司", Unit::millilitre, millilitres_a_fluid_ounce},
    {"g", Unit::gram},
    {"gr", Unit::gram},
    {"kg", Unit::gram, 1000},
    {"克", Unit::gram},
    {"千克", Unit::gram, 1000},
    {"公斤", Unit::gram, 1000},
    {"lb", Unit::gram, grams_a_pound},
    {"lbs", Unit::gram, grams_a_pound},
    {"mm", Unit::millimetre},
    {"毫米", Unit::millimetre},
    {"cm", Unit::millimetre, 10},
    {"厘米", Unit::millimetre, 10},
    {"m", Unit::millimetre, 1000},
    {"米", Unit::millimetre, 1000},
    {"めーとる", Unit::millimetre, 1000},
    {"inch", Unit::millimetre, millimetres_an_inch},
    {"in", Unit::millimetre, millimetres_an_inch},
    {"zoll", Unit::millimetre, millimetres_an_inch},
    {"寸", Unit::millimetre, millimetres_an_inch},
    {"英寸", Unit::millimetre, millimetres_an_inch},
    {"いんち", Unit::millimetre, millimetres_an_inch},
    {"w", Unit::watt},
    {"kw", Unit::watt, 1000},
    {"watt", Unit::watt},
    {"瓦", Unit::watt},
    {"わっと", Unit::watt},
    {"v", Unit::volt},
    {"volt", Unit::volt},
    {"伏", Unit::volt},
    {"mah", Unit::milliampere_hour},
    {"ah", Unit::milliampere_hour, 1000},
    {"毫安", Unit::milliampere_hour},
    {"毫安时", Unit::milliampere_hour},
    {"wh", Unit::watt_hour},
    {"led", Unit::light},
    {"bulb", Unit::light},
    {"灯", Unit::light},
    {"灯珠", Unit::light},
    {"球", Unit::light},
    {"schuss", Unit::shot},
    {"shot", Unit::shot},
    {"coup", Unit::shot},
    {"schot", Unit::shot},
    {"schoten", Unit::shot},
    {"disparo", Unit::shot},
    {"发", Unit::shot},
    {"pc", Unit::piece},
    {"piece", Unit::piece},
    {"stuck", Unit::piece},
    {"stk", Unit::piece},
    {"pieza", Unit::piece},
    {"pezzi", Unit::piece},
    {"pack", Unit::piece},
    {"count", Unit::piece},
    {"只装", Unit::piece},
    {"个装", Unit::piece},
    {"件套", Unit::piece},
    {"个入", Unit::piece},
    {"drawer", Unit::drawer},
    {"schubladen", Unit::drawer},
    {"tiroir", Unit::drawer},
    {"抽", Unit::drawer},
    {"%", Unit::percent},
});

constexpr std::size_t unit_characters_max = 7;
constexpr double value_max = 1e9;

const UnitWord* unit_of(std::string_view word) {
    const auto at = std::ranges::find(unit_words, word, &UnitWord::word);
    return at == unit_words.end() ? nullptr : &*at;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number at the token, with its decimals when the next token holds them; moves i past it.
double number_at(const Text& text, std::size_t& i, std::string_view& rest) {
    std::string digits;
    const std::string_view word = text.word(i);
    std::size_t end = 0;
    while (end < word.size() && is_digit(word[end]))
        ++end;
    digits = word.substr(0, end);
    rest = word.substr(end);
    const auto& tokens = text.tokens;
    if (rest.empty() && i + 1 < tokens.size() && tokens[i + 1].begin == tokens[i].end + 1 &&
        tokens[i + 1].has_digit && is_digit(text.word(i + 1).front())) {
        const char sign = text.folded[tokens[i].end];
        const std::string_view next = text.word(i + 1);
        std::size_t decimals = 0;
        while (decimals < next.size() && is_digit(next[decimals]))
            ++decimals;
        const bool thousands = sign == ',' && decimals == 3;
        if (sign == '.' || sign == ',') {
            if (!thousands) digits += '.';
            digits += next.substr(0, decimals);
            rest = next.substr(decimals);
            ++i;
        }
    }
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() ? value : value_max;
}

// The unit that stands after token i: the next word, or up to a few characters of Han or kana.
const UnitWord* unit_after(const Text& text, std::size_t i) {
    const auto& tokens = text.tokens;
    if (text.folded.compare(tokens[i].end, 1, "%") == 0) return unit_of("%");
    if (i + 1 >= tokens.size()) return nullptr;
    if (!tokens[i + 1].cjk()) {
        std::string buffer;
        return unit_of(text::stem(text.word(i + 1), buffer));
    }
    const UnitWord* best = nullptr;
    for (std::size_t last = i + 2; last <= std::min(tokens.size(), i + 1 + unit_characters_max);
         ++last) {
        if (const UnitWord* unit = unit_of(text.between(i + 1, last))) best = unit;
    }
    return best;
}

}  // namespace

void append_measures(const Text& text, std::vector<Measure>& out) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const text::Token& token = text.tokens[i];
        if (token.cjk() || !token.has_digit || !is_digit(text.folded[token.begin])) continue;
        std::string_view rest;
        const double value = number_at(text, i, rest);
        if (value <= 0 || value >= value_max) continue;
        std::string buffer;
        const UnitWord* unit =
            rest.empty() ? unit_after(text, i) : unit_of(text::stem(rest, buffer));
        if (unit == nullptr) continue;
        const Measure measure{unit->unit, static_cast<float>(value) * unit->factor};
        if (std::ranges::find(out, measure) == out.end()) out.push_back(measure);
    }
}

MeasureRelation compare(std::span<const Measure> notice, std::span<const Measure> listing,
                        Measure& of_notice, Measure& of_listing) {
    constexpr float tolerance = 0.02F;
    MeasureRelation relation = MeasureRelation::unknown;
    for (const Measure& ours : notice) {
        const auto same_unit = [&](const Measure& m) { return m.unit == ours.unit; };
        const auto equal = [&](const Measure& m) {
            return same_unit(m) && std::abs(m.value - ours.value) <= tolerance * ours.value;
        };
        if (const auto at = std::ranges::find_if(listing, equal); at != listing.end()) {
            of_notice = ours;
            of_listing = *at;
            return MeasureRelation::equal;
        }
        if (const auto at = std::ranges::find_if(listing, same_unit);
            at != listing.end() && relation == MeasureRelation::unknown) {
            of_notice = ours;
            of_listing = *at;
            relation = MeasureRelation::other;
        }
    }
    return relation;
}

std::string to_text(const Measure& measure) {
    constexpr auto names = std::to_array<std::string_view>(
        {"ml", "g", "mm", "W", "V", "mAh", "Wh", "lights", "shots", "pieces", "drawers", "%"});
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), measure.value);
    return std::string(digits.data(), end.ptr) + " " +
           std::string(names.at(static_cast<std::size_t>(measure.unit)));
}

}  // namespace recall::match
