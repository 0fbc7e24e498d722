#pragma once
// Notices of invented authorities and firms that tell of the same thing, or only seem to.

#include <boost/test/unit_test.hpp>
#include <string>

#include "gateway/clusters/card.h"
#include "gateway/match/lexicon.h"

namespace recall::clusters {

inline const match::Lexicon& lexicon() {
    static const auto loaded = match::Lexicon::load(RECALLGW_SOURCE_DIR "/mappings/lexicon");
    return *loaded;
}

// What a test says of a notice; the rest is the same for all.
struct Told {
    std::string id;
    std::string country;
    std::string day;
    std::string brand;
    std::string model;
    std::string gtin;
};

inline model::Notice notice(const Told& told) {
    model::Notice out;
    out.id = told.id;
    out.source = told.id.substr(0, told.id.find(':'));
    out.kind = "recall";
    out.language = "en";
    out.authority = {"Product Safety Office", told.country};
    if (!told.day.empty()) out.published_on = *parse_date(told.day);
    out.title = {{.lang = "en", .text = "Hair dryer", .made_by = {}}};
    model::Product product;
    product.name = {{.lang = "en", .text = "Hair dryer", .made_by = {}}};
    if (!told.brand.empty()) product.brands = {told.brand};
    if (!told.model.empty()) product.models = {told.model};
    if (!told.gtin.empty()) product.gtins = {told.gtin};
    out.products = {product};
    return out;
}

inline Card card(const model::Notice& notice) { return read_card(notice, lexicon()); }
inline Card card(const Told& told) { return card(notice(told)); }

}  // namespace recall::clusters
