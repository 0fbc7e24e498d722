#include "gateway/model/notice_forms.h"

#include <algorithm>
#include <array>

#include "gateway/base/date.h"

namespace recall::model {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> kinds = {
    "recall",       "withdrawal",        "ban",        "import_rejection",
    "safety_alert", "corrective_action", "information"};
constexpr std::array<std::string_view, 4> statuses = {"active", "ended", "withdrawn", "vanished"};
constexpr std::array<std::string_view, 5> risk_levels = {"serious", "high", "medium", "low",
                                                         "unknown"};
constexpr std::array<std::string_view, 4> sensitivities = {"clear", "green", "amber", "red"};
constexpr std::array<std::string_view, 4> qualifiers = {"about", "exactly", "up_to", "unknown"};
constexpr std::array<std::string_view, 1> makers = {"machine"};
constexpr std::array<std::string_view, 2> flags = {"true", "false"};

struct Named {
    std::string_view member;
    Form form;
};
constexpr std::array<Named, 22> common = {{
    {"kind", Form::kind},
    {"status", Form::status},
    {"risk_level", Form::risk_level},
    {"sensitivity", Form::sensitivity},
    {"qualifier", Form::qualifier},
    {"made_by", Form::made_by},
    {"role", Form::role},
    {"relation", Form::relation},
    {"unit", Form::unit},
    {"country", Form::country},
    {"origin_countries", Form::country},
    {"jurisdiction", Form::jurisdiction},
    {"language", Form::language},
    {"lang", Form::language},
    {"currency", Form::currency},
    {"amount", Form::decimal},
    {"reports", Form::decimal},
    {"injuries", Form::decimal},
    {"deaths", Form::decimal},
    {"gtins", Form::gtin},
    {"raw_sha256", Form::sha256},
    {"url", Form::url},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool is_code(std::string_view text) {
    return !text.empty() && is_lower(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_decimal(std::string_view text) {
    const std::string_view whole = text.substr(0, text.find('.'));
    if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return false;
    if (whole.size() > 1 && whole.front() == '0') return false;
    if (whole.size() == text.size()) return true;
    const std::string_view decimals = text.substr(whole.size() + 1);
    return !decimals.empty() && std::ranges::all_of(decimals, is_digit);
}

bool is_language(std::string_view tag) {
    const std::string_view first = tag.substr(0, tag.find('-'));
    if (first.size() < 2 || first.size() > 3 || !std::ranges::all_of(first, is_lower)) return false;
    for (std::size_t at = first.size(); at < tag.size();) {
        const std::size_t end = std::min(tag.find('-', at + 1), tag.size());
        const std::string_view part = tag.substr(at + 1, end - at - 1);
        const bool is_part =
            part.size() >= 2 && part.size() <= 8 && std::ranges::all_of(part, [](char c) {
                return is_lower(c) || is_upper(c) || is_digit(c);
            });
        if (!is_part) return false;
        at = end;
    }
    return true;
}

}  // namespace

Form common_form(std::string_view member) {
    const auto found = std::ranges::find(common, member, &Named::member);
    return found == common.end() ? Form::any : found->form;
}

std::span<const std::string_view> vocabulary(Form form) {
    switch (form) {
        case Form::kind:
            return kinds;
        case Form::status:
            return statuses;
        case Form::risk_level:
            return risk_levels;
        case Form::sensitivity:
            return sensitivities;
        case Form::qualifier:
            return qualifiers;
        case Form::made_by:
            return makers;
        case Form::flag:
            return flags;
        default:
            return {};
    }
}

bool fits(Form form, std::string_view text) {
    const Words words = vocabulary(form);
    if (!words.empty()) return std::ranges::find(words, text) != words.end();
    switch (form) {
        case Form::hazard:
        case Form::measure:
        case Form::category:
        case Form::role:
        case Form::relation:
            return is_code(text);
        case Form::country:
            return text.size() == 2 && std::ranges::all_of(text, is_upper);
        case Form::currency:
            return text.size() == 3 && std::ranges::all_of(text, is_upper);
        case Form::language:
            return is_language(text);
        case Form::decimal:
            return is_decimal(text);
        case Form::gtin:
            return text.size() == 14 && std::ranges::all_of(text, is_digit);
        case Form::date:
            return parse_date(text).ok();
        case Form::sha256:
            return text.size() == 64 && std::ranges::all_of(text, is_hex);
        default:
            return true;
    }
}

std::string_view meaning(Form form) {
    switch (form) {
        case Form::country:
            return "a country of ISO 3166-1, two capital letters";
        case Form::jurisdiction:
            return "a country of ISO 3166-1, two capital letters, a part of one (US-CA), or the "
                   "capitals of a union of countries (EU)";
        case Form::language:
            return "a language tag of BCP 47 (en, zh-CN)";
        case Form::currency:
            return "a currency of ISO 4217, three capital letters";
        case Form::decimal:
            return "a plain decimal number (1200, 0.5)";
        case Form::gtin:
            return "a GTIN of 14 digits whose check digit is right";
        case Form::date:
            return "a date (2025-02-28), a month (2025-02) or a year (2025)";
        case Form::sha256:
            return "64 lower-case hexadecimal digits";
        case Form::url:
            return "an absolute http or https address";
        default:
            return "a word of its code list: lower-case letters, digits and _";
    }
}

}  // namespace recall::model
