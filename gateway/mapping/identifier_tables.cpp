#include "gateway/mapping/identifier_tables.h"

#include <algorithm>
#include <array>
#include <optional>

namespace recall::mapping {
namespace {

using Tokens = std::vector<ProseToken>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

enum class Column { models, serials, other, text };

// What a word of a table's head stands for; nothing when it is none.
std::optional<Column> column_of(std::string_view word) {
    constexpr std::array<std::string_view, 9> models = {
        "model", "models", "item", "sku", "model/item", "number/sku", "style", "part", "item/sku"};
    constexpr std::array<std::string_view, 3> serials = {"serial", "serials", "s/n"};
    constexpr std::array<std::string_view, 9> others = {
        "upc", "upcs", "upc/ean", "lot", "batch", "ean", "specification", "asin", "vin"};
    constexpr std::array<std::string_view, 29> texts = {
        "number",      "numbers",      "no",       "nos",   "#",     "code",   "codes",
        "product",     "name",         "names",    "brand", "date",  "dates",  "size",
        "sizes",       "color",        "colors",   "year",  "years", "range",  "ranges",
        "description", "descriptions", "affected", "type",  "and",   "engine", "of",
        "dimensions"};
    if (is_one_of(models, word)) return Column::models;
    if (is_one_of(serials, word)) return Column::serials;
    if (is_one_of(others, word)) return Column::other;
    if (is_one_of(texts, word)) return Column::text;
    return std::nullopt;
}

// A cell that is a number: capitals and digits, a digit among them, not a size or a year.
bool is_cell(std::string_view core) {
    constexpr std::size_t cell_bytes_min = 4;
    constexpr std::size_t cell_bytes_max = 24;
    const bool has_signs_only = std::ranges::all_of(
        core, [](char c) { return is_digit(c) || is_upper(c) || c == '-' || c == '.'; });
    if (core.size() < cell_bytes_min || core.size() > cell_bytes_max || !has_signs_only)
        return false;
    if (core.back() == '-' || core.find('.') != core.npos) return false;
    // "2019", "2015-2026".
    const bool is_year = (core.starts_with("19") || core.starts_with("20")) &&
                         std::ranges::all_of(core.substr(0, 4), is_digit) &&
                         (core.size() == 4 || (core.size() == 9 && core[4] == '-'));
    return std::ranges::any_of(core, is_digit) && !is_year;
}

// Which kinds of characters a cell is made of.
std::string kinds_of(std::string_view core) {
    std::string out;
    if (std::ranges::any_of(core, is_upper)) out += 'A';
    if (std::ranges::any_of(core, is_digit)) out += '0';
    if (core.find('-') != core.npos) out += '-';
    return out;
}

bool looks_like(std::string_view core, std::string_view first) {
    constexpr std::size_t long_bytes = 8;  // longer ones differ more in length
    const std::size_t apart_max = first.size() >= long_bytes ? 3 : 1;
    const std::size_t longer = std::max(core.size(), first.size());
    const std::size_t shorter = std::min(core.size(), first.size());
    return is_cell(core) && longer - shorter <= apart_max && kinds_of(core) == kinds_of(first);
}

// Letters as they are, digits as one: "GK0", "0FA". Serial numbers of one maker share it.
std::string frame_of(std::string_view core) {
    std::string out;
    for (const char c : core) {
        if (!is_digit(c)) {
            out += c;
        } else if (out.empty() || out.back() != '0') {
            out += '0';
        }
    }
    return out;
}

struct Head {
    std::vector<Column> columns;  // those that hold numbers, in order
    std::size_t end = 0;

    bool has_models_and_serials() const {
        return columns == std::vector<Column>{Column::models, Column::serials};
    }
};

// The head that begins at a word: capitalised words only, one strange one among them at most.
std::optional<Head> read_head(const Tokens& tokens, std::size_t at) {
    constexpr std::size_t words_max = 12;
    Head head;
    bool has_strange = false;
    for (std::size_t i = at; i < std::min(at + words_max, tokens.size()); ++i) {
        const ProseToken& token = tokens[i];
        const bool is_abbreviation = token.folded == "no" || token.folded == "nos";
        const auto column = column_of(token.folded);
        const bool is_joint = token.folded == "and" || token.folded == "of";
        const bool is_title = !token.core.empty() && is_upper(token.core[0]);
        if (column && (is_title || is_joint)) {
            const bool repeats = !head.columns.empty() && head.columns.back() == *column;
            if (*column != Column::text && !repeats) head.columns.push_back(*column);
            if (is_title) head.end = i + 1;
            const bool is_stop = token.has_trail(".:;,)") && !is_abbreviation;
            if (is_stop) break;
            continue;
        }
        const bool is_plain = is_title && std::ranges::none_of(token.core, is_digit);
        const bool may_pass = is_plain && !has_strange && i + 1 < tokens.size() &&
                              column_of(tokens[i + 1].folded) && !token.has_trail(".,:;");
        if (!may_pass) break;
        has_strange = true;
    }
    // "Models AB12 and …" begins a sentence.
    constexpr std::size_t words_min = 2;
    if (head.columns.empty() || head.end < at + words_min) return std::nullopt;
    // Examples, and parts of numbers.
    constexpr std::array<std::string_view, 4> parts = {"prefix", "example", "format", "first"};
    if (head.end < tokens.size() && is_one_of(parts, tokens[head.end].folded)) return std::nullopt;
    return head;
}

// The first cell: directly behind the head, or, with one column of numbers, behind a row's words.
std::optional<std::size_t> first_cell(const Tokens& tokens, const Head& head) {
    constexpr std::size_t row_words_max = 16;
    const std::size_t reach = head.columns.size() == 1 ? row_words_max : 1;
    for (std::size_t i = head.end; i < std::min(head.end + reach, tokens.size()); ++i) {
        if (is_cell(tokens[i].core)) return i;
        if (tokens[i].has_trail(".:")) return std::nullopt;
    }
    return std::nullopt;
}

bool ends_table(const ProseToken& token) { return token.folded == "note"; }

// Adds a cell; one behind a dash is the end of a range, "A - B".
void add_cell(const Tokens& tokens, std::size_t at, std::vector<std::string>& out) {
    if (at > 0 && tokens[at - 1].core == "-" && !out.empty()) {
        out.back() += " - " + tokens[at].core;
    } else {
        out.push_back(tokens[at].core);
    }
}

std::vector<std::string> cells_like(const Tokens& tokens, std::size_t at) {
    const std::string first = tokens[at].core;
    std::vector<std::string> out;
    for (; at < tokens.size() && !ends_table(tokens[at]); ++at) {
        if (looks_like(tokens[at].core, first)) add_cell(tokens, at, out);
    }
    return out;
}

// Of a table with models and serial numbers: where the serial number's frame is known from the cell
// behind the first model, all other cells are models.
std::vector<std::string> cells_of_two(const Tokens& tokens, std::size_t at, IdentifierKind kind) {
    std::vector<std::string> out;
    if (at + 1 >= tokens.size() || !is_cell(tokens[at + 1].core)) return out;
    const std::string frame = frame_of(tokens[at + 1].core);
    if (frame == frame_of(tokens[at].core)) return out;
    for (std::size_t i = at; i < tokens.size() && !ends_table(tokens[i]); ++i) {
        if (!is_cell(tokens[i].core)) continue;
        const bool is_serial = frame_of(tokens[i].core) == frame;
        if (is_serial != (kind == IdentifierKind::serials)) continue;
        add_cell(tokens, i, out);
    }
    return out;
}

// The cell behind the words of the first row: models are names there, and the numbers serials.
std::vector<std::string> serials_of_names(const Tokens& tokens, const Head& head) {
    Head named = head;
    named.columns = {Column::serials};
    constexpr std::size_t serial_bytes_min = 8;  // shorter ones are as well models
    const auto cell = first_cell(tokens, named);
    if (!cell || tokens[*cell].core.size() < serial_bytes_min) return {};
    return cells_like(tokens, *cell);
}

}  // namespace

bool is_head_word(const ProseToken& token) {
    return !token.core.empty() && is_upper(token.core[0]) && token.trail.empty() &&
           column_of(token.folded).has_value();
}

std::vector<std::string> find_in_tables(const Tokens& tokens, IdentifierKind kind) {
    constexpr std::size_t rows_min = 2;
    if (kind == IdentifierKind::batches) return {};
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const bool begins = at == 0 || tokens[at - 1].has_trail(".:");
        const auto head = begins ? read_head(tokens, at) : std::nullopt;
        if (!head || head->columns.front() != Column::models) continue;
        const auto cell = first_cell(tokens, *head);
        std::vector<std::string> found;
        if (head->has_models_and_serials()) {
            if (cell) {
                found = cells_of_two(tokens, *cell, kind);
            } else if (kind == IdentifierKind::serials) {
                found = serials_of_names(tokens, *head);
            }
        } else if (cell && kind == IdentifierKind::models) {
            found = cells_like(tokens, *cell);
        }
        if (found.size() >= rows_min) return found;
    }
    return {};
}

}  // namespace recall::mapping
