#pragma once
// What kind of character one is, coarsely, as far as cutting texts into words needs it. Pure.

namespace recall::text {

enum class Script { none, latin, han, kana, hangul, cyrillic, greek, other };

// `none` for blanks, punctuation, symbols and marks; digits count as latin.
constexpr Script script_of(char32_t c) {
    if (c < 0x80) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') ? Script::latin : Script::none;
    }
    if (c < 0xC0) return c == 0xAA || c == 0xBA || c == 0xB5 ? Script::latin : Script::none;
    if (c == 0xD7 || c == 0xF7) return Script::none;
    if (c < 0x300) return Script::latin;
    if (c < 0x370) return Script::none;
    if (c < 0x400) return Script::greek;
    if (c < 0x530) return Script::cyrillic;
    if (c >= 0x1E00 && c < 0x1F00) return Script::latin;
    if (c >= 0x1F00 && c < 0x2000) return Script::greek;
    if (c >= 0x2000 && c < 0x2E80) return Script::none;
    if (c == 0x3005 || c == 0x3007) return Script::han;
    if (c >= 0x3000 && c < 0x3040) return Script::none;
    if (c == 0x30FB) return Script::none;
    if (c >= 0x3040 && c < 0x3100) return Script::kana;
    if (c >= 0x3400 && c < 0xA000) return Script::han;
    if (c >= 0xAC00 && c < 0xD7B0) return Script::hangul;
    if (c >= 0xF900 && c < 0xFB00) return Script::han;
    if (c >= 0xFE00 && c < 0x10000) return Script::none;
    if (c >= 0x1F000 && c < 0x20000) return Script::none;
    if (c >= 0x20000 && c < 0x32000) return Script::han;
    return Script::other;
}

constexpr bool is_cjk(Script script) {
    return script == Script::han || script == Script::kana || script == Script::hangul;
}

}  // namespace recall::text
