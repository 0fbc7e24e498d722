#include "invented.h"

#include "gateway/match/score.h"
#include "gateway/match/snapshot.h"

namespace recall::match {
namespace {

Snapshot snapshot_of(const model::Notice& notice) {
    std::vector<std::shared_ptr<const Line>> lines;
    for (Line& line : product_lines(notice, *shipped_lexicon()))
        lines.push_back(std::make_shared<const Line>(std::move(line)));
    Snapshot snapshot;
    snapshot.base = std::make_shared<const Segment>(std::move(lines));
    snapshot.recent = std::make_shared<const Segment>(std::vector<std::shared_ptr<const Line>>());
    snapshot.removed.resize(snapshot.base->lines().size());
    return snapshot;
}

}  // namespace

std::shared_ptr<const Lexicon> shipped_lexicon() {
    static const auto lexicon =
        Lexicon::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/lexicon");
    return lexicon;
}

model::Notice dryer_notice() {
    model::Notice notice;
    notice.id = "eu-safety-gate:1";
    notice.source = "eu-safety-gate";
    notice.language = "en";
    notice.title = {{"en", "Hair dryer Velmoro Ionic Compact", ""}};
    model::Product product;
    product.type = {{"en", "Hair dryer", ""}};
    product.name = {{"en", "Ionic Compact", ""}};
    product.brands = {"Velmoro"};
    product.models = {"VX-2200"};
    product.gtins = {"04006381333931"};
    product.description = {{"en", "Black plastic hair dryer, 2000 W.", ""}};
    notice.products = {product};
    return notice;
}

model::Notice prose_notice() {
    model::Notice notice;
    notice.id = "us-cpsc:1";
    notice.source = "us-cpsc";
    notice.language = "en";
    notice.title = {{"en",
                     "Brenwick Recalls Crib Mobiles Due to Choking Hazard; Sold Exclusively by "
                     "Nurserytopia",
                     ""}};
    model::Product product;
    product.name = {{"en", "Brenwick Woodland Crib Mobiles", ""}};
    product.description = {{"en",
                            "This recall involves Brenwick crib mobiles with model numbers "
                            "BW-4410, BW-4411 and BW-4420. The UPC code is 036000291452. Lot "
                            "numbers 21A07 and 21A08 are printed on the tag.",
                            ""}};
    notice.products = {product};
    model::Party importer;
    importer.role = "importer";
    importer.name = "Brenwick Nursery LLC, of Dover, Delaware";
    importer.country = "US";
    notice.parties = {importer};
    return notice;
}

model::Listing listing(std::string title, std::string brand, std::string model_number) {
    model::Listing listing;
    listing.id = "L1";
    listing.kind = "listing";
    listing.lang = "en";
    listing.title = std::move(title);
    listing.brand = std::move(brand);
    listing.model = std::move(model_number);
    return listing;
}

std::string levels(const model::Listing& listing, const model::Notice& notice) {
    const Snapshot snapshot = snapshot_of(notice);
    const SnapshotRarity rarity(snapshot);
    const Query query = make_query(listing, *shipped_lexicon());
    std::string out = " ";
    for (const Finding& finding : compare({query, snapshot.line(0), rarity, *shipped_lexicon()})) {
        if (finding.level != Level::prior) out += std::string(facts(finding.level).name) + " ";
    }
    return out;
}

model::Match match_of(const model::Listing& listing, const model::Notice& notice) {
    const Snapshot snapshot = snapshot_of(notice);
    const SnapshotRarity rarity(snapshot);
    const Query query = make_query(listing, *shipped_lexicon());
    const Pair pair{query, snapshot.line(0), rarity, *shipped_lexicon()};
    Findings findings = compare(pair);
    const double score = score_of(findings);
    return make_match(pair, std::move(findings), score);
}

bool has(const std::string& levels, const std::string& name) {
    return levels.find(" " + name + " ") != std::string::npos;
}

}  // namespace recall::match
