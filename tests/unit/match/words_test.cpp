#include "gateway/match/words.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/base/failure.h"
#include "gateway/match/brand_name.h"
#include "gateway/match/identifiers.h"
#include "gateway/match/line.h"
#include "gateway/match/measures.h"
#include "gateway/match/notice_title.h"
#include "gateway/match/reading.h"
#include "invented.h"

namespace recall::match {
namespace {

constexpr std::size_t bytes_max = 4'096;

std::string offered(std::string_view title) {
    const Text text = read_text(title, bytes_max);
    std::string out;
    for (const ProductWord& word : read_meaning(text, *shipped_lexicon()).products) {
        const Concept& product = shipped_lexicon()->product(word.id);
        if (word.is_offered && !product.describes()) out += product.name + " ";
    }
    return out;
}

std::string keys(const std::vector<ModelNumber>& numbers) {
    std::string out;
    for (const ModelNumber& number : numbers)
        out += number.key + " ";
    return out;
}

std::filesystem::path empty_lexicon() {
    std::string name = (std::filesystem::temp_directory_path() / "lexicon-XXXXXX").string();
    BOOST_TEST_REQUIRE(mkdtemp(name.data()) != nullptr);
    for (const char* file : {"products.tsv", "brands.tsv", "cues.tsv"})
        std::ofstream(std::filesystem::path(name) / file) << "# none\n";
    return name;
}

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(the_longest_phrase_wins) {
    PhraseTable table;
    BOOST_TEST(table.add("car seat", 1));
    BOOST_TEST(table.add("car", 2));
    BOOST_TEST(table.add("电池", 3));
    BOOST_TEST(!table.add(" - ", 4));
    BOOST_TEST(!table.add("a b c d e f g h i j k l m", 5));
    const Text text = read_text("Car-Seats, cars 锂电池", bytes_max);
    std::vector<PhraseHit> hits;
    table.scan(text.tokens, hits);
    BOOST_TEST_REQUIRE(hits.size() == 3U);
    BOOST_TEST(hits[0].id == 1U);
    BOOST_TEST(hits[1].id == 2U);
    BOOST_TEST(hits[2].id == 3U);
}

BOOST_AUTO_TEST_CASE(what_a_title_offers_is_not_what_it_fits) {
    struct Case {
        std::string_view title, offers;
    };
    for (const Case& c :
         {Case{"Stroller", "stroller "}, Case{"Wheel for stroller", "wheel "},
          Case{"婴儿车用雨伞", "umbrella "}, Case{"Puzzle ohne Batterie", "puzzle "},
          Case{"Stroller umbrella", "umbrella "}, Case{"Minilichterkette", "lighting_chain "},
          Case{"儿童用滑板车", "toy_scooter "}}) {
        BOOST_TEST(offered(c.title) == c.offers, c.title << ": " << offered(c.title));
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_found_in_prose) {
    const Text text = read_text(
        "Sold as SKU numbers FTX-0161, FTX-0162 and FTX-0212. Model: 4417. Weighs 12 kg. Lot No. "
        "21A07. UPC 0 36000 29145 2 or 036000291452; Amazon B0TESTX123, 1005007444405957",
        bytes_max);
    const Reading reading = read_meaning(text, *shipped_lexicon());
    std::vector<ModelNumber> models;
    find_models(text, reading, models);
    const std::string found = keys(models);
    for (const char* number : {"FTX0161", "FTX0162", "FTX0212", "4417"})
        BOOST_TEST((" " + found).find(" " + std::string(number) + " ") != std::string::npos, found);
    BOOST_TEST(found.find("12KG") == std::string::npos, found);
    std::vector<ModelNumber> batches;
    find_batches(text, reading, batches);
    BOOST_TEST(keys(batches).find("21A07") == 0U, keys(batches));
    std::vector<std::string> gtins;
    find_gtins(text, gtins);
    BOOST_TEST_REQUIRE(gtins.size() == 1U);
    BOOST_TEST(gtins[0] == "00036000291452");
    std::vector<std::string> items;
    find_items(text, items);
    for (const char* item : {"B0TESTX123", "1005007444405957"})
        BOOST_TEST((std::ranges::find(items, item) != items.end()), item);
}

BOOST_AUTO_TEST_CASE(a_field_of_lots_is_cut_into_lots) {
    std::vector<ModelNumber> lots;
    add_batches(read_text("300025584 300025589; W17 T102025", bytes_max), lots);
    const std::string found = " " + keys(lots);
    for (const char* lot : {" 300025584 ", " 300025589 ", " W17T102025 "})
        BOOST_TEST(found.find(lot) != std::string::npos, found);
}

BOOST_AUTO_TEST_CASE(recall_titles_tell_firm_name_and_sellers) {
    const NoticeTitle title = read_title(
        "ACME Tools Recalls Cordless Drills Due to Fire Hazard; Sold by HomeHub; Imported by "
        "Tasci");
    BOOST_TEST(title.firm == "acme tools");
    BOOST_TEST(title.name == "cordless drills");
    BOOST_TEST_REQUIRE(title.firms.size() == 2U);
    BOOST_TEST(title.firms[0] == "homehub");
    BOOST_TEST(read_title("Hair dryer Velmoro").name == "hair dryer velmoro");
    BOOST_TEST(read_title("").name.empty());
}

BOOST_AUTO_TEST_CASE(measures_are_brought_to_one_unit) {
    std::vector<Measure> found;
    append_measures(read_text("1,5 l 500ml 36发 20000毫安 0.5kg 10 Drawer 70%", bytes_max), found);
    const std::vector<Measure> wanted = {{Unit::millilitre, 1500}, {Unit::millilitre, 500},
                                         {Unit::shot, 36},         {Unit::milliampere_hour, 20000},
                                         {Unit::gram, 500},        {Unit::drawer, 10},
                                         {Unit::percent, 70}};
    BOOST_TEST((found == wanted), found.size());
    found.clear();
    append_measures(read_text("2024 VX2200 a1b2", bytes_max), found);
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_CASE(brands_are_cut_into_their_spellings) {
    const auto names = brand_names("维尔Velmoro/Vel (Official)", *shipped_lexicon());
    std::string found = " ";
    for (const BrandName& name : names)
        found += name.key + " ";
    for (const char* key : {" VELMORO ", " VEL ", " 维尔 "})
        BOOST_TEST(found.find(key) != std::string::npos, found);
    for (const char* none : {"", "  ", "无品牌", "No brand", "ノーブランド", "--"})
        BOOST_TEST(brand_names(none, *shipped_lexicon()).empty(), none);
    BOOST_TEST(is_near("BLOODMILLA", "BLOODMILA"));
    BOOST_TEST(is_near("VELMORO", "VELMROO"));
    BOOST_TEST(!is_near("VELMORO", "VELMAR0"));
    BOOST_TEST(!is_near("HAMA", "HAMO"));
}

BOOST_AUTO_TEST_CASE(a_line_holds_what_prose_tells) {
    const auto lines = product_lines(prose_notice(), *shipped_lexicon());
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    const Line& line = lines[0];
    BOOST_TEST(!line.brands.empty());
    BOOST_TEST(line.brands[0].key == "BRENWICK");
    BOOST_TEST(!line.brands[0].is_stated);
    BOOST_TEST(line.gtins.size() == 1U);
    BOOST_TEST(line.batches.size() == 2U);
    BOOST_TEST(line.makers.size() >= 2U);
    BOOST_TEST(line.bytes() > sizeof(Line));
}

BOOST_AUTO_TEST_CASE(a_notice_without_products_has_a_line_from_its_title) {
    model::Notice notice = prose_notice();
    notice.products.clear();
    const auto lines = product_lines(notice, *shipped_lexicon());
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(!lines[0].heads.empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_lexicon_is_refused_with_file_and_line) {
    struct Case {
        const char *file, *text, *told;
    };
    for (const Case& c :
         {Case{"products.tsv", "a\tb\ten\tword\town\n", "expected 6 fields"},
          Case{"products.tsv", "a\tb\ten\tword\town\tmuch\n", "confidence"},
          Case{"products.tsv", "a\tb\ten\tw\town\t1\na\tc\ten\tv\town\t1\n", "family"},
          Case{"products.tsv", "a\tb\ten\t--\town\t1\n", "no phrase"},
          Case{"cues.tsv", "batches\ten\tlot\town\t1\n", "did you mean batch"},
          Case{"brands.tsv", "\xFF\tb\town\t1\n", "UTF-8"}}) {
        const std::filesystem::path folder = empty_lexicon();
        std::ofstream(folder / c.file) << "# head\n" << c.text;
        try {
            Lexicon::load(folder.string());
            BOOST_ERROR(c.text << " was taken");
        } catch (const Failure& failure) {
            const std::string text = failure.what();
            BOOST_TEST(int(failure.code()) == int(ErrorCode::config));
            BOOST_TEST(text.find(c.told) != std::string::npos, text);
            BOOST_TEST(text.find(std::string(c.file) + " line ") != std::string::npos, text);
        }
        std::filesystem::remove_all(folder);
    }
    BOOST_CHECK_THROW(Lexicon::load("/nowhere"), Failure);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::match
