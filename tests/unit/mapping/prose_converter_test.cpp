// What is taken out of sentences: one table a converter, what goes in and what comes out. The texts
// are written after genuine ones, with other firms and numbers.

#include <boost/test/unit_test.hpp>

#include "gateway/mapping/converter.h"

namespace recall::mapping {

namespace {

struct Row {
    const char* as;
    Values in;
    const char* out;
};

void check(const Row& row) {
    static const auto tables =
        CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(tables.ok());
    const auto pipeline = Pipeline::compile(row.as, *tables);
    BOOST_REQUIRE_MESSAGE(pipeline.ok(), (pipeline.ok() ? std::string() : pipeline.error().text));
    Values values = row.in;
    std::vector<Problem> problems;
    pipeline->run(values, problems);
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : "|") + value;
    BOOST_TEST_CONTEXT(row.as << " of " << (row.in.empty() ? "" : row.in.front().substr(0, 100)))
    BOOST_TEST(out == row.out);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(named_prose_converters)

BOOST_AUTO_TEST_CASE(codes_are_found_behind_the_words_that_announce_them) {
    const char* const lots = "labelled('lot', 'batch')";
    const Row rows[] = {
        {lots, {"UPC No. 036000291452; Lot No. 30661601, Exp. Date 05/2018."}, "30661601"},
        {lots, {"Lot Number 1256074"}, "1256074"},
        {lots, {"Lot #12-194, expiration date 12/2014  UPC #0 36000 29145 2"}, "12-194"},
        {lots, {"Lots: 12-194, 12-195 and 12-196, best by 2028"}, "12-194|12-195|12-196"},
        {lots, {"Batch # HN4021, HN4022; Exp. 08/2027"}, "HN4021|HN4022"},
        {lots, {"with lot code A0122024 and sell by date 11/05/2024"}, "A0122024"},
        {lots, {"with lot code “23342-2” and use-by date"}, "23342-2"},
        {lots, {"lots 12-A, 12-B and “USE BY” 6/25/26."}, "12-A|12-B"},
        {lots, {"Lot: ED1. Keep at 25 degrees"}, "ED1"},
        {lots, {"All lot codes"}, ""},
        {lots, {"All lots codes that fail to declare the allergen milk"}, ""},
        {lots, {"a lot of 20 people"}, "20"},  // what it cannot tell apart
        {lots, {"parking lot; allotment 5; slots 7"}, ""},
        {lots, {""}, ""},
        {"labelled('model', 'REF')", {"Pump, Model Number: HP-100, REF 56-780"}, "HP-100|56-780"},
        {"labelled('serial')",
         {"Serial Numbers: SN1001, SN1002 and SN1003"},
         "SN1001|SN1002|SN1003"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(barcodes_are_found_in_the_ways_firms_write_them) {
    const char* const upcs =
        "labelled('UPC', 'GTIN', 'UDI') | split('-') | join(' ') | gtins(prose)";
    const Row rows[] = {
        {upcs, {"UPC No. 036000291452; Lot No. 30661601"}, "00036000291452"},
        {upcs,
         {"Product No. 110403, UPC 0 36000 29145 2 -- Manufactured for: Nobody"},
         "00036000291452"},
        {upcs, {"UPC: 0-36000-29145-2"}, "00036000291452"},
        {upcs, {"UPC #0 36000 29145 2"}, "00036000291452"},
        {upcs, {"UPCs 036000291452 and 012345678905."}, "00036000291452|00012345678905"},
        {upcs, {"UDI-DI: 00036000291452"}, "00036000291452"},
        {upcs, {"Lot 036000291452"}, ""},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(text_between_marks_pieces_units_and_drug_codes) {
    const Row rows[] = {
        {"between('recalling ', ' pounds')",
         {"is recalling approximately 7,485 pounds of"},
         "approximately 7,485"},
        {"between('recalling ', ' pounds')", {"is recalling an undetermined amount"}, ""},
        {"between(' Recalls ', ' Due to ', ' Because of ', '$')",
         {"Hollow Reed Recalls Cinnamon Because of Risk Due to Lead"},
         "Cinnamon"},
        {"between(' Recalls ', ' Due to ', '$')", {"Hollow Reed Recalls Cinnamon"}, "Cinnamon"},
        {"between('', ' Recalls ')", {"Hollow Reed Recalls Cinnamon"}, "Hollow Reed"},
        {"trim(' ,')", {" a, b , "}, "a, b"},
        {"split-after('., ', '.”, ') | trim(' ,')",
         {"3.5-lb. of “A.”, 2-lb. of “B”., c"},
         "3.5-lb. of “A.”|2-lb. of “B”.|c"},
        {"unit", {"1,990 bottles"}, "bottles"},
        {"unit", {"about 216 cases, 60 tablets per bottle"}, "cases"},
        {"unit", {"unknown"}, ""},
        {"unit", {"1990"}, ""},
        {"unit | code(units)", {"43,200 Bottles"}, "bottle"},
        {"ndc", {"Anytown, NJ 08810-1234, NDC 99999-012-90, phone 555-010-0199"}, "99999-012-90"},
        {"ndc", {"99999-012"}, "99999-012"},
        {"gs1('01') | gtins",
         {"REF A-1 UDI code: (01)10801902159127(17)270331(10)33F25J0352 The"},
         "10801902159127"},
        {"gs1('10')",
         {"(01)10801902159127(10)33F25J0352 (01)1(10)33F25L0140"},
         "33F25J0352|33F25L0140"},
        {"gs1('21')", {"(01)10801902159127"}, ""},
        {"unwrap",
         {"https://x.safelinks.protection.outlook.com/"
          "?url=https%3A%2F%2Fa.example%2Fl.pdf&data=me"},
         "https://a.example/l.pdf"},
        {"unwrap", {"https://a.example/50%"}, "https://a.example/50%"},
        {"words(measures, other) | drop('warning') | otherwise('other')", {"Warning"}, "other"},
        {"latest", {"2024-12-20", "2025-01-03", "2024-12-31"}, "2025-01-03"},
        {"labels(hazards, other, ' - ')",
         {"E. Coli - non-pathogenic - Milk - Nonsense"},
         "microbiological|health_risk|other"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
