#pragma once
// A product line: one product of one notice with everything it is recognised by, made once when
// the notice enters the index. What notices tell in prose only (model numbers after "SKU", makers
// after "Sold by", brands before "Recalls") is dug out here, marked as weaker. Pure; any thread.

#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/match/brand_name.h"
#include "gateway/match/identifiers.h"
#include "gateway/match/lexicon.h"
#include "gateway/match/measures.h"
#include "gateway/model/notice.h"

namespace recall::match {

struct Line {
    std::string notice;  // id
    std::uint32_t product = 0;
    std::string name;  // for people
    std::vector<BrandName> brands;
    std::vector<BrandName> makers;
    std::vector<ModelNumber> models;
    std::vector<std::string> gtins;  // 14 digits
    std::vector<std::string> items;  // of marketplaces
    std::vector<ModelNumber> batches;
    std::vector<std::uint64_t> name_words;  // sorted
    std::vector<std::uint64_t> text_words;  // sorted; with those of the name
    std::vector<std::uint32_t> heads;       // what the thing is; Lexicon::product
    std::vector<std::uint32_t> mentioned;   // sorted; every product word and description
    std::vector<Measure> measures;          // in the name
    std::vector<Measure> text_measures;     // anywhere
    std::bitset<cue_count> cues;            // anywhere in the text
    std::string language;

    std::size_t bytes() const;
    bool has_stated_brand() const { return !brands.empty() && brands.front().is_stated; }
};

// One line a product. A notice without products has one line from its title.
std::vector<Line> product_lines(const model::Notice& notice, const Lexicon& lexicon);

}  // namespace recall::match
