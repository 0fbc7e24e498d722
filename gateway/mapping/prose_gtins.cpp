// Bar codes in sentences: digits behind "UPC" and the like, spaced or with dashes.

#include <algorithm>
#include <array>

#include "gateway/mapping/identifiers.h"
#include "gateway/mapping/prose_token.h"
#include "gateway/text/gtin.h"

namespace recall::mapping {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_gtin(std::string_view digits) {
    const bool has_length = digits.size() == 8 || (digits.size() >= 12 && digits.size() <= 14);
    return has_length && text::has_right_check_digit(digits);
}

// The digits of a word that holds nothing else but dashes; empty for other words.
std::string digits_of(std::string_view word) {
    std::string out;
    for (const char c : word) {
        if (is_digit(c)) {
            out += c;
        } else if (c != '-') {
            return {};
        }
    }
    return out;
}

bool is_label(std::string_view word) {
    constexpr std::array<std::string_view, 14> labels = {
        "upc",      "upcs",  "ean", "eans",     "gtin",    "gtins",   "barcode",
        "barcodes", "upc-a", "jan", "upc/gtin", "upc/ean", "ean/upc", "bar"};
    return std::ranges::find(labels, word) != labels.end();
}

bool is_filler(std::string_view word) {
    constexpr std::array<std::string_view, 12> fillers = {"code", "codes",   "number", "numbers",
                                                          "no",   "nos",     "#",      "is",
                                                          "are",  "include", "the",    "of"};
    return std::ranges::find(fillers, word) != fillers.end();
}

class GtinReader {
  public:
    explicit GtinReader(std::string_view text) : tokens_(prose_tokens(text)) {}

    GtinsInProse read() {
        bool is_announced = false;
        for (std::size_t at = 0; at < tokens_.size();) {
            if (!is_label(tokens_[at].folded)) {
                ++at;
                continue;
            }
            is_announced = true;
            at = read_list(skip_to_digits(at + 1));
        }
        if (is_announced) read_loose();
        return std::move(out_);
    }

  private:
    std::size_t skip_to_digits(std::size_t at) const {
        constexpr std::size_t words_max = 6;
        for (std::size_t i = at; i < std::min(at + words_max, tokens_.size()); ++i) {
            const bool is_note =
                tokens_[i].lead.find('(') != std::string::npos || tokens_[i].has_trail(")");
            if (!digits_of(tokens_[i].core).empty()) return i;
            if (!is_filler(tokens_[i].folded) && !is_note && tokens_[i].folded != "on") return at;
        }
        return at;
    }

    // Groups of digits until a word that is none.
    std::size_t read_list(std::size_t at) {
        std::vector<std::string> group;
        for (; at < tokens_.size(); ++at) {
            const std::string digits = digits_of(tokens_[at].core);
            const std::string& word = tokens_[at].folded;
            if (digits.empty()) {
                finish(group);
                if (word != "and" && word != "or" && word != "&") break;
                continue;
            }
            group.push_back(digits);
            if (tokens_[at].has_trail(",;)\"")) finish(group);
            if (tokens_[at].has_trail(".")) {
                finish(group);
                return at + 1;
            }
        }
        finish(group);
        return at;
    }

    // All of a group is one spaced out, or each of its words is one.
    void finish(std::vector<std::string>& group) {
        if (group.empty()) return;
        std::string joined;
        for (const std::string& part : group)
            joined += part;
        constexpr std::size_t without_zero = 11;
        if (is_gtin(joined)) {
            add(joined);
        } else if (std::ranges::all_of(group, is_gtin)) {
            for (const std::string& part : group)
                add(part);
        } else if (joined.size() == without_zero && is_gtin("0" + joined)) {
            add("0" + joined);
        } else if (is_gtin(group.front())) {
            add(group.front());
        } else if (joined.size() >= 8) {
            out_.wrong.push_back(joined);
        }
        group.clear();
    }

    // In a text that speaks of bar codes, other whole ones too: those of its tables.
    void read_loose() {
        constexpr std::size_t digits_min = 12;
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            const std::string digits = digits_of(tokens_[at].core);
            const std::string before = at > 0 ? tokens_[at - 1].folded : "";
            const bool is_other = before == "lot" || before == "serial" || before == "batch";
            if (!is_other && digits.size() >= digits_min && is_gtin(digits)) add(digits);
        }
    }

    void add(std::string digits) {
        if (std::ranges::find(out_.digits, digits) == out_.digits.end())
            out_.digits.push_back(std::move(digits));
    }

    std::vector<ProseToken> tokens_;
    GtinsInProse out_;
};

}  // namespace

GtinsInProse find_gtins(std::string_view text) { return GtinReader(text).read(); }

}  // namespace recall::mapping
