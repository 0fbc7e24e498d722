#pragma once
// A listing as the matcher asks with it: cut and looked through once, then compared with every
// candidate. Pure; any thread.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/match/brand_name.h"
#include "gateway/match/identifiers.h"
#include "gateway/match/measures.h"
#include "gateway/match/reading.h"
#include "gateway/model/listing.h"
#include "gateway/text/gtin.h"

namespace recall::match {

struct Query {
    std::string listing;  // id
    Text title;
    std::string shown_title;  // its beginning, for evidence
    Reading meaning;          // of the title
    std::vector<Span> spans;  // of the title
    Text details;             // model, category and attributes
    Reading details_meaning;
    std::vector<Span> detail_spans;
    std::vector<BrandName> brands;  // of the brand's field, then what the lexicon found
    bool states_brand = false;
    bool says_no_brand = false;
    std::vector<ModelNumber> models;  // stated: the model's field, or after a cue
    std::vector<ModelNumber> runs;    // others in the title that look like one
    std::vector<text::Gtin> gtins;
    std::vector<std::string> items;
    std::vector<ModelNumber> batches;
    std::vector<std::uint64_t> words;      // sorted; of the title
    std::vector<std::uint64_t> all_words;  // sorted; of everything
    std::vector<std::uint32_t> offered;    // sorted; Lexicon::product
    std::vector<std::uint32_t> mentioned;  // sorted; everything else too
    std::vector<Measure> measures;
    std::vector<BrandName> makers;  // seller, manufacturer
    std::string language;           // first part of the tag; empty when not told

    bool has_cue(Cue cue) const { return meaning.has(cue) || details_meaning.has(cue); }
};

Query make_query(const model::Listing& listing, const Lexicon& lexicon);

}  // namespace recall::match
