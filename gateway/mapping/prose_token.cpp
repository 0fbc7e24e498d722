#include "gateway/mapping/prose_token.h"

#include <algorithm>

#include "gateway/mapping/clean_text.h"

namespace recall::mapping {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Quotation marks and dashes of all kinds as '"' and '-', one blank where one was forgotten:
// "BK1107(Frost)", "PC:1223", "24).The".
std::string spaced(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view three = text.substr(at, 3);
        if (three == "\xE2\x80\x9C" || three == "\xE2\x80\x9D" || three == "\xE2\x80\xB3") {
            plain += '"';
            at += 2;
        } else if (three == "\xE2\x80\x93" || three == "\xE2\x80\x94" || three == "\xE2\x80\x91") {
            plain += '-';
            at += 2;
        } else if (three == "\xE2\x80\xA2") {
            plain += " ; ";
            at += 2;
        } else {
            plain += text[at];
        }
    }
    std::string out;
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const char c = plain[at];
        const char before = at > 0 ? plain[at - 1] : ' ';
        const char next = at + 1 < plain.size() ? plain[at + 1] : ' ';
        if (c == '(' && before != ' ') out += ' ';
        out += c;
        const bool is_word_next = is_digit(next) || is_letter(next);
        const bool is_colon = c == ':' && is_letter(before) && is_word_next;
        const bool is_mark = (c == ',' || c == ';') && is_word_next &&
                             !(c == ',' && is_digit(before) && is_digit(next));
        if (is_colon || is_mark || (c == ')' && is_word_next) || (c == '#' && is_letter(before)))
            out += ' ';
    }
    return out;
}

}  // namespace

std::vector<ProseToken> prose_tokens(std::string_view text) {
    constexpr std::string_view leading = "(\"'[#*";
    constexpr std::string_view trailing = ".,;:)\"'*]#";
    const std::string in = spaced(tidy(text));
    std::vector<ProseToken> out;
    for (std::size_t at = 0; at < in.size();) {
        const std::size_t end = std::min(in.find(' ', at), in.size());
        std::string_view word = std::string_view(in).substr(at, end - at);
        at = end + 1;
        ProseToken token;
        while (!word.empty() && leading.find(word.front()) != leading.npos) {
            token.lead += word.front();
            word.remove_prefix(1);
        }
        while (!word.empty() && trailing.find(word.back()) != trailing.npos) {
            token.trail.insert(token.trail.begin(), word.back());
            word.remove_suffix(1);
        }
        token.core = word;
        token.folded = folded(word);
        if (!word.empty()) {
            out.push_back(std::move(token));
        } else if (!out.empty()) {
            // Punctuation that stands alone belongs to the word before.
            out.back().trail += token.lead + token.trail;
        }
    }
    return out;
}

}  // namespace recall::mapping
