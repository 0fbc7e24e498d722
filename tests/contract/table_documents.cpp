// Tables as documents: rows of one record, wrong rows, ZIP containers, several documents as one.
#include <boost/test/unit_test.hpp>

#include "gateway/mapping/map_document.h"
#include "gateway/mapping/row_groups.h"
#include "tests/support/table_site.h"

namespace recall::mapping {
namespace {

Mapping nhtsa() {
    const auto folder = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
    return folder.value().load("us-nhtsa").value();
}

std::string row(const std::string& campaign, const std::string& model, std::size_t cells = 29) {
    std::string out;
    for (std::size_t i = 0; i < cells; ++i) {
        if (i > 0) out += '\t';
        if (i == 1) out += campaign;
        if (i == 2) out += "MERIDIAN";
        if (i == 3) out += model;
        if (i == 6) out += "STEERING";
        if (i == 15) out += "20240312";
    }
    return out + "\r\n";
}

// "24V1: A B; 24V2: C", then "! code" for each record that is none, then "broken code".
std::string mapped(const std::vector<std::string>& documents) {
    std::vector<Part> parts;
    for (const std::string& document : documents)
        parts.push_back({bytes_source(document), {}});
    std::string out;
    const auto outcome = map_documents(nhtsa(), parts, [&](MappedRecord&& record) {
        if (!out.empty()) out += "; ";
        if (!record.notice) {
            out += "! " + std::string(spelling(record.issues.front().code));
            return;
        }
        out += record.key + ":";
        for (const auto& product : record.notice->products)
            out += " " + product.models.front();
    });
    if (outcome.broken) out += " broken " + std::string(spelling(outcome.broken->code));
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table_documents)

BOOST_AUTO_TEST_CASE(rows_of_one_record_are_one_notice_wherever_they_stand) {
    const std::string first = row("24V1", "A") + row("24V2", "C") + row("24V1", "B");
    BOOST_TEST(mapped({first}) == "24V1: A B; 24V2: C");
    BOOST_TEST(mapped({first, row("24V2", "D") + row("24V3", "E") + row("24V1", "A")}) ==
               "24V1: A B; 24V2: C D; 24V3: E");
}

BOOST_AUTO_TEST_CASE(a_row_of_a_wrong_width_is_quarantined_with_its_line) {
    const std::string text = row("24V1", "A") + row("24V2", "C", 5) + row("24V1", "B", 24);
    BOOST_TEST(mapped({text}) == "! bad-csv; 24V1: A B");
    map_document(nhtsa(), bytes_source(text), {}, [](MappedRecord&& record) {
        if (record.is_quarantined)
            BOOST_TEST(record.issues.front().value.starts_with("line 2: 5 cells"));
    });
}

BOOST_AUTO_TEST_CASE(a_row_that_is_not_text_is_quarantined_and_the_rest_read) {
    BOOST_TEST(mapped({row("24V1", "A") + row("24V2", "\xFF") + row("24V3", "C")}) ==
               "! bad-encoding; 24V1: A; 24V3: C");
}

BOOST_AUTO_TEST_CASE(a_container_gives_what_its_member_does) {
    const std::string text = row("24V1", "A") + row("24V1", "B");
    BOOST_TEST(mapped({test::zipped("FLAT_RCL_POST_2010.txt", text)}) == "24V1: A B");
    BOOST_TEST(mapped({test::zipped("readme.txt", text)}) == " broken wrong-document");
    BOOST_TEST(mapped({test::zipped("FLAT_RCL.txt", "<html>no</html>")}) ==
               " broken wrong-document");
}

BOOST_AUTO_TEST_CASE(of_documents_that_are_one_a_cut_one_spoils_all) {
    const std::string whole = test::zipped("FLAT_RCL.txt", row("24V1", "A"));
    const std::string cut = whole.substr(0, whole.size() - 10);
    BOOST_TEST(mapped({whole, cut}) == " broken truncated");
    BOOST_TEST(mapped({cut, whole}) == " broken truncated");
}

BOOST_AUTO_TEST_CASE(groups_keep_the_order_of_their_first_rows) {
    RowGroups groups;
    constexpr int keys = 700;
    for (int i = 0; i < 10'000; ++i)
        BOOST_REQUIRE(groups.add(std::to_string(i * 13 % keys), std::to_string(i)).ok());
    std::vector<std::string> rows;
    int group = 0;
    groups.for_each([&](std::string_view one) { rows.emplace_back(one); },
                    [&](const std::string& key) {
                        BOOST_TEST(key == std::to_string(group * 13 % keys));
                        for (std::size_t i = 0; i < rows.size(); ++i)
                            BOOST_TEST(rows[i] == std::to_string(group + int(i) * keys));
                        rows.clear();
                        ++group;
                    });
    BOOST_TEST(group == keys);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
