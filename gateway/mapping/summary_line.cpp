#include "gateway/mapping/summary_line.h"

#include <algorithm>
#include <optional>

namespace recall::mapping {
namespace {

// Digits longer than any real quantity are shown as they came and never added up.
constexpr std::size_t digits_max = 18;

bool are_digits(std::string_view text) {
    return !text.empty() && text.size() <= digits_max &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "9350.5" as "9,350.5": so in both languages.
std::string grouped(std::string_view number) {
    const std::size_t whole = std::min(number.find('.'), number.size());
    std::string out;
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % 3 == 0) out += ',';
        out += number[i];
    }
    return out + std::string(number.substr(whole));
}

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
}

std::string joined(const std::vector<std::string>& list, std::string_view between) {
    std::string out;
    for (const std::string& one : list) {
        if (!out.empty()) out += between;
        out += one;
    }
    return out;
}

// In the middle of a line.
std::string lower_first(std::string text) {
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] += 'a' - 'A';
    return text;
}

class Line {
  public:
    Line(const CodeTables& tables, LineLanguage language)
        : tables_(tables), is_chinese_(language == LineLanguage::chinese) {}

    std::string of(const model::Notice& notice) const {
        std::vector<std::string> parts;
        for (const std::string& part : {categories(notice), hazards(notice), action(notice),
                                        origin(notice), quantity(notice)})
            if (!part.empty()) parts.push_back(part);
        return joined(parts, " · ");
    }

  private:
    std::string_view list_mark() const { return is_chinese_ ? "、" : ", "; }

    const Code* find(std::string_view table, std::string_view id) const {
        const CodeTable* const found = tables_.find(table);
        return found == nullptr || id.empty() ? nullptr : found->find(id);
    }
    const std::string& word(const Code& code) const { return is_chinese_ ? code.zh : code.en; }
    // Empty for a code that the table does not know: a line has words for people only.
    std::string word(std::string_view table, std::string_view id) const {
        const Code* const code = find(table, id);
        return code == nullptr ? std::string() : word(*code);
    }

    // "other" tells something only where it stands alone.
    std::string words(std::string_view table, std::vector<std::string> ids) const {
        const auto is_other = [](const std::string& id) { return id == "other"; };
        if (!std::ranges::all_of(ids, is_other)) std::erase_if(ids, is_other);
        std::vector<std::string> out;
        for (const std::string& id : ids)
            add_once(out, word(table, id));
        return joined(out, list_mark());
    }

    std::string categories(const model::Notice& notice) const {
        std::vector<std::string> ids;
        for (const model::Product& product : notice.products) {
            if (product.category) ids.push_back(product.category->code);
        }
        return words("categories", std::move(ids));
    }

    std::string hazards(const model::Notice& notice) const {
        std::vector<std::string> ids;
        for (const model::Hazard& hazard : notice.hazards)
            ids.push_back(hazard.code);
        return words("hazards", std::move(ids));
    }

    // A kind that does not say what is done gives way to the first measure that does.
    std::string action(const model::Notice& notice) const {
        const bool is_vague = notice.kind.empty() || notice.kind == "information" ||
                              notice.kind == "safety_alert" || notice.kind == "corrective_action";
        if (is_vague) {
            for (const model::Measure& measure : notice.measures) {
                if (measure.code != "other" && measure.code != "no_remedy") {
                    if (std::string text = word("measures", measure.code); !text.empty())
                        return text;
                }
            }
        }
        return word("kinds", notice.kind);
    }

    std::string origin(const model::Notice& notice) const {
        std::vector<std::string> countries;
        for (const model::Product& product : notice.products) {
            for (const std::string& country : product.origin_countries)
                add_once(countries, word("countries", country));
        }
        if (countries.empty()) return {};
        const std::string list = joined(countries, list_mark());
        return is_chinese_ ? list + "产" : "made in " + list;
    }

    // Of the first number's unit and place; others cannot be added to it.
    static std::optional<model::Quantity> total(const model::Notice& notice) {
        std::optional<model::Quantity> out;
        for (const model::Product& product : notice.products) {
            if (!product.quantity || product.quantity->value.empty()) continue;
            const model::Quantity& one = *product.quantity;
            if (!out) {
                out = one;
                continue;
            }
            if (one.unit != out->unit || one.scope != out->scope) continue;
            if (!are_digits(one.value) || !are_digits(out->value)) continue;
            out->value = std::to_string(std::stoull(out->value) + std::stoull(one.value));
            if (one.qualifier != out->qualifier) out->qualifier = "about";
        }
        return out;
    }

    std::string quantity(const model::Notice& notice) const {
        const std::optional<model::Quantity> total = Line::total(notice);
        if (!total) return {};
        std::string before;
        if (total->qualifier == "about" || total->qualifier == "up_to") {
            before = word("qualifiers", total->qualifier);
        }
        const std::string number = grouped(total->value);
        const Code* const unit = find("units", total->unit);
        if (is_chinese_) return before + number + (unit == nullptr ? total->unit : unit->zh);
        std::string out = before.empty() ? number : lower_first(before) + " " + number;
        if (unit != nullptr) return out + " " + (total->value == "1" ? unit->en : unit->many);
        return total->unit.empty() ? out : out + " " + total->unit;
    }

    const CodeTables& tables_;
    bool is_chinese_;
};

}  // namespace

std::string summary_line(const model::Notice& notice, const CodeTables& tables,
                         LineLanguage language) {
    return Line(tables, language).of(notice);
}

model::Texts summary_lines(const model::Notice& notice, const CodeTables& tables) {
    model::Texts out;
    std::string english = summary_line(notice, tables, LineLanguage::english);
    if (english.empty()) return out;
    out.push_back({"en", std::move(english), {}});
    out.push_back({"zh-CN", summary_line(notice, tables, LineLanguage::chinese), {}});
    return out;
}

}  // namespace recall::mapping
