// What stands in sentences: the text between two marks, codes behind a word such as "Lot" or "UPC",
// the unit behind a number.

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/base/utf8.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"
#include "gateway/mapping/number_text.h"
#include "gateway/text/character.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

// ASCII only, so that places in both texts agree.
std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view trimmed(std::string_view text, std::string_view what) {
    const std::size_t first = text.find_first_not_of(what);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(what) - first + 1);
}

// between('recalling', 'pounds', …): what stands after the first mark and before the nearest of the
// others; nothing when one is missing. An end of '$' is the end of the text.
Result<Convert> make_between(const Arguments& arguments, const CodeTables&) {
    return one_by_one([marks = arguments](const std::string& value,
                                          std::vector<Problem>&) -> std::optional<std::string> {
        const std::size_t start = value.find(marks.front());
        if (start == std::string::npos) return std::nullopt;
        const std::size_t from = start + marks.front().size();
        std::size_t end = std::string::npos;
        for (std::size_t i = 1; i < marks.size(); ++i)
            end = std::min(end, marks[i] == "$" ? value.size() : value.find(marks[i], from));
        if (end == std::string::npos) return std::nullopt;
        return std::string(trimmed(std::string_view(value).substr(from, end - from), " "));
    });
}

// A mail filter's address for a link: the link itself, and nothing of whose mail it was.
Result<Convert> make_unwrap(const Arguments&, const CodeTables&) {
    return one_by_one([](const std::string& value, std::vector<Problem>&) {
        constexpr std::string_view mark = "safelinks.protection.outlook.com/?url=";
        const std::size_t at = value.find(mark);
        if (at == std::string::npos) return value;
        const std::size_t from = at + mark.size();
        std::string out;
        for (std::size_t i = from; i < value.size() && value[i] != '&'; ++i) {
            unsigned byte = 0;
            const char* digits = value.data() + i + 1;
            const bool is_escape = value[i] == '%' && i + 2 < value.size() &&
                                   std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
            out += is_escape ? char(byte) : value[i];
            if (is_escape) i += 2;
        }
        return out;
    });
}

// split-after('., '): cuts behind each of the texts given, which stay with what they end.
Result<Convert> make_split_after(const Arguments& arguments, const CodeTables&) {
    return Convert([ends = arguments](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            std::size_t from = 0;
            while (from < value.size()) {
                std::size_t cut = value.size();
                for (const std::string& end : ends) {
                    const std::size_t at = value.find(end, from);
                    if (at != std::string::npos) cut = std::min(cut, at + end.size());
                }
                const std::string_view piece =
                    trimmed(std::string_view(value).substr(from, cut - from), " ");
                if (!piece.empty()) out.emplace_back(piece);
                from = cut;
            }
        }
        values = std::move(out);
    });
}

// trim(' ,'): those characters off both ends.
Result<Convert> make_trim(const Arguments& arguments, const CodeTables&) {
    std::u32string what;
    for (std::size_t at = 0; at < arguments.front().size();)
        what += next_character(arguments.front(), at);
    return one_by_one([what](const std::string& value, std::vector<Problem>&) {
        std::size_t first = value.size();
        std::size_t end = 0;
        for (std::size_t at = 0; at < value.size();) {
            const std::size_t from = at;
            if (what.find(next_character(value, at)) != std::u32string::npos) continue;
            first = std::min(first, from);
            end = at;
        }
        return first < end ? value.substr(first, end - first) : std::string();
    });
}

// Words that may stand between the label and its codes, and between codes.
constexpr std::array<std::string_view, 19> fillers = {
    "no",  "nos",     "number", "numbers", "num", "code", "codes", "s",   "di",   "is",
    "are", "include", "and",    "or",      "&",   "the",  "of",    "for", "these"};
// Single bytes, those of curly quotes among them.
constexpr std::string_view edges = " .,;:#()[]\"'-*\xE2\x80\x98\x99\x9C\x9D";

struct Token {
    std::string_view text;  // without what is at its edges
    bool ends = false;      // a sentence or a list ends with it
};

// The token at `at`, which moves past it and the blanks behind.
Token next_token(std::string_view text, std::size_t& at) {
    const std::size_t end = std::min(text.find_first_of(" ,;", at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    Token out{trimmed(whole, edges), false};
    const bool has_point = !whole.empty() && (whole.back() == '.' || whole.back() == ')');
    at = std::min(text.find_first_not_of(" ,;", end), text.size());
    out.ends = has_point && std::ranges::any_of(out.text, is_digit);
    return out;
}

bool is_code(std::string_view token) {
    constexpr std::size_t code_bytes_max = 40;
    return token.size() <= code_bytes_max && std::ranges::any_of(token, is_digit);
}

// Where a label stands as a word, its plural too; npos when nowhere.
std::size_t find_label(std::string_view folded_text, std::string_view label, std::size_t from) {
    for (std::size_t at = folded_text.find(label, from); at != std::string_view::npos;
         at = folded_text.find(label, at + 1)) {
        const std::size_t end = at + label.size();
        const bool begins = at == 0 || !is_letter(folded_text[at - 1]);
        const std::string_view rest = folded_text.substr(end, 2);
        const bool is_plural = rest.starts_with('s') && (rest.size() < 2 || !is_letter(rest[1]));
        if (begins && (rest.empty() || !is_letter(rest[0]) || is_plural)) return at;
    }
    return std::string_view::npos;
}

// The codes behind a label that ends at `at`: up to the first word that is neither code nor filler.
std::size_t read_codes(std::string_view text, std::size_t at, Values& out) {
    bool is_first_word = true;
    while (at < text.size()) {
        const std::size_t here = at;
        const Token token = next_token(text, at);
        const bool is_plural = is_first_word && folded(token.text) == "s";
        is_first_word = false;
        const bool is_filler = token.text.empty() || is_plural ||
                               std::ranges::find(fillers, folded(token.text)) != fillers.end();
        if (is_filler) continue;
        if (!is_code(token.text)) return here;
        out.emplace_back(token.text);
        if (token.ends) return at;
    }
    return at;
}

// labelled('lot', 'batch'): the codes that follow each of the words, in order.
Result<Convert> make_labelled(const Arguments& arguments, const CodeTables&) {
    Arguments labels;
    for (const std::string& one : arguments)
        labels.push_back(lowered(one));
    return Convert([labels](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& given : values) {
            const std::string text = tidy(given);
            const std::string in = lowered(text);
            for (std::size_t at = 0; at < in.size();) {
                std::size_t best = std::string::npos;
                std::size_t length = 0;
                for (const std::string& label : labels) {
                    const std::size_t place = find_label(in, label, at);
                    if (place < best) {
                        best = place;
                        length = label.size();
                    }
                }
                if (best == std::string::npos) break;
                at = read_codes(text, best + length, out);
            }
        }
        values.clear();
        for (std::string& code : out) {
            if (std::ranges::find(values, code) == values.end()) values.push_back(std::move(code));
        }
    });
}

// gs1('01'): what stands behind that application identifier in "(01)10801902159127(17)270331".
Result<Convert> make_gs1(const Arguments& arguments, const CodeTables&) {
    return Convert([mark = "(" + arguments.front() + ")"](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::size_t at = value.find(mark); at != std::string::npos;
                 at = value.find(mark, at)) {
                at += mark.size();
                const std::size_t from = std::min(value.find_first_not_of(' ', at), value.size());
                const std::size_t end = std::min(value.find_first_of(" (,;", from), value.size());
                if (end > from) out.push_back(value.substr(from, end - from));
            }
        }
        values = std::move(out);
    });
}

// National drug codes: 4 or 5 digits, 3 or 4, and for a package 1 or 2, with dashes between.
bool is_ndc(std::string_view text) {
    std::vector<std::size_t> lengths(1, 0);
    for (const char c : text) {
        if (c == '-') {
            lengths.push_back(0);
        } else if (is_digit(c)) {
            ++lengths.back();
        } else {
            return false;
        }
    }
    const bool has_parts = lengths.size() == 2 || lengths.size() == 3;
    return has_parts && lengths[0] >= 4 && lengths[0] <= 5 && lengths[1] >= 3 && lengths[1] <= 4 &&
           (lengths.size() == 2 || (lengths[2] >= 1 && lengths[2] <= 2));
}

Result<Convert> make_ndc(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::size_t at = 0; at < value.size();) {
                const Token token = next_token(value, at);
                // In prose two parts are more often a postal code.
                const bool is_whole = token.text.size() == value.size();
                const bool has_package = std::ranges::count(token.text, '-') == 2;
                if ((is_whole || has_package) && is_ndc(token.text)) out.emplace_back(token.text);
            }
        }
        values = std::move(out);
    });
}

// "1,990 bottles" has the unit "bottles", "1.5 million pcs" has "pcs": the word behind the first
// number.
Result<Convert> make_unit(const Arguments&, const CodeTables&) {
    return one_by_one(
        [](const std::string& value, std::vector<Problem>&) -> std::optional<std::string> {
            const std::optional<NumberText> number = first_number(value, '.');
            std::size_t at = number ? number->end : value.size();
            // Digits that another language's marks part, and blanks.
            while (at < value.size() && (is_digit(value[at]) || value[at] == ',' ||
                                         value[at] == '.' || blank_at(value, at) > 0))
                at += std::max<std::size_t>(blank_at(value, at), 1);
            const std::size_t from = at;
            std::size_t end = at;
            while (at < value.size() && !is_digit(value[at]) &&
                   text::script_of(next_character(value, at)) != text::Script::none)
                end = at;
            if (end == from) return std::nullopt;
            return value.substr(from, end - from);
        });
}

constexpr std::array<ConverterSpec, 8> specs = {{
    {"between", 2, 20,
     "what stands after the first text given and before the nearest of the others ($: the end)",
     make_between},
    {"labelled", 1, 20, "the codes (words with a digit) that follow each of the words given",
     make_labelled},
    {"gs1", 1, 1, "what stands behind an application identifier: (01) GTIN, (10) lot, (21) serial",
     make_gs1},
    {"ndc", 0, 0, "the national drug codes of the United States in the text", make_ndc},
    {"split-after", 1, 9, "cuts behind every text given, which stays with the piece before",
     make_split_after},
    {"trim", 1, 1, "takes the characters given off both ends", make_trim},
    {"unwrap", 0, 0, "the link that a mail filter wrapped in an address of its own", make_unwrap},
    {"unit", 0, 0, "the word behind the first number: \"1,990 bottles\"", make_unit},
}};

}  // namespace

std::span<const ConverterSpec> prose_converters() { return specs; }

}  // namespace recall::mapping
