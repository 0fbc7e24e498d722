#include "gateway/mapping/member_form.h"

#include <algorithm>
#include <array>

#include "gateway/mapping/mapping_error.h"
#include "gateway/text/gtin.h"

namespace recall::mapping {
namespace {

using model::Form;

constexpr std::array<std::string_view, 5> relations = {"joint_recall", "supersedes", "expands",
                                                       "translation_of", "see_also"};

// The table that holds the form's codes; empty when none does.
std::string_view table_of(Form form) {
    switch (form) {
        case Form::hazard:
            return "hazards";
        case Form::measure:
            return "measures";
        case Form::category:
            return "categories";
        case Form::role:
            return "roles";
        case Form::unit:
            return "units";
        case Form::country:
            return "countries";
        default:
            return {};
    }
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_country(std::string_view text, const CodeTables& tables) {
    // What ISO leaves to its users: XI is Northern Ireland, as customs and Safety Gate write it.
    if (text.size() == 2 && text.front() == 'X' && is_upper(text.back())) return true;
    const CodeTable* countries = tables.find("countries");
    return countries == nullptr ? model::fits(Form::country, text)
                                : countries->find(text) != nullptr;
}

// "CN", "US-CA", "EU", "OECD".
bool is_jurisdiction(std::string_view text, const CodeTables& tables) {
    constexpr std::size_t union_letters_max = 8;
    constexpr std::size_t part_letters_max = 3;
    const std::string_view whole = text.substr(0, text.find('-'));
    if (whole.size() < text.size()) {
        const std::string_view part = text.substr(whole.size() + 1);
        const bool is_part =
            !part.empty() && part.size() <= part_letters_max &&
            std::ranges::all_of(part, [](char c) { return is_upper(c) || (c >= '0' && c <= '9'); });
        return is_part && is_country(whole, tables);
    }
    if (text.size() == 2) return is_country(text, tables);
    return text.size() > 2 && text.size() <= union_letters_max &&
           std::ranges::all_of(text, is_upper);
}

bool is_address(std::string_view text) {
    const std::size_t colon = std::min(text.find("://"), text.size());
    std::string scheme(text.substr(0, colon));
    std::ranges::transform(scheme, scheme.begin(),
                           [](char c) { return is_upper(c) ? char(c + 32) : c; });
    if (scheme != "http" && scheme != "https") return false;
    const std::string_view rest = text.substr(colon + 3);
    const bool has_host = !rest.empty() && rest.find_first_of("/?#") != 0;
    return has_host && std::ranges::none_of(rest, [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"';
           });
}

}  // namespace

bool fits(Form form, std::string_view value, const CodeTables& tables) {
    switch (form) {
        case Form::any:
            return true;
        case Form::relation:
            return std::ranges::find(relations, value) != relations.end();
        case Form::country:
            return is_country(value, tables);
        case Form::jurisdiction:
            return is_jurisdiction(value, tables);
        case Form::gtin:
            return model::fits(form, value) && text::has_right_check_digit(value);
        case Form::url:
            return is_address(value);
        default:
            break;
    }
    const CodeTable* table = tables.find(table_of(form));
    // "-" says that there is nothing to say.
    if (table != nullptr) return value != "-" && table->find(value) != nullptr;
    return model::fits(form, value);
}

std::string expectation(Form form, std::string_view value, const CodeTables& tables) {
    const auto words = model::vocabulary(form);
    if (!words.empty()) return expected_one_of(value, words);
    if (form == Form::relation) return expected_one_of(value, relations);
    const CodeTable* table = form == Form::country ? nullptr : tables.find(table_of(form));
    if (table == nullptr) return "; expected " + std::string(model::meaning(form));
    std::vector<std::string_view> codes;
    for (const Code& code : table->codes()) {
        if (code.id != "-") codes.push_back(code.id);
    }
    return expected_one_of(value, codes);
}

ErrorCode misfit_code(Form form) {
    if (form == Form::decimal) return ErrorCode::bad_number;
    if (form == Form::gtin) return ErrorCode::bad_gtin;
    if (form == Form::date) return ErrorCode::bad_date;
    return ErrorCode::bad_value;
}

}  // namespace recall::mapping
