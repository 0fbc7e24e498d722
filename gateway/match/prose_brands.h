#pragma once
// Brands that a notice names only in its title or description: before "Recalls", before "-branded",
// and at the beginning of the product's name. Marked as not stated. Pure; any thread.

#include <string_view>
#include <vector>

#include "gateway/match/brand_name.h"
#include "gateway/match/reading.h"

namespace recall::match {

void add_prose_brand(std::string_view name, const Lexicon& lexicon, std::vector<BrandName>& out);

// The words before the first one that the lexicon knows: "GIKPAL 10 Drawer Dressers".
void find_prose_brands(const Text& name, const Reading& reading, const Lexicon& lexicon,
                       std::vector<BrandName>& out);

// "Youbeien-branded crib mobiles", "Certain Pillsbury brand pizza".
void find_branded(const Text& prose, const Lexicon& lexicon, std::vector<BrandName>& out);

}  // namespace recall::match
