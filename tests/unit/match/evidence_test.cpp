#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "invented.h"

namespace recall::match {
namespace {

struct Case {
    std::string why;
    model::Listing listing;
    std::string level;  // that must be found
};

void check(const std::vector<Case>& cases, const model::Notice& notice) {
    for (const Case& c : cases) {
        const std::string found = levels(c.listing, notice);
        BOOST_TEST(has(found, c.level), c.why << ": expected " << c.level << ", found" << found);
    }
}

model::Listing with_gtin(std::string gtin) {
    model::Listing out = listing("hair dryer");
    out.gtin = std::move(gtin);
    return out;
}

model::Listing with_attribute(model::Listing out, const std::string& name,
                              const std::string& value) {
    out.attributes[name] = value;
    return out;
}

BOOST_AUTO_TEST_SUITE(evidence)

BOOST_AUTO_TEST_CASE(article_numbers_prove_as_much_as_their_class) {
    check({{"equal", with_gtin("4006381333931"), "gtin_equal"},
           {"in the title", listing("hair dryer EAN 4006381333931"), "gtin_equal"},
           {"another pack of the unit", with_gtin("14006381333938"), "gtin_pack"},
           {"same firm", with_gtin("4006381333948"), "gtin_same_firm"},
           {"another", with_gtin("5901234123457"), "gtin_other"}},
          dryer_notice());
    model::Notice shop = dryer_notice();
    shop.products[0].gtins = {"02000000000015"};
    check({{"given by a shop", with_gtin("2000000000015"), "gtin_restricted"}}, shop);
    BOOST_TEST(!has(levels(with_gtin("4006381333932"), dryer_notice()), "gtin_other"));
}

BOOST_AUTO_TEST_CASE(an_item_that_the_notice_names_is_found_in_the_address) {
    model::Notice notice = dryer_notice();
    notice.listings = {{"amazon", "B0TESTX123", ""}};
    model::Listing there = listing("hair dryer");
    there.url = "https://www.example.com/dp/B0TESTX123?th=1";
    check({{"in the address", there, "item_equal"}}, notice);
    notice.listings.clear();
    notice.products[0].description = {{"en", "Sold online (Amazon: B0TESTX123).", ""}};
    check({{"named in prose", there, "item_equal"}}, notice);
}

BOOST_AUTO_TEST_CASE(model_numbers_are_equal_whatever_stands_between) {
    check({{"stated", listing("Velmoro hair dryer", "Velmoro", "vx2200"), "model_equal"},
           {"in the title", listing("Velmoro VX 2200 hair dryer"), "model_equal"},
           {"after a cue", listing("吹风机 型号VX-2200 黑色"), "model_equal"},
           {"continued", listing("Velmoro hair dryer", "Velmoro", "VX-2200-BK"), "model_variant"},
           {"sibling", listing("Velmoro hair dryer", "Velmoro", "VX-2300"), "model_sibling"},
           {"another", listing("hair dryer", "Velmoro", "Q77-100K"), "model_other"},
           {"none", listing("hair dryer", "Velmoro"), "model_unstated"},
           {"a size is none", listing("hair dryer 2000W", "Velmoro"), "model_unstated"}},
          dryer_notice());
    model::Notice named = dryer_notice();
    named.products[0].models = {"Aurelia"};
    check({{"a model that is a name", listing("Velmoro Aurelia hair dryer"), "model_named"}},
          named);
}

BOOST_AUTO_TEST_CASE(model_numbers_are_dug_out_of_prose) {
    check({{"one of a list", listing("Brenwick crib mobile BW4420"), "model_equal"},
           {"another", listing("crib mobile", "Brenwick", "BW-9000"), "model_sibling"}},
          prose_notice());
}

BOOST_AUTO_TEST_CASE(brands_are_equal_under_any_spelling) {
    check({{"equal", listing("dryer", "VELMORO"), "brand_equal"},
           {"legal form", listing("dryer", "Velmoro GmbH"), "brand_equal"},
           {"two scripts in one field", listing("吹风机", "维尔Velmoro"), "brand_equal"},
           {"only in the title", listing("velmoro hair dryer"), "brand_in_title"},
           {"a letter off", listing("dryer", "Velmorro"), "brand_near"},
           {"another", listing("dryer", "Tasciano"), "brand_other"},
           {"other script", listing("吹风机", "维尔莫罗"), "brand_other_script"},
           {"none", listing("hair dryer"), "brand_unstated"},
           {"no brand", listing("hair dryer", "无品牌"), "brand_unbranded"},
           {"fits it", listing("Nozzle for Velmoro VX-2200", "无品牌"), "brand_aside"}},
          dryer_notice());
    check({{"before Recalls", listing("mobile", "Brenwick"), "brand_equal_prose"}}, prose_notice());
    model::Notice known = dryer_notice();
    known.products[0].brands = {"Fisher-Price"};
    check({{"known spelling", listing("玩具", "费雪"), "brand_equal"},
           {"kana", listing("フィッシャープライス ドライヤー"), "brand_in_title"}},
          known);
    model::Notice unbranded = dryer_notice();
    unbranded.products[0].brands.clear();
    unbranded.products[0].name.clear();
    unbranded.title.clear();
    check({{"only the listing has one", listing("dryer", "Tasciano"), "brand_only_listing"}},
          unbranded);
}

BOOST_AUTO_TEST_CASE(everyday_words_are_weak_brands) {
    model::Notice notice = dryer_notice();
    notice.products[0].brands = {"R.E.D."};
    check({{"a colour", listing("red hair dryer"), "brand_in_title_common"}}, notice);
}

BOOST_AUTO_TEST_CASE(product_words_bridge_languages) {
    for (const char* title : {"吹风机 黑色", "ヘアドライヤー", "Haartrockner", "sèche-cheveux",
                              "secador de pelo", "電吹風"}) {
        BOOST_TEST(has(levels(listing(title), dryer_notice()), "category_same"), title);
    }
    check({{"other thing", listing("wooden crib"), "category_other"},
           {"same family", listing("hair straightener"), "category_near"}},
          dryer_notice());
}

BOOST_AUTO_TEST_CASE(names_are_compared_in_their_own_language_only) {
    check({{"most words", listing("Ionic Compact hair dryer"), "name_most"},
           {"none", listing("Professional barber tool"), "name_none"}},
          dryer_notice());
    model::Listing german = listing("Kompakter Föhn");
    german.lang = "de";
    BOOST_TEST(!has(levels(german, dryer_notice()), "name_none"));
    model::Listing untold = listing("吹风机 黑色");
    untold.lang.clear();
    BOOST_TEST(!has(levels(untold, dryer_notice()), "name_none"));
}

BOOST_AUTO_TEST_CASE(parts_and_additions_are_no_recalled_product) {
    check({{"spare part", listing("Replacement filter Velmoro VX-2200"), "accessory_part"},
           {"fits it", listing("Wall holder bracket for hair dryer"), "accessory_both"},
           {"fits it, Chinese", listing("吹风机用收纳架"), "accessory_aside"},
           {"empty", listing("空盒 Velmoro"), "accessory_part"}},
          dryer_notice());
    const std::string with_part =
        levels(listing("hair dryer with accessories, Velmoro"), dryer_notice());
    BOOST_TEST(!has(with_part, "accessory_part"), with_part);
    model::Notice part = dryer_notice();
    part.products[0].description = {{"en", "Replacement nozzle.", ""}};
    BOOST_TEST(!has(levels(listing("Replacement nozzle"), part), "accessory_part"));
}

BOOST_AUTO_TEST_CASE(corrected_versions_say_so) {
    check({{"English", listing("hair dryer, redesigned 2026"), "version_fixed"},
           {"Chinese", listing("吹风机 整改后"), "version_fixed"},
           {"praise", listing("吹风机 升级款"), "version_newer"}},
          dryer_notice());
}

BOOST_AUTO_TEST_CASE(lots_decide_when_only_some_are_recalled) {
    model::Notice notice = dryer_notice();
    notice.products[0].batches = {"Q2516W; Q2517W"};
    check({{"equal", with_attribute(listing("吹风机"), "批号", "q2517w"), "batch_equal"},
           {"in the title", listing("hair dryer lot Q2516W"), "batch_equal"},
           {"another", with_attribute(listing("dryer"), "Charge", "Z9999X"), "batch_other"},
           {"not told", listing("dryer"), "batch_unstated"}},
          notice);
    BOOST_TEST(!has(levels(listing("dryer"), dryer_notice()), "batch_unstated"));
    notice.products[0].gtins = {"09520001010019"};
    notice.products[0].batches = {"9520001010019"};
    BOOST_TEST(!has(levels(listing("dryer"), notice), "batch_unstated"));
    check({{"from prose", with_attribute(listing("mobile"), "lot", "21A08"), "batch_equal_weak"}},
          prose_notice());
}

BOOST_AUTO_TEST_CASE(sizes_are_compared_by_unit) {
    check({{"equal", listing("吹风机 2000瓦"), "size_equal"},
           {"equal in kilowatts", listing("hair dryer 2 kW"), "size_equal"},
           {"another", listing("hair dryer 1200 W"), "size_other_text"}},
          dryer_notice());
}

BOOST_AUTO_TEST_CASE(sellers_and_makers_are_found_without_their_legal_forms) {
    model::Listing sold = listing("crib mobile");
    sold.seller = "Brenwick Nursery";
    check({{"importer", sold, "maker_equal"}}, prose_notice());
    sold.seller = "Nurserytopia Official Store";
    check({{"sold by", sold, "maker_equal"}}, prose_notice());
    sold.seller = "Someone Else Ltd.";
    BOOST_TEST(!has(levels(sold, prose_notice()), "maker_equal"));
}

BOOST_AUTO_TEST_CASE(colours_and_materials_are_compared_over_languages) {
    check({{"same", listing("Haartrockner schwarz"), "feature_shared"},
           {"other", listing("吹风机 粉色"), "feature_other"}},
          dryer_notice());
}

BOOST_AUTO_TEST_CASE(mixed_scripts_in_one_title_are_read_each_in_its_way) {
    const std::string found = levels(
        listing("２０２４正品 VELMORO維爾VX２２００負離子吹風機 black 送料無料"), dryer_notice());
    for (const char* level : {"brand_in_title", "model_equal", "category_same", "feature_shared"})
        BOOST_TEST(has(found, level), level << " in" << found);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::match
