// The import commands as an operator runs them.

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/ops/command.h"
#include "gateway/store/database.h"
#include "gateway/store/listings.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/temp_folder.h"

#include <boost/test/unit_test.hpp>

namespace ops = recall::ops;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct Desk {
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder.file(name), std::ios::binary) << bytes;
        return folder.file(name);
    }
    std::string read(const std::string& name) const {
        std::ifstream in(folder.file(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    int run(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--set", "data.folder=" + folder.path().string(),
                                           "--set", "log.level=error"});
        const test::Quiet quiet;
        const test::Printed printed;
        const int code = ops::run_program(arguments);
        out = printed.out.str();
        err = printed.err.str();
        return code;
    }

    test::TempFolder folder;
    std::string out;
    std::string err;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(import_command, Desk)

BOOST_AUTO_TEST_CASE(good_rows_are_stored_and_counted) {
    const std::string lines = write("a.ndjson",
                                    "{\"id\":\"1\",\"title\":\"Lamp\"}\n"
                                    "{\"id\":\"2\",\"title\":\"灯\"}\n");
    const std::string table = write("b.csv", "id,title,attributes.colour\r\n3,Chair,red\r\n");
    BOOST_TEST(run({"import", "listings", lines, table, "--platform", "market"}) == ops::exit_done);
    BOOST_TEST(out == "{\"created\":3,\"changed\":0,\"unchanged\":0,\"refused\":0}\n");
    BOOST_TEST(run({"import", "listings", lines, "--platform", "market"}) == ops::exit_done);
    BOOST_TEST(out == "{\"created\":0,\"changed\":0,\"unchanged\":2,\"refused\":0}\n");
    BOOST_TEST(run({"import", "products", lines}) == ops::exit_done);
    const auto database = store::Database::open({.url = "sqlite:" + folder.file("recallgw.db")});
    const auto session = database->lease();
    store::Listings listings(*session);
    BOOST_TEST(holds(listings.get("market", "3")->json, R"("attributes":{"colour":"red"})"));
    BOOST_TEST(holds(listings.get("register", "1")->json, R"("kind":"product")"));
}

BOOST_AUTO_TEST_CASE(refused_rows_are_told_to_people_and_to_machines) {
    const std::string table = write("a.csv",
                                    "id,title,gtin,price\n"
                                    "1,Lamp,123,1\n"
                                    "2,,,\n"
                                    "3,\"t\" x,,\n");
    const std::string report = folder.file("refused");
    BOOST_TEST(run({"import", "listings", table, "--platform", "p", "--refused", report}) ==
               ops::exit_quarantined);
    BOOST_TEST(holds(out, "\"created\":1"));
    BOOST_TEST(holds(out, "\"refused\":2"));
    BOOST_TEST(holds(err, "a.csv:2: stored, but gtin: "));
    BOOST_TEST(holds(err, "a.csv:3: refused: title: must be there (missing-field)"));
    BOOST_TEST(holds(err, "a.csv:4: refused: the row: "));
    const std::string lines = read("refused");
    BOOST_TEST(holds(lines, R"("line":3,"id":"2","field":"title","code":"missing-field")"));
    BOOST_TEST(std::ranges::count(lines, '\n') == 3);
}

BOOST_AUTO_TEST_CASE(what_is_not_taken_is_refused_before_anything_is_stored) {
    const std::pair<std::string, const char*> files[] = {
        {write("a.xlsx", std::string("PK\x03\x04", 4)), "XLSX"},
        {write("b.xml", "<rss/>"), "XML"},
        {write("c.csv", "id,titel\n1,a\n"), "did you mean title?"},
        {folder.file("absent"), "cannot be read"},
    };
    for (const auto& [path, wanted] : files) {
        BOOST_TEST(run({"import", "listings", path, "--platform", "p"}) == ops::exit_usage, path);
        BOOST_TEST(holds(err, wanted), err);
    }
    BOOST_TEST(run({"import", "listings"}) == ops::exit_usage);
    BOOST_TEST(run({"import", "listing", "x"}) == ops::exit_usage);
}

BOOST_AUTO_TEST_CASE(a_file_without_rows_is_told) {
    for (const char* bytes : {"", "\n\n", "\xEF\xBB\xBF", "id,title\n", "id,title\r\n\r\n"}) {
        const std::string path = write("a.csv", bytes);
        BOOST_TEST(run({"import", "listings", path, "--platform", "p"}) == ops::exit_not_so, bytes);
        BOOST_TEST(holds(err, "a.csv: no rows"), err);
        BOOST_TEST(holds(out, "\"created\":0"), out);
    }
    const std::string good = write("b.csv", "id,title\n1,Lamp\n");
    BOOST_TEST(run({"import", "listings", good, write("a.csv", ""), "--platform", "p"}) ==
               ops::exit_not_so);
    BOOST_TEST(holds(out, "\"created\":1"), out);
}

BOOST_AUTO_TEST_CASE(rows_that_are_odd_are_refused_by_line_and_reason) {
    const std::string table =
        write("a.csv", std::string("id,title\n1,a,b\n2,x\0y\n3,t\n3,u\n", 29));
    BOOST_TEST(run({"import", "listings", table, "--platform", "p"}) == ops::exit_quarantined);
    BOOST_TEST(holds(err, "a.csv:2: refused: the row: the row has 3 fields, the header 2"), err);
    BOOST_TEST(holds(err, "a.csv:3: refused: title: at title: a NUL character"), err);
    BOOST_TEST(holds(err, "a.csv:5: refused: id: stood before, at 4; the first one counts"), err);
    BOOST_TEST(holds(out, "\"created\":1"), out);
}

BOOST_AUTO_TEST_SUITE_END()
