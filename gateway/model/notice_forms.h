#pragma once
// What the texts of a notice may be: closed vocabularies, and forms such as a country's code. They
// are those of notice-1.xsd and notice.schema.json, which others check by. Pure; any thread.

#include <concepts>
#include <span>
#include <string_view>

#include "gateway/model/notice.h"

namespace recall::model {

enum class Form {
    any,
    flag,  // true or false
    date,  // ISO 8601: a day, a month or a year
    kind,
    status,
    risk_level,
    sensitivity,
    qualifier,
    made_by,
    hazard,  // this and the next four: a word of a code list
    measure,
    category,
    role,
    relation,
    unit,          // of a code list in notices that we make; any text in those of others
    country,       // ISO 3166-1 alpha-2
    jurisdiction,  // a country, or EU and the like
    language,      // BCP 47
    currency,      // ISO 4217
    decimal,
    gtin,  // 14 digits
    sha256,
    url,
};

// The form of a member that every object has under this name.
Form common_form(std::string_view member);

// The form of a member of T: any where it is free text, or where T is not of a notice.
template <class T>
Form form_of(std::string_view member) {
    if constexpr (std::same_as<T, Hazard>) {
        if (member == "code") return Form::hazard;
    } else if constexpr (std::same_as<T, Measure>) {
        if (member == "code") return Form::measure;
        if (member == "operator") return Form::role;
    } else if constexpr (std::same_as<T, Category>) {
        return member == "code" ? Form::category : Form::any;
    } else if constexpr (std::same_as<T, Quantity>) {
        if (member == "value") return Form::decimal;
        return member == "scope" ? Form::any : common_form(member);
    }
    constexpr bool is_of_notice =
        std::same_as<T, Notice> || std::same_as<T, Text> || std::same_as<T, Authority> ||
        std::same_as<T, Money> || std::same_as<T, Product> || std::same_as<T, Incidents> ||
        std::same_as<T, Measure> || std::same_as<T, Party> || std::same_as<T, NamedListing> ||
        std::same_as<T, Image> || std::same_as<T, DocumentLink> || std::same_as<T, Related> ||
        std::same_as<T, Provenance>;
    return is_of_notice ? common_form(member) : Form::any;
}

// Whether the schemas let the text stand there.
bool fits(Form form, std::string_view text);

// The words of a closed vocabulary; none where the form is another.
std::span<const std::string_view> vocabulary(Form form);

// What fits, in words: "a country of ISO 3166-1, two capital letters".
std::string_view meaning(Form form);

// The member that the schemas demand of the object and that it lacks; empty when it is whole.
template <class T>
std::string_view lacking(const T& object) {
    if constexpr (std::same_as<T, Notice>) {
        return object.id.empty() ? "id" : object.source.empty() ? "source" : "";
    } else if constexpr (std::same_as<T, Text>) {
        return object.text.empty() ? "text" : "";
    } else if constexpr (std::same_as<T, Image>) {
        return object.url.empty() ? "url" : "";
    } else if constexpr (std::same_as<T, Money>) {
        return object.amount.empty() ? "amount" : "";
    } else if constexpr (std::same_as<T, Related>) {
        return object.relation.empty() ? "relation" : "";
    } else {
        return "";
    }
}

}  // namespace recall::model
