// Fields that sources tell in sentences: what goes in, what comes out, and what must not be read.
// The texts are written after genuine ones, with other firms, products and numbers.

#include "tests/unit/mapping/text_rows.h"

namespace recall::mapping {
BOOST_AUTO_TEST_SUITE(text_fields)

BOOST_AUTO_TEST_CASE(the_time_of_sale_is_read_from_its_beginning_to_its_end) {
    const struct {
        const char* in;
        const char* from;
        const char* to;
    } rows[] = {
        {"Online at Amazon.com from March 2024 through January 2026 for about $20.", "2024-03",
         "2026-01"},
        {"Example stores nationwide between June 2024 and November 2025 for $15.", "2024-06",
         "2025-11"},
        {"Online at example.com in January 2026 for about $90.", "2026-01", "2026-01"},
        {"in stores from 2015 through 2026 for between about $5 and $15.", "2015", "2026"},
        {"sold online from 2018 through July 2025", "2018", "2025-07"},
        {"Furniture stores nationwide from November 2019 through present.", "2019-11", ""},
        {"Online at Amazon from March 2025 for between $100 and $110.", "2025-03", ""},
        {"from January 20, 2025, through March 2025 by Example and from November 26, 2024, to May "
         "2025 by Sample for between $250 and $350.",
         "2024-11-26", "2025-05"},
        {"Online at example.com fromMay 2025 to November 2025", "2025-05", "2025-11"},
        {"These products were sold from July 2023through February 2024 for about $22.", "2023-07",
         "2024-02"},
        {"dealers nationwide June 2025 through July 2025 for about $150.", "2025-06", "2025-07"},
        {"online as early as 2004 through April 2024 by A, and from May 2024 through May 2025 by B",
         "2024-05", "2025-05"},
        {"from as early as 2004 through April 2024", "2004", "2024-04"},
        {"from Sept. 2021 to Dec. 2022", "2021-09", "2022-12"},
        {"from March through June 2025", "2025-03", "2025-06"},
        {"from October 2024 – August 2025", "2024-10", "2025-08"},
        // What is no time of sale.
        {"Example dealers nationwide for between $2,010 and $2,024.", "", ""},
        {"The firm has received 21 reports.", "", ""},
        {"from New York to Boston", "", ""},
        {"from May 2025 through March 2024", "", ""},  // ends before it begins
        {"Model year 2022 vehicles at dealers", "", ""},
        {"", "", ""},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.in) {
            std::size_t problems = 0;
            BOOST_TEST(converted("sold(from)", row.in, problems) == row.from);
            BOOST_TEST(converted("sold(to)", row.in, problems) == row.to);
        }
    }
    // A year that belongs to no period is told.
    std::size_t problems = 0;
    converted("sold(from)", "Model year 2022 vehicles at dealers", problems);
    BOOST_TEST(problems == 1U);
    converted("sold(from)", "Example stores for about $5", problems);
    BOOST_TEST(problems == 0U);
}

BOOST_AUTO_TEST_CASE(a_price_is_one_amount_and_no_range) {
    const Row rows[] = {
        {"online for about $15.", "15"},
        {"for about $1,700.", "1700"},
        {"for $5.", "5"},
        {"for about $9.99 each", "9.99"},
        {"for about $70 when sold alone, for $70 in a kit", "70"},
        {"for about $120 for the kit from May 2025", "120"},
        {"for $12 per 3 pieces", "12"},
        {"for about $19 for the set of four.", "19"},
        // Ranges, and several.
        {"for between $6 and $21.", ""},
        {"for between $40 to $50.", ""},
        {"for between $2,500 and 3,500.", ""},
        {"for between$35 and$45.", ""},
        {"for $10-$20", ""},
        {"for $10-20", ""},
        {"for $10 – $20", ""},
        {"about $1.50 for one and $2 for three", ""},
        {"for about 20 dollars", ""},
        {"", ""},
    };
    check("money('$')", rows);
}

BOOST_AUTO_TEST_CASE(units_are_counted_for_each_country) {
    const Row rows[] = {
        {"About 9,350", "US: about, 9350"},
        {"9,350", "US: exactly, 9350"},
        {"About 9,350 (In addition, about 120 were sold in Canada)",
         "US: about, 9350|CA: about, 120"},
        {"About 5,130 (In addition, about 460 ROVs were sold in Canada)",
         "US: about, 5130|CA: about, 460"},
        {"About 3,900 (In addition, about 733 were sold in Canada and about 126 were sold in "
         "Mexico)",
         "US: about, 3900|CA: about, 733|MX: about, 126"},
        {"About 2,880 (In addition, 24 in Canada)", "US: about, 2880|CA: exactly, 24"},
        {"About 9,030 (Additionally, about six were sold in Canada)",
         "US: about, 9030|CA: about, 6"},
        {"About 1.7 million (In addition, about 45,900 were sold in Canada)",
         "US: about, 1700000|CA: about, 45900"},
        {"Approximately 2.1 million swings were sold in the United States, about 99,000 swings "
         "were "
         "sold in Canada and about 500 swings were sold in Mexico",
         "US: about, 2100000|CA: about, 99000|MX: about, 500"},
        {"About 9,700 (About 19,900 were previously recalled in January 2022)", "US: about, 9700"},
        {"About 203,000 (The ranges were previously recalled in August 2009)", "US: about, 203000"},
        {"About 130,000 additional coolers (In addition, about 20,000 in Canada and 5,900 in "
         "Mexico) (More than one million were previously recalled in February 2025)",
         "US: about, 130000|CA: about, 20000|MX: exactly, 5900"},
        {"Up to 500", "US: up_to, 500"},
        {"More than 3,000", "US: about, 3000"},
        {"About 1,200 2-packs", "US: about, 1200"},
        {"About 40 (In addition, about 30 were sold online)", "US: about, 40"},
        // Two that nothing tells apart; none.
        {"About 75,400 small kettles and about 119,000 large kettles", ""},
        {"Millions", ""},
        {"Unknown", ""},
        {"About 5 dozen", ""},
        {"Five hundred", ""},
        {"Fewer than 10", "US: up_to, 10"},
        {"More than 10", "US: about, 10"},
    };
    check("quantities(countries, 'US')", rows);
    // What is not read is told, in whatever digits it is written.
    for (const char* text : {"Millions", "Five hundred", "\uFF11\uFF12\uFF13"}) {
        std::size_t problems = 0;
        converted("quantities(countries, 'US')", text, problems);
        BOOST_TEST(problems == 1U, text);
    }
}

BOOST_AUTO_TEST_CASE(marketplaces_are_read_and_shops_in_the_street_are_not) {
    const Row rows[] = {
        {"Online at Amazon.com from March 2024", "amazon"},
        {"Amazon from May 2025 through August 2025", "amazon"},
        {"Exclusively at www.Amazon.com from November 2024", "amazon"},
        {"Online atAmazon.com from December 2022", "amazon"},
        {"Online at Amazon.com, Walmart.com, and TikTok.com", "amazon|tiktok_shop|walmart"},
        {"Walmart and other stores nationwide and online at Walmart.com and Amazon.com",
         "amazon|walmart"},
        {"Amazon, Etsy, Ebay and Example Naturals", "amazon|ebay|etsy"},
        {"Exclusively online at Temu.com", "temu"},
        {"us.SHEIN.com from May 2023", "shein"},
        {"AliExpress.com from March 2024", "aliexpress"},
        {"Online at Wayfair, Home Depot, Target, Walmart and Overstock from March 2015", "walmart"},
        {"online at amazon.com, wish.com and aliexpress.com", "aliexpress|amazon|wish"},
        // Shops, and words that only look like a marketplace.
        {"Walmart stores nationwide from January 2025", ""},
        {"Target and Walmart stores nationwide and online at example.com", ""},
        {"Example stores in the Amazonas region", ""},
        {"Online at example.com from May 2025", ""},
        {"I wish to return it", ""},
        {"", ""},
    };
    check("sold-on(marketplaces, 'walmart')", rows);
}

BOOST_AUTO_TEST_CASE(item_numbers_and_addresses_of_offers_are_told_apart) {
    const Row items[] = {
        {"1005006019771834", "1005006019771834"},
        {"B0CXAMPLE1", "B0CXAMPLE1"},
        {"ASIN: B0CXAMPLE1", "B0CXAMPLE1"},
        {"TEMU (601099800000001)", "601099800000001"},
        {"B0CXAMPLE1 ", "B0CXAMPLE1"},
        {"https://shop.example/dp/B0CXAMPLE1?ref=1", "B0CXAMPLE1"},
        {"B0CXAMPLE1, B0CXAMPLE2", ""},  // two: which?
        {"www.shop.example", ""},
        {"Example Services Ltd", ""},
        {"BATHTUBE12", ""},
        {"12345", ""},
        {"", ""},
    };
    check("item-number", items);
    const Row addresses[] = {
        {"www.shop.example", "www.shop.example"},
        {"https://www.shop.example/de-de", "https://www.shop.example/de-de"},
        {"one.example and two.example", "one.example|two.example"},
        {"shop.example/, other.example", "shop.example/|other.example"},
        {"Shop.example", "Shop.example"},
        {"shop.dk, Shop.com Limited", "shop.dk"},
        {"Example Services Co, Ltd", ""},
        {"mail@shop.example", ""},
        {"version 2.0", ""},
        {"B0CXAMPLE1", ""},
        {"e.g. this one", ""},
    };
    check("addresses", addresses);
    const Row asins[] = {
        {"lights (Amazon's ASIN B0CXAMPLE1) and mats (Amazon's ASIN B0CXAMPLE2)",
         "B0CXAMPLE1|B0CXAMPLE2"},
        {"ASINs B0CXAMPLE1, B0CXAMPLE2 and B0CXAMPLE3", "B0CXAMPLE1|B0CXAMPLE2|B0CXAMPLE3"},
        {"model B0CXAMPLE1", ""},
        {"ASIN on the label; B0CXAMPLE1", ""},
    };
    check("asins", asins);
    const Row traders[] = {
        {"Example Services Co, Ltd", "Example Services Co, Ltd"},
        {"www.shop.example", ""},
        {"1005006019771834", ""},
        {"AMAZON TURKEY among others", ""},
        {"", ""},
    };
    check("trader(marketplaces)", traders);
}

BOOST_AUTO_TEST_CASE(firms_are_taken_apart) {
    const struct {
        const char* in;
        const char* name;
        const char* trade_names;
        const char* city;
        const char* country;
    } rows[] = {
        {"Example Lighting LLC, of Corona, California", "Example Lighting LLC", "", "Corona", "US"},
        {"SX Commerce LLC, dba TheSampleShop, of Dover, Delaware", "SX Commerce LLC",
         "TheSampleShop", "Dover", "US"},
        {"Example Core LLC, d/b/a Example Associates, of Lancaster, Pennsylvania",
         "Example Core LLC", "Example Associates", "Lancaster", "US"},
        {"Guangzhou Beispiel Trading Co. Ltd., of China doing business as Anna Muster",
         "Guangzhou Beispiel Trading Co. Ltd.", "Anna Muster", "Guangzhou", "CN"},
        {"Shenzhen Beispiel Technology Co., Ltd., of China",
         "Shenzhen Beispiel Technology Co., Ltd.", "", "Shenzhen", "CN"},
        {"Shenzhenshibeispielkejiyouxiangongsi, dba Sample-Time, of China",
         "Shenzhenshibeispielkejiyouxiangongsi", "Sample-Time", "Shenzhen", "CN"},
        {"NingBoBeiSpielYouXianGongSi, dba Samplekids, of China", "NingBoBeiSpielYouXianGongSi",
         "Samplekids", "Ningbo", "CN"},
        {"Ji Nan Beispiel E-Commerce Co., Ltd. dba Sample Designs, of China",
         "Ji Nan Beispiel E-Commerce Co., Ltd.", "Sample Designs", "Jinan", "CN"},
        {"Beispiel Intelligent Manufacturing (Guangzhou) Co., Ltd., of China",
         "Beispiel Intelligent Manufacturing (Guangzhou) Co., Ltd.", "", "Guangzhou", "CN"},
        {"Kaipingshibeispielyouxiangongsi, of China, doing business as Amazon seller Sampro",
         "Kaipingshibeispielyouxiangongsi", "Sampro", "Kaiping", "CN"},
        {"Yexa LLC, dba Yexahome, Uforin, Dextro and ModFu, of Kent, Washington", "Yexa LLC",
         "Yexahome|Uforin|Dextro|ModFu", "Kent", "US"},
        {"Beispiel Trade Co., Ltd. (dba BT-Energy), of China", "Beispiel Trade Co., Ltd.",
         "BT-Energy", "", "CN"},
        {"Example Sights Inc., of City of Industry, California", "Example Sights Inc.", "",
         "City of Industry", "US"},
        {"Example Inc., f/k/a Sample Fitness, of Logan, Utah", "Example Inc.", "", "Logan", "US"},
        {"Example Brands, Inc., owner of the SAMPLE brand, of Garden City, New York",
         "Example Brands, Inc.", "", "Garden City", "US"},
        {"111495 Canada Inc., dba Sample Tech, of Waterloo, Ontario", "111495 Canada Inc.",
         "Sample Tech", "Waterloo", "CA"},
        {"Example Compressors GmbH, of Germany (compressors", "Example Compressors GmbH", "", "",
         "DE"},
        {"Beispiel Sports Co. Ltd., of China (youth ATV)", "Beispiel Sports Co. Ltd.", "", "",
         "CN"},
        {"Mom Sample of Alpharetta, Georgia", "Mom Sample", "", "Alpharetta", "US"},
        {"Example Corp., of Boston", "Example Corp.", "", "Boston", ""},
        {"Shenzhen Beispiel Co., Ltd. (formerly Beispiel Youpin), of China, through JX Commerce "
         "America Limited (dba Joy), of Irvine, California",
         "Shenzhen Beispiel Co., Ltd.", "", "Shenzhen", "CN"},
        {"Huizhoushi Beispielxin Technology Co., Ltd, of China",
         "Huizhoushi Beispielxin Technology Co., Ltd", "", "Huizhou", "CN"},
        {"Dongguan Beispiel Plastics Ltd.", "Dongguan Beispiel Plastics Ltd.", "", "Dongguan",
         "CN"},
        {"深圳市样品科技有限公司", "深圳市样品科技有限公司", "", "Shenzhen", "CN"},
        // What only looks like it.
        {"Shenzhen House LLC, of Miami, Florida", "Shenzhen House LLC", "", "Miami", "US"},
        {"Ankangda Trading, of China", "Ankangda Trading", "", "", "CN"},
        {"Bank of Samples, of Charlotte, North Carolina", "Bank of Samples", "", "Charlotte", "US"},
        {"Tools of the Trade", "Tools of the Trade", "", "", ""},
        {"Sandbank Toys", "Sandbank Toys", "", "", ""},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.in) {
            std::size_t problems = 0;
            BOOST_TEST(converted("firm(name)", row.in, problems) == row.name);
            BOOST_TEST(converted("firm(trade-names)", row.in, problems) == row.trade_names);
            BOOST_TEST(converted("firm(city)", row.in, problems) == row.city);
            BOOST_TEST(converted("firm(country)", row.in, problems) == row.country);
        }
    }
    std::size_t problems = 0;
    const char* both =
        "ShenZhenShiBeiSpielYouXianGongSi (Shenzhen Beispiel Legend Co., Ltd.), dba n b, of China";
    BOOST_TEST(converted("firm(name)", both, problems) == "Shenzhen Beispiel Legend Co., Ltd.");
    BOOST_TEST(converted("firm(local-name)", both, problems) == "ShenZhenShiBeiSpielYouXianGongSi");
    BOOST_TEST(converted("firm(trade-names)", both, problems) == "n b");
    const char* chinese = "Shenzhen Beispiel Co., Ltd. (深圳市样品有限公司), of China";
    BOOST_TEST(converted("firm(local-name)", chinese, problems) == "深圳市样品有限公司");
}

BOOST_AUTO_TEST_CASE(a_part_that_there_is_not_is_refused) {
    for (const char* as : {"firm(street)", "identifiers(names)", "sold(when)",
                           "quantities(nowhere, 'US')", "sold-on(nowhere)", "trader(nowhere)"})
        BOOST_TEST(!Pipeline::compile(as, tables()).ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
