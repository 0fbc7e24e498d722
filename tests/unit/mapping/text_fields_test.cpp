// Fields that sources tell in sentences: what goes in, what comes out, and what must not be read.
// The texts are written after genuine ones, with other firms, products and numbers.

#include <boost/test/unit_test.hpp>

#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

struct Row {
    const char* in;
    const char* out;  // values joined by '|'
};

const CodeTables& tables() {
    static const auto loaded =
        CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(loaded.ok());
    return *loaded;
}

std::string converted(const char* as, const char* in, std::size_t& problems) {
    const auto pipeline = Pipeline::compile(as, tables());
    BOOST_REQUIRE_MESSAGE(pipeline.ok(), (pipeline.ok() ? std::string() : pipeline.error().text));
    Values values = {in};
    std::vector<Problem> told;
    pipeline->run(values, told);
    problems = told.size();
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : "|") + value;
    return out;
}

template <std::size_t size>
void check(const char* as, const Row (&rows)[size]) {
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(as << " of " << std::string(row.in).substr(0, 120)) {
            std::size_t problems = 0;
            BOOST_TEST(converted(as, row.in, problems) == row.out);
        }
    }
}

}  // namespace

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
    };
    check("quantities(countries, 'US')", rows);
    std::size_t problems = 0;
    converted("quantities(countries, 'US')", "Millions", problems);
    BOOST_TEST(problems == 1U);
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

BOOST_AUTO_TEST_CASE(models_are_read_from_lists_and_sizes_are_not) {
    const Row rows[] = {
        {"This recall involves ride-on trucks, model number DLX-K03. They are red.", "DLX-K03"},
        {"bed rails, model BQ-01. The rail", "BQ-01"},
        {"with model numbers 3679, 4677 and 4679. Model number 3679 is a 10-light pendant",
         "3679|4677|4679"},
        {"The following model numbers are included in this recall and can be found on the box: "
         "530-0024, 530-0024G, 530-0034.",
         "530-0024|530-0024G|530-0034"},
        {"Models SLQ15 and SLQ18 are included", "SLQ15|SLQ18"},
        {"\"Model No: 901,\" \"SKU: GEQA030\" and \"Date of Production: May 2025\" are printed",
         "901|GEQA030"},
        {"Model \"HX-DS-017\" is printed on the packaging.", "HX-DS-017"},
        {"SKU numbers FTQ-0161, FTQ-0162 or SKU FTQ-0465 is printed", "FTQ-0161|FTQ-0162|FTQ-0465"},
        {"Item number \"Qx012\" is printed", "Qx012"},
        {"the Sample Item Number is 1879870.", "1879870"},
        {"(Style 45541) Plush Toys", "45541"},
        {"Styles include BQ1105 (Sugar Berry), BQ1106 (Tartan), BQ1107(Frost) and BQ1108 (Prowl). "
         "The size",
         "BQ1105|BQ1106|BQ1107|BQ1108"},
        {"with part numbers ZQ0182, ZQ0182S and ZQ0192.", "ZQ0182|ZQ0182S|ZQ0192"},
        {"models CQP-03, CQC-02, CQV and CQM-02.", "CQP-03|CQC-02|CQV|CQM-02"},
        {"the model number \"166700 CQ\" is printed on the base", "166700 CQ"},
        {"Sights (Model HQ503G) and Sight (Model HQ512C)", "HQ503G|HQ512C"},
        {"safe has the model number 179498 and 18-Gun Safe has the model number 179499.",
         "179498|179499"},
        {"1. Model Number (REF): 781271. 2. Model Number (REF): 782105.", "781271|782105"},
        {"Model/Catalog Number: CQ-110; CQ-120; CQ-130 Software Version: 3.1",
         "CQ-110|CQ-120|CQ-130"},
        {"Madeleines, Item #2000012, UPC 036000291452.", "2000012"},
        {"Tablets, NDC# 68645-610-90.", "68645-610-90"},
        {"mower models Rebell BRQ54FX850, Rebell BRQ6135KA and Rogue BRG5435KA; under the brand",
         "BRQ54FX850|BRQ6135KA|BRG5435KA"},
        {"The model TRUSPEED Belay TBQD150-20 and serial number are on a label", "TBQD150-20"},
        {"model BQ-01, Serial SN12345", "BQ-01"},
        {"\"Model: KQBI-0176 G062401IC\" are printed", "KQBI-0176 G062401IC"},
        {"\"Model: PQ 550\" is printed", "PQ 550"},
        {"with SKU Number as 1DFQ42.", "1DFQ42"},
        {"numbers: Unit Type Model Numbers Walk-Behind Blower LQ16020DEN LQ16020DMNR",
         "LQ16020DEN|LQ16020DMNR"},
        {"with model number EVQS - M0859, a serial number", "EVQS - M0859"},
        {"Model Numbers: TSQM17CA, TSQM48TA tsqm17fa, tsqm17fv",
         "TSQM17CA|TSQM48TA|tsqm17fa|tsqm17fv"},
        // Tables that were flattened.
        {"models listed. Product Number/SKU Product Description BQB32 My Swing CQF38 My Chair "
         "V0099 My Cradle",
         "BQB32|CQF38|V0099"},
        {"Model Number Serial Numbers MQB008 GK2309880, GK2309899 MQB9000 GK2310154",
         "MQB008|MQB9000"},
        {"included. Models DQL6000M and DQL6000P have a ring. Numbers: GK2309880, GK2309881",
         "DQL6000M|DQL6000P"},
        {"in the box. Item # Description UPC 25069 Gel Set 036000291452 25070 Bracelets "
         "036000291469",
         "25069|25070"},
        // What is no model.
        {"if the model number is \"EFQIS129-B\" or EFQIS129-C, it is not included in this recall.",
         ""},
        {"Mesh Style Tip Protectors CSQ-03-2.0", ""},
        {"model year 2022-2024 vehicles", ""},
        {"Model year 2025 Ranger", ""},
        {"model 2022 vehicles", ""},
        {"all models 48 inches and taller", ""},
        {"The model number and date code are on a label on the 12-inch base.", ""},
        {"10 models of kits and 3 refill packs", ""},
        {"the item comes in 24 pieces; item 2 of 3", ""},
        {"part of a 12-piece set", ""},
        {"style in sizes 2T, 3T and 4T", ""},
        {"model name appears on the 50lb bag", ""},
        {"", ""},
    };
    check("identifiers(models)", rows);
}

BOOST_AUTO_TEST_CASE(serial_numbers_and_their_ranges_are_read) {
    const Row rows[] = {
        {"the serial number \"LQW202103\" is printed", "LQW202103"},
        {"Serial Numbers: SN1001, SN1002 and SN1003", "SN1001|SN1002|SN1003"},
        {"within the serial number range: TQ00098 through TQ01180.", "TQ00098 - TQ01180"},
        {"have the following serial range: SQC20212 through SQC20224.", "SQC20212 - SQC20224"},
        {"The following serial number ranges are included: SW190035 - SW190038 SW190070 - SW190072",
         "SW190035 - SW190038|SW190070 - SW190072"},
        {"serial numbers from A1001 to A1999", "A1001 - A1999"},
        {"serial numbers between 120034 and 120099", "120034 - 120099"},
        {"serial numbers ranging from 5538278 through 5920722; and model", "5538278 - 5920722"},
        {"MODEL NAME MODEL NUMBER SERIAL NUMBER T1qe TQ522 TQ5221803xxx T3q TQ523 TQ5231906xxx",
         ""},
        {"S/N 4500123, 4500124", "4500123|4500124"},
        {"Serial No. 81-2233.", "81-2233"},
        {"Serial # 99120034", "99120034"},
        {"MODEL NUMBER SERIAL NUMBER RANGE 4YQZ5024F1 24061381FA - 24453189FA 4YQZ5036F1 "
         "24013024FA "
         "- 24482966FA",
         "24061381FA - 24453189FA|24013024FA - 24482966FA"},
        {"Model Affected Serial Numbers Redsample 12-Gun Safe G02QXXXXXXX G03QXXXXXXX",
         "G02QXXXXXXX|G03QXXXXXXX"},
        // Parts of numbers, and none.
        {"a serial number starting with \"M2\" are included", ""},
        {"a serial number beginning with a \"W,\" and a date code", ""},
        {"serial numbers that begin with J0D, J0E, and J2D.", ""},
        {"a serial number that contains a serial prefix of FC32 or FC33", ""},
        {"Model Range of Last 5 Serial Numbers RTQ520 10004-25434", ""},
        {"The serial number is located on the 4th rail", ""},
        {"serial production began in 2019", ""},
        {"Example Serial Numbers CXC-02", ""},
        {"Model (Serial Prefix) Example Serial Numbers CQC-02 (FC32) FC32210900001 CQM-02", ""},
        {"", ""},
    };
    check("identifiers(serials)", rows);
}

BOOST_AUTO_TEST_CASE(lots_and_date_codes_are_read) {
    const Row rows[] = {
        {"UPC No. 036000291452; Lot No. 30661601, Exp. Date 05/2018.", "30661601"},
        {"Lot #12-194, expiration date 12/2014", "12-194"},
        {"Lots: 12-194, 12-195 and 12-196, best by 2028", "12-194|12-195|12-196"},
        {"Batch # HQ4021, HQ4022; Exp. 08/2027", "HQ4021|HQ4022"},
        {"with lot code A0122024 and sell by date 11/05/2024", "A0122024"},
        {"with lot code “23342-2” and use-by date", "23342-2"},
        {"with lot code 117 and establishment number \"EST. 8\"", "117"},
        {"with lot codes 0093, 0654, and 3483, • 16-oz. chubs", "0093|0654|3483"},
        {"\"Production Batch: 7654\" is printed", "7654"},
        {"batch number \"ZQ-FBA25052\" are printed", "ZQ-FBA25052"},
        {"with batch numbers PQ2106C01 and PQ2301C01.", "PQ2106C01|PQ2301C01"},
        {"date codes, in YYYYMM format, from 202409 to 202501. The", "202409 - 202501"},
        {"a date code of either \"06-23\" or \"07-23.\"", "06-23|07-23"},
        {"with date code 1945. The date code is printed", "1945"},
        {"with manufacturing codes VQJJ22 and VQJC23.", "VQJJ22|VQJC23"},
        {"CASA BLANCA with case code JQ0001 containing", "JQ0001"},
        {"Tea; UPC 0 36000 29145 2, Lot# 77A", "77A"},
        {"packages, lots 12-A, 12-B and “USE BY” 6/25/26.", "12-A|12-B"},
        {"Lot: ED1. Keep at 25 degrees", "ED1"},
        {"lot codes “03.07.25.C1-1” and “03.07.25.C1-2” printed", "03.07.25.C1-1|03.07.25.C1-2"},
        // What is no lot.
        {"All lot codes", ""},
        {"a lot of 20 people", ""},
        {"parking lot; allotment 5; slots 7", ""},
        {"a batch number ending in 3465 or 3585", ""},
        {"\"Production Date: 202503\" are printed", ""},
        {"Model/Item # UPC Description Date Code TRQ113 8-49398-06563-1 Kit", ""},
        {"use-by date 12/8/25", ""},
        {"Date codes are a 4-digit number WWYY", ""},
        {"in case 12 pieces break", ""},
        {"", ""},
    };
    check("identifiers(batches)", rows);
}

BOOST_AUTO_TEST_CASE(bar_codes_in_sentences_are_read_where_they_are_right) {
    const Row rows[] = {
        {"The UPC is 036000291452 and the item", "00036000291452"},
        {"UPC 0 36000 29145 2, packed", "00036000291452"},
        {"UPC 0-36000-29145-2", "00036000291452"},
        {"UPC: 036000291452 Item: 102284", "00036000291452"},
        {"UPC (on can): 036000291452, UPC (on carton): 036000291469",
         "00036000291452|00036000291469"},
        {"UPC codes 036000291452 and 036000291469.", "00036000291452|00036000291469"},
        {"UPC 0 36000 29145 2, 0 36000 29146 9", "00036000291452|00036000291469"},
        {"UPC# 36000291452", "00036000291452"},  // the zero that was lost
        {"EAN 4006381333931", "04006381333931"},
        {"UPC 0 00 72714 00543 5. Manufactured", "00072714005435"},
        {"Item # Description UPC 25069 Gel 036000291452 25070 Box 036000291469",
         "00036000291452|00036000291469"},
        // Wrong check digits, other numbers, none.
        {"UPC 036000291453", ""},
        {"UPC 7003865782, 4/case", ""},
        {"UPC: NA", ""},
        {"call 036000291452 now", ""},
        {"UPC on the label; lot 036000291452", ""},
        {"", ""},
    };
    check("identifiers(gtins)", rows);
    std::size_t problems = 0;
    converted("identifiers(gtins)", "UPC 036000291453", problems);
    BOOST_TEST(problems == 1U);
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
