#include "gateway/mapping/summary_line.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

namespace mapping = recall::mapping;
namespace model = recall::model;

namespace {

const mapping::CodeTables& tables() {
    static const auto loaded = mapping::CodeTables::load(RECALLGW_SOURCE_DIR "/mappings/codes");
    return *loaded;
}

// ISO 3166-1 alpha-2, all 249.
constexpr const char* iso_countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW";

struct Lines {
    std::string en;
    std::string zh;
};

Lines lines_of(const std::function<void(model::Notice&)>& make) {
    model::Notice notice;
    make(notice);
    return {mapping::summary_line(notice, tables(), mapping::LineLanguage::english),
            mapping::summary_line(notice, tables(), mapping::LineLanguage::chinese)};
}

model::Product product(std::string category, std::vector<std::string> origins,
                       std::optional<model::Quantity> quantity) {
    model::Product out;
    if (!category.empty()) out.category = model::Category{"", "", std::move(category)};
    out.origin_countries = std::move(origins);
    out.quantity = std::move(quantity);
    return out;
}

model::Measure measure(std::string code) {
    model::Measure out;
    out.code = std::move(code);
    return out;
}

model::Quantity pieces(std::string value, std::string qualifier, std::string unit = "piece") {
    return {std::move(value), std::move(qualifier), "US", std::move(unit)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codes_for_people)

BOOST_AUTO_TEST_CASE(every_code_has_an_english_and_a_chinese_name) {
    const auto is_han = [](const std::string& text) {
        return std::ranges::any_of(text,
                                   [](char c) { return static_cast<unsigned char>(c) > 127; });
    };
    for (const std::string_view name :
         {"hazards", "measures", "categories", "countries", "units", "roles", "kinds",
          "risk_levels", "qualifiers", "currencies"}) {
        const mapping::CodeTable* const table = tables().find(name);
        BOOST_REQUIRE_MESSAGE(table != nullptr, name);
        BOOST_TEST(!table->codes().empty());
        std::set<std::string> names;  // each once, or people could not tell codes apart
        for (const mapping::Code& code : table->codes()) {
            if (code.id == "-") continue;  // a label that is known to say nothing
            BOOST_TEST_CONTEXT(name << " " << code.id) {
                BOOST_TEST(!code.en.empty());
                BOOST_TEST(is_han(code.zh));
                BOOST_TEST(names.insert(code.en).second);
                BOOST_TEST(names.insert(code.zh).second);
                if (name == "units") BOOST_TEST(!code.many.empty());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_word_that_the_form_allows_is_a_code) {
    const std::pair<const char*, std::vector<const char*>> allowed[] = {
        {"kinds",
         {"recall", "withdrawal", "ban", "import_rejection", "safety_alert", "corrective_action",
          "information"}},
        {"risk_levels", {"serious", "high", "medium", "low", "unknown"}},
        {"qualifiers", {"about", "exactly", "up_to", "unknown"}},
        {"roles",
         {"manufacturer", "importer", "distributor", "retailer", "marketplace", "exporter"}}};
    for (const auto& [table, ids] : allowed) {
        for (const char* id : ids)
            BOOST_TEST((tables().find(table)->find(id) != nullptr), table << " lacks " << id);
    }
}

BOOST_AUTO_TEST_CASE(every_country_of_the_standard_is_a_code) {
    std::istringstream countries(iso_countries);
    int count = 0;
    for (std::string country; countries >> country; ++count)
        BOOST_TEST((tables().find("countries")->find(country) != nullptr), country);
    BOOST_TEST(count == 249);
}

BOOST_AUTO_TEST_CASE(a_line_tells_the_notice_in_both_languages) {
    struct Case {
        const char* what;
        std::function<void(model::Notice&)> make;
        const char* en;
        const char* zh;
    };
    const Case cases[] = {
        {"everything",
         [](model::Notice& n) {
             n.kind = "recall";
             n.hazards = {{"choking", {}}};
             n.products = {product("toys", {"CN"}, pieces("9350", "about"))};
         },
         "Toys · Choking · Recall · made in China · about 9,350 pieces",
         "玩具 · 哽噎窒息 · 召回 · 中国产 · 约9,350件"},
        {"nothing", [](model::Notice&) {}, "", ""},
        {"only a kind", [](model::Notice& n) { n.kind = "ban"; }, "Ban", "禁令"},
        {"several hazards, each once, other only alone",
         [](model::Notice& n) {
             n.hazards = {{"fire", {}}, {"other", {}}, {"burns", {}}, {"fire", {}}};
         },
         "Fire, Burns", "火灾、烫伤"},
        {"nothing but other",
         [](model::Notice& n) {
             n.hazards = {{"other", {}}};
         },
         "Other", "其他"},
        {"a code that no table knows",
         [](model::Notice& n) {
             n.kind = "recall";
             n.hazards = {{"xyzzy", {}}};
         },
         "Recall", "召回"},
        {"a vague kind gives way to a measure",
         [](model::Notice& n) {
             n.kind = "safety_alert";
             n.measures = {measure("other"), measure("stop_of_sales"), measure("refund")};
         },
         "Stop of sales", "停止销售"},
        {"a vague kind without measures", [](model::Notice& n) { n.kind = "information"; },
         "Information", "通告"},
        {"a clear kind stays before its measures",
         [](model::Notice& n) {
             n.kind = "withdrawal";
             n.measures = {measure("refund")};
         },
         "Withdrawal", "撤市"},
        {"several origins, each once",
         [](model::Notice& n) {
             n.products = {product("", {"CN", "VN"}, {}), product("", {"CN"}, {})};
         },
         "made in China, Vietnam", "中国、越南产"},
        {"an exact number",
         [](model::Notice& n) { n.products = {product("", {}, pieces("1", "exactly"))}; },
         "1 piece", "1件"},
        {"an upper bound",
         [](model::Notice& n) {
             n.products = {product("", {}, pieces("1200000", "up_to", "box"))};
         },
         "up to 1,200,000 boxes", "至多1,200,000盒"},
        {"a decimal weight",
         [](model::Notice& n) { n.products = {product("", {}, pieces("4089.25", "about", "lb"))}; },
         "about 4,089.25 pounds", "约4,089.25磅"},
        {"a number without unit, of three digits",
         [](model::Notice& n) { n.products = {product("", {}, pieces("999", "", ""))}; }, "999",
         "999"},
        {"a unit that is no code",
         [](model::Notice& n) { n.products = {product("", {}, pieces("1000", "", "Fass"))}; },
         "1,000 Fass", "1,000Fass"},
        {"numbers of one unit are added, those of others left out",
         [](model::Notice& n) {
             n.products = {product("", {}, pieces("600", "exactly")),
                           product("", {}, pieces("7", "exactly", "kg")),
                           product("", {}, pieces("500", "about"))};
         },
         "about 1,100 pieces", "约1,100件"},
        {"numbers of other places are not added",
         [](model::Notice& n) {
             n.products = {product("", {}, pieces("600", "exactly")),
                           product("", {}, model::Quantity{"50", "exactly", "CA", "piece"})};
         },
         "600 pieces", "600件"},
        {"a number too long to add stays as it is",
         [](model::Notice& n) {
             n.products = {product("", {}, pieces("1234567890123456789", "exactly")),
                           product("", {}, pieces("1", "exactly"))};
         },
         "1,234,567,890,123,456,789 pieces", "1,234,567,890,123,456,789件"},
        {"a quantity without a number",
         [](model::Notice& n) {
             n.kind = "recall";
             n.products = {product("", {}, pieces("", "unknown"))};
         },
         "Recall", "召回"},
        {"categories of several products",
         [](model::Notice& n) {
             n.products = {product("toys", {}, {}), product("other", {}, {}),
                           product("food", {}, {})};
         },
         "Toys, Food", "玩具、食品"}};
    for (const Case& one : cases) {
        BOOST_TEST_CONTEXT(one.what) {
            const Lines lines = lines_of(one.make);
            BOOST_TEST(lines.en == one.en);
            BOOST_TEST(lines.zh == one.zh);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_lines_of_a_notice_say_their_languages) {
    model::Notice notice;
    BOOST_TEST(mapping::summary_lines(notice, tables()).empty());
    notice.kind = "recall";
    const model::Texts lines = mapping::summary_lines(notice, tables());
    BOOST_REQUIRE_EQUAL(lines.size(), 2U);
    BOOST_TEST(lines[0].lang == "en");
    BOOST_TEST(lines[1].lang == "zh-CN");
}

BOOST_AUTO_TEST_SUITE_END()
