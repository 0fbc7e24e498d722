// doctor finds what would keep the gateway from being served, in the files that serve reads.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "gateway/ops/command.h"
#include "tests/support/poll_world.h"
#include "tests/support/printed.h"
#include "tests/support/temp_folder.h"

namespace ops = recall::ops;
namespace test = recall::test;

namespace {

struct Desk {
    int doctor(const std::string& mappings) {
        const test::Printed caught;
        std::vector<std::string> arguments{"doctor", "--set",
                                           "data.folder=" + folder.path().string()};
        if (!mappings.empty())
            arguments.insert(arguments.end(), {"--set", "data.mappings=" + mappings});
        const int code = ops::run_program(arguments);
        out = caught.out.str();
        return code;
    }
    bool says(const std::string& text) const { return out.find(text) != std::string::npos; }

    test::TempFolder folder;
    std::string out;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(doctor_command, Desk)

BOOST_AUTO_TEST_CASE(the_mappings_that_come_with_the_gateway_are_good) {
    BOOST_TEST(doctor("") == ops::exit_done, out);
    BOOST_TEST(says("good     mappings: "), out);
}

BOOST_AUTO_TEST_CASE(a_broken_mapping_code_table_or_lexicon_is_named_with_its_line) {
    struct Row {
        const char* file;
        const char* from;
        const char* to;
        const char* told;
    };
    const Row rows[] = {
        {"jp/caa.xml", "<name value=\"消費者庁\"/>", "<nam value=\"消費者庁\"/>", "jp/caa.xml:"},
        {"jp/caa.xml", "adapter=\"", "adapter=\"no-", "adapter=\"no-html_list\" is not known"},
        {"us/cpsc.xml", "</mapping>", "", "us/cpsc.xml: "},
        {"codes/units.xml", "<code ", "<cod ", "codes/units.xml:"},
        {"codes/units.xml", "</codes>", "", "codes/units.xml: "},
        {"lexicon/brands.tsv", "\t", " ", "lexicon/brands.tsv line "},
    };
    for (const Row& row : rows) {
        const test::TempFolder copy;
        const std::string mappings = test::changed_mappings(copy, row.file, row.from, row.to);
        BOOST_TEST(doctor(mappings) == ops::exit_not_so, row.file);
        BOOST_TEST(says("BAD      "), out);
        BOOST_TEST(says(row.told), out);
    }
}

BOOST_AUTO_TEST_CASE(every_broken_mapping_is_named) {
    const std::string mappings =
        test::changed_mappings(folder, "jp/caa.xml", "<mapping ", "<mapping odd=\"1\" ");
    std::ofstream(mappings + "/us/cpsc.xml") << "<mapping/>";
    BOOST_TEST(doctor(mappings) == ops::exit_not_so);
    BOOST_TEST(says("jp/caa.xml"), out);
    BOOST_TEST(says("us/cpsc.xml"), out);
}

BOOST_AUTO_TEST_SUITE_END()
