#include "gateway/text/tokens.h"

#include <array>

#include "gateway/base/utf8.h"
#include "gateway/text/hash.h"

namespace recall::text {
namespace {

constexpr std::size_t stem_letters_min = 4;

bool ends_in(std::string_view word, std::string_view ending) {
    return word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
}

// Signs inside a word that do not part what they join: "RS-2300", "K/D 4".
bool joins(char32_t c) {
    return c == '-' || c == '/' || c == '_' || c == '.' || c == 0x2010 || c == 0x2011 ||
           c == 0x2013;
}

void finish(Token& token, std::string_view folded, std::uint32_t offset, std::string& buffer) {
    const std::string_view word = folded.substr(token.begin, token.end - token.begin);
    const bool plain = token.script == Script::latin && !token.has_digit;
    token.hash = hash(plain ? stem(word, buffer) : word);
    token.begin += offset;
    token.end += offset;
}

}  // namespace

std::string_view stem(std::string_view word, std::string& buffer) {
    if (word.size() < stem_letters_min || word.back() != 's') return word;
    if (ends_in(word, "ss") || ends_in(word, "us") || ends_in(word, "is")) return word;
    if (ends_in(word, "ies") && word.size() > stem_letters_min) {
        buffer.assign(word.substr(0, word.size() - 3)).push_back('y');
        return buffer;
    }
    for (const std::string_view ending : {"ches", "shes", "xes", "sses"}) {
        if (ends_in(word, ending)) return word.substr(0, word.size() - 2);
    }
    return word.substr(0, word.size() - 1);
}

void split(std::string_view folded, std::vector<Token>& out, std::uint32_t offset) {
    std::string buffer;
    bool blank = true;
    Token token;
    const auto close = [&] {
        if (token.end > token.begin) {
            finish(token, folded, offset, buffer);
            out.push_back(token);
            blank = false;
        }
        token = Token();
    };
    for (std::size_t i = 0; i < folded.size();) {
        const std::size_t begin = i;
        const char32_t c = next_character(folded, i);
        const Script script = script_of(c);
        if (script == Script::none) {
            close();
            blank = blank || !joins(c);
            continue;
        }
        if (is_cjk(script) || script != token.script) close();
        if (token.end == token.begin) {
            token.begin = static_cast<std::uint32_t>(begin);
            token.script = script;
            token.after_blank = blank;
        }
        token.end = static_cast<std::uint32_t>(i);
        (c >= '0' && c <= '9' ? token.has_digit : token.has_letter) = true;
        if (is_cjk(script)) close();
    }
    close();
}

Script main_script(std::string_view text) {
    std::array<std::size_t, static_cast<std::size_t>(Script::other) + 1> counts{};
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_character(text, i);
        const bool digit = c >= '0' && c <= '9';
        if (!digit) ++counts.at(static_cast<std::size_t>(script_of(c)));
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (counts.at(i) > (best == 0 ? 0 : counts.at(best))) best = i;
    }
    return static_cast<Script>(best);
}

}  // namespace recall::text
