// Where a product was offered: marketplaces named in a sentence, item numbers, addresses of shops.

#include <algorithm>
#include <array>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::vector<std::string_view> words_of(std::string_view text, std::string_view blanks) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string_view without_edges(std::string_view word) {
    constexpr std::string_view edges = " .,;:()[]\"'";
    const std::size_t first = word.find_first_not_of(edges);
    if (first == std::string_view::npos) return {};
    return word.substr(first, word.find_last_not_of(edges) - first + 1);
}

// A host with a path maybe: labels with dots between, the last one of letters only.
bool is_address(std::string_view word) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (folded(word).starts_with(scheme)) word.remove_prefix(scheme.size());
    }
    const std::string_view host = word.substr(0, word.find('/'));
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || host.find('@') != host.npos) return false;
    const std::string_view top = host.substr(dot + 1);
    const bool has_top = top.size() >= 2 && std::ranges::all_of(top, is_letter);
    const bool has_name =
        std::ranges::any_of(host.substr(0, dot), is_letter) && host.find("..") == host.npos;
    return has_top && has_name && std::ranges::all_of(host, [](char c) {
               return is_digit(c) || is_letter(c) || c == '.' || c == '-';
           });
}

// "Example.com Limited" is a firm.
bool is_legal_form(std::string_view word) {
    constexpr std::array<std::string_view, 12> forms = {
        "limited", "ltd", "inc", "llc", "gmbh", "co", "corp", "bv", "sa", "s.l.", "ag", "kg"};
    return std::ranges::find(forms, folded(without_edges(word))) != forms.end();
}

Values addresses_in(const std::string& text) {
    Values out;
    const auto words = words_of(text, " ,;|");
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = without_edges(words[i]);
        const bool is_firm = i + 1 < words.size() && is_legal_form(words[i + 1]);
        if (is_address(word) && !is_firm) out.emplace_back(word);
    }
    return out;
}

Result<Convert> make_addresses(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::string& address : addresses_in(value)) {
                if (std::ranges::find(out, address) == out.end()) out.push_back(std::move(address));
            }
        }
        values = std::move(out);
    });
}

// Amazon's numbers: B and nine digits and letters, a digit among the first two.
bool is_asin(std::string_view word) {
    return word.size() == 10 && word[0] == 'B' && is_digit(word[1]) &&
           std::ranges::all_of(word, [](char c) { return is_digit(c) || is_upper(c); });
}

bool is_item_number(std::string_view word) {
    constexpr std::size_t digits_min = 9;  // shorter ones are as well sizes, dates, telephone codes
    return is_asin(word) || (word.size() >= digits_min && std::ranges::all_of(word, is_digit));
}

// The number of an offer where the text holds just one.
Result<Convert> make_item_number(const Arguments&, const CodeTables&) {
    return one_by_one(
        [](const std::string& value, std::vector<Problem>&) -> std::optional<std::string> {
            std::string found;
            for (const std::string_view part : words_of(value, " ,;:/()=?&")) {
                const std::string_view word = without_edges(part);
                if (!is_item_number(word) || word == found) continue;
                if (!found.empty()) return std::nullopt;
                found = word;
            }
            return found;
        });
}

// "(Amazon's ASIN B086X5RKRZ)": only behind the word ASIN.
Result<Convert> make_asins(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            bool is_list = false;
            for (const std::string_view part : words_of(value, " ,;:()\"")) {
                const std::string_view word = without_edges(part);
                if (word.empty()) continue;
                const std::string plain = folded(word);
                if (plain == "asin" || plain == "asins") {
                    is_list = true;
                } else if (is_list && is_asin(word)) {
                    out.emplace_back(word);
                } else if (plain != "and" && plain != "or" && plain != "number" &&
                           plain != "numbers" && plain != "#" && plain != "is" && plain != "are") {
                    is_list = false;
                }
            }
        }
        values = std::move(out);
    });
}

// Whether the shop stands with its address ("walmart.com"), or is one of a list that begins with
// "online at" and in which no stores are named.
bool is_named_online(const std::string& text, const CodeTable& table, const std::string& code) {
    const auto names_it = [&](std::string_view part) {
        const auto found = table.find_words(part);
        return std::ranges::any_of(found, [&](const Code* one) { return one->id == code; });
    };
    for (const std::string& address : addresses_in(text)) {
        if (names_it(address)) return true;
    }
    constexpr std::string_view online = "online at ";
    const std::size_t at = text.rfind(online);
    if (at == std::string::npos) return false;
    const std::string list = text.substr(at + online.size());
    return list.find("stores nationwide") == std::string::npos && names_it(list);
}

// "Online atAmazon.com": the blank that was lost.
std::string with_blank(std::string text) {
    for (std::size_t at = text.find(" at"); at != std::string::npos;
         at = text.find(" at", at + 1)) {
        if (at + 3 < text.size() && is_upper(text[at + 3])) text.insert(at + 3, " ");
    }
    return text;
}

// sold-on(marketplaces, 'walmart'): the marketplaces of a sentence; those named in the mapping have
// shops in the street too and count only where the text says that it was online.
Result<Convert> make_sold_on(const Arguments& arguments, const CodeTables& tables) {
    const CodeTable* table = tables.find(arguments.front());
    if (table == nullptr) return Error{ErrorCode::usage, "no table " + arguments.front()};
    const Arguments shops(arguments.begin() + 1, arguments.end());
    return Convert([table, shops](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            const std::string text = folded(with_blank(value));
            for (const Code* code : table->find_words(text)) {
                const bool has_shops = std::ranges::find(shops, code->id) != shops.end();
                const bool counts = !has_shops || is_named_online(text, *table, code->id);
                if (counts && std::ranges::find(out, code->id) == out.end())
                    out.push_back(code->id);
            }
        }
        values = std::move(out);
    });
}

// What names a trader only: no address, no item number, no marketplace's word.
Result<Convert> make_trader(const Arguments& arguments, const CodeTables& tables) {
    const CodeTable* table = tables.find(arguments.front());
    if (table == nullptr) return Error{ErrorCode::usage, "no table " + arguments.front()};
    return one_by_one([table](const std::string& value,
                              std::vector<Problem>&) -> std::optional<std::string> {
        const auto words = words_of(value, " ,;:/()");
        const bool is_other = !addresses_in(value).empty() || !table->find_words(value).empty() ||
                              std::ranges::any_of(words, is_item_number) ||
                              !std::ranges::any_of(value, is_letter);
        if (is_other) return std::nullopt;
        return value;
    });
}

constexpr std::array<ConverterSpec, 5> specs = {{
    {"sold-on", 1, 9,
     "the marketplaces of a table that a sentence names; those given as well have shops in the "
     "street and count only with their address or after \"online at\"",
     make_sold_on},
    {"addresses", 0, 0, "the addresses of shops and sites in the text, as written", make_addresses},
    {"item-number", 0, 0,
     "the number of an offer: nine digits and more, or Amazon's form; nothing where there are "
     "several",
     make_item_number},
    {"asins", 0, 0, "Amazon's item numbers behind the word ASIN", make_asins},
    {"trader", 1, 1,
     "the text where it names a trader: neither address nor item number nor marketplace of the "
     "table",
     make_trader},
}};

}  // namespace

std::span<const ConverterSpec> market_converters() { return specs; }

}  // namespace recall::mapping
