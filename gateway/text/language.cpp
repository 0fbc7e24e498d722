#include "gateway/text/language.h"

// Its header uses FILE without saying so.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

#include "gateway/base/utf8.h"
#include "gateway/text/character.h"

namespace recall::text {
namespace {

// What is looked at of a text; more adds nothing.
constexpr std::size_t looked_at_bytes_max = 4096;
// Shorter ones tell so little that the presumed language is held to: measured on 80,000 texts.
constexpr std::size_t short_bytes = 60;
// Of a longer text that may quote another language.
constexpr int share_percent_min = 40;
// Fewer letters of another script are a symbol or a name.
constexpr int letters_min = 3;

struct Guess {
    std::string language;  // "un" when there is none
    bool is_reliable = false;
    std::array<std::pair<std::string, int>, 3> shares;  // language, percent
};

// Cut before a character that would be cut in two.
std::string_view beginning(std::string_view text) {
    if (text.size() <= looked_at_bytes_max) return text;
    std::size_t end = looked_at_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

// Its own word for a language as BCP 47 has it.
std::string tag_of(CLD2::Language language) {
    const std::string code = CLD2::LanguageCode(language);
    if (code == "iw") return "he";
    if (code == "zh-Hant") return "zh";
    return code;
}

Guess guess(std::string_view text, std::string_view hint) {
    const std::string name(primary_language(hint));
    const CLD2::CLDHints hints{
        nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
        name.empty() ? CLD2::UNKNOWN_LANGUAGE : CLD2::GetLanguageFromName(name.c_str())};
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    std::array<double, 3> scores{};
    int bytes = 0;
    int valid_bytes = 0;
    Guess out;
    const CLD2::Language best = CLD2::ExtDetectLanguageSummaryCheckUTF8(
        text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(),
        percents.data(), scores.data(), nullptr, &bytes, &out.is_reliable, &valid_bytes);
    out.language = tag_of(best);
    for (std::size_t i = 0; i < out.shares.size(); ++i)
        out.shares[i] = {tag_of(languages[i]), percents[i]};
    return out;
}

struct Letters {
    int han = 0;
    int kana = 0;
    int hangul = 0;
    int cyrillic = 0;
    int greek = 0;
    int latin = 0;
    int other = 0;
};

Letters count_letters(std::string_view text) {
    Letters out;
    for (std::size_t at = 0; at < text.size();) {
        switch (script_of(next_character(text, at))) {
            case Script::han:
                ++out.han;
                break;
            case Script::kana:
                ++out.kana;
                break;
            case Script::hangul:
                ++out.hangul;
                break;
            case Script::cyrillic:
                ++out.cyrillic;
                break;
            case Script::greek:
                ++out.greek;
                break;
            case Script::latin:
                ++out.latin;
                break;
            case Script::other:
                ++out.other;
                break;
            case Script::none:
                break;
        }
    }
    return out;
}

// Languages whose script the letters are counted in; any other is taken to be of Latin letters.
int letters_of_other_scripts(const Letters& letters, std::string_view language) {
    const int east = letters.han + letters.kana + letters.hangul;
    if (language == "ja") return letters.hangul + letters.cyrillic + letters.other;
    if (language == "zh") return letters.kana + letters.hangul + letters.cyrillic + letters.other;
    if (language == "ko") return letters.kana + letters.cyrillic + letters.other;
    constexpr std::array<std::string_view, 8> of_cyrillic = {"bg", "ru", "uk", "be",
                                                             "sr", "mk", "kk", "mn"};
    if (std::ranges::find(of_cyrillic, language) != of_cyrillic.end()) return east + letters.other;
    if (language == "el") return east + letters.cyrillic + letters.other;
    constexpr std::array<std::string_view, 10> of_others = {"ar", "he", "th", "hi", "fa",
                                                            "ka", "hy", "km", "lo", "ur"};
    if (std::ranges::find(of_others, language) != of_others.end()) return east;
    return east + letters.cyrillic + letters.greek + letters.other;
}

std::string named_by_script(const Letters& letters) {
    if (letters.kana > 0) return "ja";
    if (letters.hangul > 0) return "ko";
    if (letters.han > letters.cyrillic + letters.greek + letters.other) return "zh";
    return letters.greek > letters.cyrillic + letters.other ? "el" : "und";
}

}  // namespace

std::string_view primary_language(std::string_view tag) { return tag.substr(0, tag.find('-')); }

std::string detect_language(std::string_view text, std::string_view presumed,
                            std::span<const std::string> candidates) {
    // The tag that the caller has for a language; nullptr for one that is no candidate.
    const auto candidate = [&](std::string_view language) -> const std::string* {
        const auto found = std::ranges::find(candidates, language, primary_language);
        return found == candidates.end() ? nullptr : &*found;
    };
    const auto settled = [&](std::string_view language) {
        const std::string* const tag = candidate(language);
        if (tag == nullptr || primary_language(presumed) == language) return std::string(presumed);
        return *tag;
    };
    const std::string_view head = beginning(text);
    if (head.size() >= short_bytes) {
        const Guess free = guess(head, {});
        std::string_view best;
        int best_percent = share_percent_min - 1;
        for (const auto& [language, percent] : free.shares) {
            if (percent <= best_percent || candidate(language) == nullptr) continue;
            best = language;
            best_percent = percent;
        }
        if (!best.empty()) return settled(best);
    }
    const Guess held = guess(head, presumed);
    return held.is_reliable ? settled(held.language) : std::string(presumed);
}

std::optional<std::string> language_by_script(std::string_view text, std::string_view tag) {
    const std::string_view head = beginning(text);
    const bool is_ascii =
        std::ranges::all_of(head, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (is_ascii) return std::nullopt;
    const Letters letters = count_letters(head);
    const std::string_view declared = primary_language(tag);
    const int others = letters_of_other_scripts(letters, declared);
    const int all = letters.han + letters.kana + letters.hangul + letters.cyrillic + letters.greek +
                    letters.latin + letters.other;
    if (others < letters_min || others * 2 <= all) return std::nullopt;
    Guess free = guess(head, {});
    const bool is_told = free.is_reliable && free.language != "un" && free.language != declared;
    return is_told ? std::move(free.language) : named_by_script(letters);
}

}  // namespace recall::text
