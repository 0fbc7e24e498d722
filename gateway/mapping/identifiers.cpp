#include "gateway/mapping/identifiers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/mapping/identifier_shape.h"
#include "gateway/mapping/identifier_tables.h"
#include "gateway/mapping/prose_token.h"

namespace recall::mapping {
namespace {

using Tokens = std::vector<ProseToken>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// Words that make a label of the word before: "item" alone says nothing, "item number" does.
constexpr std::array<std::string_view, 10> number_words = {
    "number", "numbers", "no", "nos", "num", "#", "code", "codes", "numbers/codes", "nr"};
// Between a label and its first number.
constexpr std::array<std::string_view, 20> connectors = {
    "is",     "are",       "was",    "include", "includes", "including", "of",
    "the",    "following", "either", "ranging", "as",       "from",      "range",
    "ranges", "between",   "within", "series",  "both",     "#"};
constexpr std::array<std::string_view, 6> separators = {"and", "or", "&", "/", "and/or", "plus"};
constexpr std::array<std::string_view, 5> range_words = {"through", "thru", "to", "-", "until"};
// What follows tells of a part of the numbers only.
constexpr std::array<std::string_view, 16> parts_of_numbers = {
    "starting", "start",  "starts", "beginning", "begin",  "begins", "ending", "end",
    "ends",     "prefix", "first",  "last",      "digits", "format", "except", "not"};

struct Label {
    std::size_t end = 0;  // the token behind it
    bool is_sure = false;
    bool is_quoted = false;     // "Model: AB-12 CD34": all of the quotation is one
    bool is_between = false;    // "between A100 and A250": a range
    bool may_be_named = false;  // "models Rebel AB-12, Rogue AB-13"
};

class Scanner {
  public:
    Scanner(std::string_view text, IdentifierKind kind)
        : tokens_(prose_tokens(text)), kind_(kind) {}

    std::vector<std::string> read() {
        for (std::size_t at = 0; at < tokens_.size();) {
            auto label = read_label(at);
            if (!label) {
                ++at;
                continue;
            }
            at = label->end;
            const std::size_t first = skip_to_list(*label);
            if (first < tokens_.size()) at = std::max(at, read_list(first, *label));
        }
        for (std::string& cell : find_in_tables(tokens_, kind_))
            add(std::move(cell));
        return std::move(found_);
    }

  private:
    const std::string& word(std::size_t at) const {
        static const std::string none;
        return at < tokens_.size() ? tokens_[at].folded : none;
    }
    bool is_number_word(std::size_t at) const { return is_one_of(number_words, word(at)); }

    static std::string_view singular(std::string_view word) {
        if (word == "batches") return "batch";
        if (word == "series" || word.size() < 4 || !word.ends_with('s')) return word;
        return word.substr(0, word.size() - 1);
    }

    // Whether the word is a label by itself; `needs_number`: only with "number" or a colon.
    bool is_label_word(std::string_view folded_word, std::string_view core,
                       bool& needs_number) const {
        const std::string_view one = singular(folded_word);
        needs_number = false;
        if (kind_ == IdentifierKind::serials) {
            needs_number = one == "serial" || one == "sn";
            return needs_number || one == "s/n";
        }
        if (kind_ == IdentifierKind::batches) {
            constexpr std::array<std::string_view, 6> with_code = {
                "date", "case", "production", "manufacturing", "julian", "traceability"};
            needs_number = is_one_of(with_code, one);
            return needs_number || one == "lot" || one == "batch" || one == "lote";
        }
        if (one == "ref" || one == "ndc") return core == "REF" || core == "NDC";
        constexpr std::array<std::string_view, 6> with_number = {"item",      "part",    "catalog",
                                                                 "catalogue", "product", "article"};
        needs_number = is_one_of(with_number, one);
        return needs_number || one == "model" || one == "style" || one == "sku";
    }

    // "Model/Catalog": every part is a label's word.
    bool is_label_token(std::size_t at, bool& needs_number) const {
        if (at >= tokens_.size()) return false;
        const std::string& text = tokens_[at].folded;
        const std::string& core = tokens_[at].core;
        const std::size_t slash = text.find('/');
        if (slash == std::string::npos || text == "s/n")
            return is_label_word(text, core, needs_number);
        bool first = false;
        bool second = false;
        const bool is_first = is_label_word(text.substr(0, slash), core.substr(0, slash), first);
        const bool is_second =
            is_label_word(text.substr(slash + 1), core.substr(slash + 1), second);
        needs_number = first && second;
        return is_first && is_second;
    }

    // "#1234".
    bool is_marked(std::size_t at) const {
        return at < tokens_.size() && tokens_[at].lead.find('#') != std::string::npos;
    }

    // A table's head is no sentence: "Model Number Serial Numbers MX08 …", "Last 5 Serial Numbers";
    // nor do examples count.
    bool is_in_head(std::size_t at) const {
        constexpr std::array<std::string_view, 7> parts = {"last",    "first",    "start", "end",
                                                           "example", "affected", "prefix"};
        const bool is_serial = kind_ == IdentifierKind::serials;
        for (std::size_t back = 1; is_serial && back <= 2 && back <= at; ++back) {
            if (is_one_of(parts, word(at - back))) return true;
        }
        const bool is_title = is_upper(tokens_[at].core[0]);
        return at > 0 && is_title && is_head_word(tokens_[at - 1]);
    }

    std::optional<Label> read_label(std::size_t at) const {
        bool needs_number = false;
        if (!is_label_token(at, needs_number) || is_in_head(at)) return std::nullopt;
        Label out{at + 1, tokens_[at].has_trail(":#") || is_marked(at + 1),
                  tokens_[at].is_quoted_open(), false, singular(tokens_[at].folded) == "model"};
        if (tokens_[at].has_trail(".,;\"") && !out.is_sure) return std::nullopt;
        bool has_number_word = false;
        bool is_julian = tokens_[at].folded == "julian";
        while (out.end < tokens_.size() && !tokens_[out.end - 1].has_trail(":;,")) {
            bool other_needs = false;
            const bool is_date_word = is_julian && singular(word(out.end)) == "date";
            const bool is_range =
                singular(word(out.end)) == "range" && kind_ == IdentifierKind::serials;
            if (is_number_word(out.end) || is_date_word || is_range) {
                out.is_sure = true;
                has_number_word = true;
            } else if (word(out.end) == "date" || !is_label_token(out.end, other_needs)) {
                break;
            }
            out.is_sure = out.is_sure || is_marked(out.end + 1);
            is_julian = false;
            // "No." and "#" end no sentence.
            const bool is_stop = tokens_[out.end].has_trail(";,") ||
                                 (tokens_[out.end].has_trail(".") && word(out.end) != "no" &&
                                  word(out.end) != "nos");
            if (tokens_[out.end].has_trail(":#")) out.is_sure = true;
            ++out.end;
            if (is_stop) break;
        }
        // A colon is not enough for "date:" and "case:", as it is for "item:".
        const bool is_colon_enough = kind_ != IdentifierKind::batches;
        const bool is_told = is_colon_enough ? out.is_sure : has_number_word;
        if (needs_number && !is_told) return std::nullopt;
        return out;
    }

    // Where the list begins: behind connectors, a format in commas, or a clause that ends in a
    // colon ("… are included in this recall:"); tokens_.size() when there is none.
    std::size_t skip_to_list(Label& label) const {
        constexpr std::size_t clause_words_max = 18;
        const std::size_t none = tokens_.size();
        std::size_t at = label.end;
        if (tokens_[at - 1].has_trail(",") && word(at) == "in") {
            for (std::size_t i = at; i < std::min(at + 4, none); ++i) {
                if (word(i) == "format") at = i + 1;
            }
        }
        const bool is_direct = tokens_[at - 1].has_trail(":");
        while (at < none && is_one_of(connectors, word(at)) && tokens_[at].lead.empty()) {
            label.is_between = label.is_between || word(at) == "between";
            ++at;
        }
        const bool begins =
            at < none &&
            (is_item(at, label.is_sure) || tokens_[at].is_quoted_open() || label.is_quoted ||
             begins_in_two(at) || (label.may_be_named && skip_names(at) > at));
        if (begins) return at;
        if (is_direct || !label.is_sure) return none;
        for (std::size_t i = label.end; i < std::min(label.end + clause_words_max, none); ++i) {
            const ProseToken& token = tokens_[i];
            if (is_one_of(parts_of_numbers, word(i)) || is_code(token.core, kind_, true))
                return none;
            if (token.has_trail(":")) return i + 1;
            if (token.has_trail(".;\"")) return none;
        }
        return none;
    }

    bool is_item(std::size_t at, bool is_sure) const {
        return at < tokens_.size() && is_code(tokens_[at].core, kind_, is_sure);
    }

    void add(std::string code) {
        if (std::ranges::find(found_, code) == found_.end()) found_.push_back(std::move(code));
    }

    // A quoted item: all its words are of capitals and digits ("166700 CQ"). Moves past it.
    std::optional<std::string> take_quoted(std::size_t& at, bool is_sure) const {
        constexpr std::size_t words_max = 4;
        std::string text;
        bool has_code = false;
        for (std::size_t i = at; i < std::min(at + words_max, tokens_.size()); ++i) {
            const std::string& core = tokens_[i].core;
            const bool is_plain =
                longest_lower_run(core) > 1 && std::ranges::none_of(core, is_digit);
            if (is_plain) return std::nullopt;
            const bool is_label = tokens_[i].has_trail(":") && !tokens_[i].is_quoted_close();
            if (is_label) return std::nullopt;
            has_code = has_code || is_code(core, kind_, is_sure);
            text += (text.empty() ? "" : " ") + core;
            if (!tokens_[i].is_quoted_close()) continue;
            if (!has_code) return std::nullopt;
            at = i + 1;
            return text;
        }
        return std::nullopt;
    }

    // "BK1105 (Sugar Berry), …": the note in brackets; at itself when there is none.
    std::size_t skip_note(std::size_t at) const {
        constexpr std::size_t note_words_max = 8;
        if (at >= tokens_.size() || tokens_[at].lead.find('(') == std::string::npos) return at;
        bool needs_number = false;
        for (std::size_t i = at; i < std::min(at + note_words_max, tokens_.size()); ++i) {
            if (is_label_token(i, needs_number)) return at;
            if (tokens_[i].has_trail(")")) return i + 1;
        }
        return at;
    }

    // "models Rebel BRB54FX850, Rogue BRG5435KA": up to two names before a number that is surely
    // one, of capitals and digits; `at` itself otherwise.
    std::size_t skip_names(std::size_t at) const {
        constexpr std::size_t names_max = 2;
        constexpr std::size_t code_bytes_min = 5;
        constexpr std::array<std::string_view, 17> no_names = {
            "serial", "lot", "batch", "upc",   "ean",  "gtin",     "size", "sizes", "version",
            "date",   "exp", "udi",   "class", "year", "software", "type", "asin"};
        if (kind_ != IdentifierKind::models) return at;
        for (std::size_t i = at; i <= at + names_max && i < tokens_.size(); ++i) {
            const ProseToken& token = tokens_[i];
            const bool has_letter = std::ranges::any_of(token.core, is_upper);
            const bool is_plain = std::ranges::none_of(token.core, is_lower) && has_letter &&
                                  token.core.size() >= code_bytes_min;
            if (i > at && is_plain && is_code(token.core, kind_, false)) return i;
            bool needs_number = false;
            const bool is_name = !token.core.empty() && is_upper(token.core[0]) &&
                                 std::ranges::none_of(token.core, is_digit) &&
                                 token.trail.empty() && token.lead.empty() && !is_number_word(i) &&
                                 !is_one_of(no_names, token.folded) &&
                                 !is_label_token(i, needs_number);
            if (!is_name) return at;
        }
        return at;
    }

    // Letters alone count in a list of numbers that begin like them: "CXP-03, CXV".
    bool is_sibling(std::string_view core, const std::vector<std::string>& items) const {
        constexpr std::size_t same_min = 2;
        if (core.size() < 3 || !std::ranges::all_of(core, is_upper)) return false;
        return std::ranges::any_of(items, [&](const std::string& item) {
            return item.compare(0, same_min, core.substr(0, same_min)) == 0;
        });
    }

    // "EVAS - M0859".
    bool begins_in_two(std::size_t at) const {
        constexpr std::size_t code_bytes_min = 4;
        return at + 2 < tokens_.size() && tokens_[at].core.size() >= 2 &&
               std::ranges::all_of(tokens_[at].core, is_upper) && tokens_[at].trail.empty() &&
               word(at + 1) == "-" && tokens_[at + 2].core.size() >= code_bytes_min &&
               is_item(at + 2, true);
    }

    // Whether the sentence goes on to say that these are not meant: "…, it is not included".
    bool is_denied(std::size_t at) const {
        constexpr std::size_t words_max = 10;
        constexpr std::array<std::string_view, 5> meant = {"included", "affected", "part",
                                                           "subject", "recalled"};
        for (std::size_t i = at; i < std::min(at + words_max, tokens_.size()); ++i) {
            if (word(i) == "not" && is_one_of(meant, word(i + 1))) return true;
            if (tokens_[i].has_trail(".;")) return false;
        }
        return false;
    }

    struct Item {
        std::string code;
        std::size_t next = 0;
    };

    // The number at `at`; nothing where the list ends.
    std::optional<Item> take_item(std::size_t at, const Label& label, bool is_separated,
                                  const std::vector<std::string>& items) const {
        const ProseToken& token = tokens_[at];
        if (const std::size_t named = skip_names(at);
            label.may_be_named && is_separated && named > at)
            return Item{tokens_[named].core, named + 1};
        if (begins_in_two(at) && label.is_sure)
            return Item{token.core + " - " + tokens_[at + 2].core, at + 3};
        if (token.is_quoted_open() || (label.is_quoted && items.empty())) {
            std::size_t next = at;
            auto quoted = take_quoted(next, label.is_sure);
            if (quoted) return Item{std::move(*quoted), next};
            if (token.is_quoted_open()) return std::nullopt;
        }
        const bool is_like_last = !items.empty() && std::ranges::any_of(token.core, is_digit) &&
                                  shape_of(token.core) == shape_of(items.back());
        if (is_item(at, label.is_sure) || (is_like_last && token.core.size() > 4) ||
            (is_separated && is_sibling(token.core, items)))
            return Item{token.core, at + 1};
        return std::nullopt;
    }

    // Reads the list; the token behind it.
    std::size_t read_list(std::size_t at, const Label& label) {
        std::vector<std::string> items;
        bool is_separated = true;
        bool is_range = false;
        bool wants_end = false;
        while (at < tokens_.size() && !wants_end) {
            const bool ends_range = label.is_between && items.size() == 1 && word(at) == "and";
            if (!items.empty() && is_one_of(separators, word(at)) && !ends_range) {
                is_separated = true;
                ++at;
                continue;
            }
            if (!items.empty() && kind_ != IdentifierKind::models &&
                (ends_range || is_one_of(range_words, word(at))) &&
                is_item(at + 1, label.is_sure)) {
                is_range = true;
                ++at;
                continue;
            }
            if (const std::size_t behind = skip_note(at); behind > at && !items.empty()) {
                is_separated = tokens_[behind - 1].has_trail(",;");
                wants_end = tokens_[behind - 1].has_trail(".");
                at = behind;
                continue;
            }
            auto item = take_item(at, label, is_separated, items);
            if (!item) break;
            // "A1 - A9 BC01 - BC99": one range behind the other.
            const bool is_next_range = !items.empty() &&
                                       items.back().find(" - ") != std::string::npos &&
                                       is_one_of(range_words, word(item->next));
            const bool may_follow =
                is_separated || is_range || is_next_range ||
                shape_of(item->code) == shape_of(items.back().substr(items.back().rfind(' ') + 1));
            if (!may_follow) break;
            if (is_range) {
                items.back() += " - " + item->code;
            } else {
                items.push_back(std::move(item->code));
            }
            is_range = false;
            const ProseToken& last = tokens_[item->next - 1];
            is_separated = last.has_trail(",;");
            wants_end = last.has_trail(".") || last.has_trail(")") ||
                        (label.is_quoted && last.is_quoted_close());
            at = item->next;
        }
        if (is_denied(at)) return at;
        for (std::string& item : items)
            add(std::move(item));
        return at;
    }

    Tokens tokens_;
    IdentifierKind kind_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> find_identifiers(std::string_view text, IdentifierKind kind) {
    return Scanner(text, kind).read();
}

}  // namespace recall::mapping
