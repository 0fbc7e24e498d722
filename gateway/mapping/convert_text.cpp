// Converters that cut, join and clean texts.

#include <algorithm>
#include <array>
#include <unordered_set>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

Result<Convert> make_html(const Arguments&, const CodeTables&) {
    return one_by_one(
        [](const std::string& value, std::vector<Problem>&) { return without_html(value); });
}

Result<Convert> make_one_line(const Arguments&, const CodeTables&) {
    return one_by_one([](const std::string& value, std::vector<Problem>&) { return tidy(value); });
}

// The nearest separator at or after `from`: its place and length; the end when there is none.
std::pair<std::size_t, std::size_t> find_separator(std::string_view text, std::size_t from,
                                                   const Arguments& separators) {
    std::pair<std::size_t, std::size_t> best{text.size(), 0};
    for (const std::string& separator : separators) {
        const std::size_t at = text.find(separator, from);
        if (at < best.first) best = {at, separator.size()};
    }
    return best;
}

Result<Convert> make_split(const Arguments& arguments, const CodeTables&) {
    return Convert([separators = arguments](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::size_t from = 0; from <= value.size();) {
                const auto [at, length] = find_separator(value, from, separators);
                std::string piece = trimmed(std::string_view(value).substr(from, at - from));
                if (!piece.empty()) out.push_back(std::move(piece));
                from = at + std::max<std::size_t>(length, 1);
            }
        }
        values = std::move(out);
    });
}

Result<Convert> make_join(const Arguments& arguments, const CodeTables&) {
    return Convert([separator = arguments.front()](Values& values, std::vector<Problem>&) {
        if (values.size() < 2) return;
        std::string joined;
        for (const std::string& value : values)
            joined += (joined.empty() ? "" : separator) + value;
        values = {std::move(joined)};
    });
}

Result<Convert> make_first(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        if (values.size() > 1) values.resize(1);
    });
}

Result<Convert> make_last(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        if (values.size() > 1) values.erase(values.begin(), values.end() - 1);
    });
}

Result<Convert> make_unique(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        std::unordered_set<std::string> seen;
        std::erase_if(values, [&](const std::string& value) { return !seen.insert(value).second; });
    });
}

Result<Convert> make_drop(const Arguments& arguments, const CodeTables&) {
    return Convert([words = arguments](Values& values, std::vector<Problem>&) {
        std::erase_if(values, [&](const std::string& value) {
            return std::ranges::any_of(
                words, [&](const std::string& word) { return folded(value) == folded(word); });
        });
    });
}

Result<Convert> make_drop_prefix(const Arguments& arguments, const CodeTables&) {
    return one_by_one([prefixes = arguments](const std::string& value, std::vector<Problem>&) {
        std::string out = value;
        for (const std::string& prefix : prefixes) {
            if (out.starts_with(prefix)) out = trimmed(std::string_view(out).substr(prefix.size()));
        }
        return out;
    });
}

Result<Convert> make_before(const Arguments& arguments, const CodeTables&) {
    return one_by_one([mark = arguments.front()](const std::string& value, std::vector<Problem>&) {
        return trimmed(std::string_view(value).substr(0, value.find(mark)));
    });
}

Result<Convert> make_after(const Arguments& arguments, const CodeTables&) {
    return one_by_one([mark = arguments.front()](const std::string& value, std::vector<Problem>&) {
        const std::size_t at = value.find(mark);
        return at == std::string::npos ? std::string()
                                       : trimmed(std::string_view(value).substr(at + mark.size()));
    });
}

Result<Convert> make_after_last(const Arguments& arguments, const CodeTables&) {
    return one_by_one([mark = arguments.front()](const std::string& value, std::vector<Problem>&) {
        const std::size_t at = value.rfind(mark);
        return at == std::string::npos ? value
                                       : trimmed(std::string_view(value).substr(at + mark.size()));
    });
}

// Blanks and brackets inside an address are escaped; an address without a scheme is completed.
Result<Convert> make_url(const Arguments& arguments, const CodeTables&) {
    const std::string base = arguments.empty() ? "" : arguments.front();
    return one_by_one([base](const std::string& value, std::vector<Problem>&) {
        std::string out;
        for (const char c : value) {
            if (c == ' ') {
                out += "%20";
            } else {
                out += c;
            }
        }
        if (out.starts_with("//")) return "https:" + out;
        if (out.find("://") == std::string::npos && !base.empty() && !out.starts_with("mailto:")) {
            const bool has_slash = base.ends_with('/') || out.starts_with('/');
            return base + (has_slash ? "" : "/") +
                   out.substr(base.ends_with('/') && out.starts_with('/') ? 1 : 0);
        }
        // "https:///www.shop.example": a slip.
        if (const auto slip = out.find(":///"); slip != std::string::npos) out.erase(slip + 3, 1);
        return out;
    });
}

// '*' stands for any text, '#' for digits, one at least.
bool is_like(std::string_view text, std::string_view form) {
    if (form.empty()) return text.empty();
    if (form.front() == '*') {
        for (std::size_t at = 0; at <= text.size(); ++at) {
            if (is_like(text.substr(at), form.substr(1))) return true;
        }
        return false;
    }
    if (text.empty()) return false;
    if (form.front() != '#')
        return text.front() == form.front() && is_like(text.substr(1), form.substr(1));
    if (text.front() < '0' || text.front() > '9') return false;
    return is_like(text.substr(1), form) || is_like(text.substr(1), form.substr(1));
}

Result<Convert> make_like(const Arguments& arguments, const CodeTables&) {
    constexpr std::size_t text_bytes_max = 500;  // the search is exponential in the number of stars
    return one_by_one([forms = arguments](const std::string& value,
                                          std::vector<Problem>&) -> std::optional<std::string> {
        const bool fits = value.size() <= text_bytes_max &&
                          std::ranges::any_of(
                              forms, [&](const std::string& form) { return is_like(value, form); });
        if (!fits) return std::nullopt;
        return value;
    });
}

Result<Convert> make_become(const Arguments& arguments, const CodeTables&) {
    return one_by_one(
        [text = arguments.front()](const std::string&, std::vector<Problem>&) { return text; });
}

Result<Convert> make_prefix(const Arguments& arguments, const CodeTables&) {
    return one_by_one(
        [prefix = arguments.front()](const std::string& value, std::vector<Problem>&) {
            return prefix + value;
        });
}

// "e1*2001/116*0153*15": an approval mark has the letter e, a number and stars.
Result<Convert> make_type_approvals(const Arguments&, const CodeTables&) {
    return one_by_one(
        [](const std::string& value, std::vector<Problem>&) -> std::optional<std::string> {
            std::size_t at = 1;
            while (at < value.size() && value[at] >= '0' && value[at] <= '9')
                ++at;
            const bool fits = value.size() > 4 && (value[0] == 'e' || value[0] == 'E') && at > 1 &&
                              at < 5 && at < value.size() && value[at] == '*';
            if (!fits) return std::nullopt;
            return value.substr(0, value.find(' '));
        });
}

// Whether a sentence ends before `at`: a blank and a capital or a digit follow, or, where the blank
// was lost, a capital and another letter.
bool begins_sentence(std::string_view text, std::size_t at) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t next = text.find_first_not_of(" \t\n", at);
    if (next == std::string_view::npos) return true;
    if (next > at) return is_upper(text[next]) || is_digit(text[next]);
    return is_upper(text[next]) && next + 1 < text.size() && is_letter(text[next + 1]);
}

Result<Convert> make_sentences(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            std::size_t from = 0;
            for (std::size_t at = 0; at < value.size(); ++at) {
                const bool is_mark = value[at] == '.' || value[at] == '!' || value[at] == '?';
                const bool is_end = at + 1 == value.size();
                if (!is_end && !(is_mark && begins_sentence(value, at + 1))) continue;
                std::string piece = trimmed(std::string_view(value).substr(from, at + 1 - from));
                if (!piece.empty()) out.push_back(std::move(piece));
                from = at + 1;
            }
        }
        values = std::move(out);
    });
}

constexpr std::array<ConverterSpec, 18> specs = {{
    {"html", 0, 0, "drops tags and decodes entities of a text that is HTML or debris of it",
     make_html},
    {"one-line", 0, 0, "puts a text on one line with single blanks", make_one_line},
    {"split", 1, 9, "cuts at every separator given; empty pieces go", make_split},
    {"join", 1, 1, "all values as one text with the separator between", make_join},
    {"first", 0, 0, "the first value only", make_first},
    {"last", 0, 0, "the last value only", make_last},
    {"unique", 0, 0, "each value once", make_unique},
    {"drop", 1, 30, "drops values that are one of the words given", make_drop},
    {"drop-prefix", 1, 9, "takes the text given off the front", make_drop_prefix},
    {"before", 1, 1, "what stands before the text given; all when it is not there", make_before},
    {"after", 1, 1, "what stands after the text given; nothing when it is not there", make_after},
    {"after-last", 1, 1, "what stands after the last appearance; all when it is not there",
     make_after_last},
    {"url", 0, 1, "an address with blanks escaped, completed by the base given", make_url},
    {"like", 1, 9, "those values that have the form given: * any text, # digits", make_like},
    {"become", 1, 1, "the text given in place of each value", make_become},
    {"prefix", 1, 1, "the text given before each value", make_prefix},
    {"sentences", 0, 0, "each sentence by itself, also where the blank between two was lost",
     make_sentences},
    {"type-approvals", 0, 0, "those values that are vehicle type approval numbers",
     make_type_approvals},
}};

}  // namespace

std::span<const ConverterSpec> text_converters() { return specs; }

}  // namespace recall::mapping
