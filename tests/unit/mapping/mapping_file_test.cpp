// Wrong mapping files: the message names file, line and what was expected.

#include "gateway/mapping/mapping_file.h"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace recall::mapping {

namespace {

const MappingFolder& folder() {
    static const auto opened = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
    BOOST_REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? std::string() : opened.error().text));
    return *opened;
}

class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& text)
        : path_(std::filesystem::temp_directory_path() /
                ("mapping-" + std::to_string(getpid()) + ".xml")) {
        std::ofstream(path_) << text;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

// Line 1 to 4 are always the same; `notice` begins in line 5.
std::string with_notice(const std::string& notice) {
    return "<mapping source=\"xx-test\" version=\"1\">\n"
           "<about title=\"t\" jurisdiction=\"XX\" language=\"en\" licence=\"l\"/>\n"
           "<record format=\"json\"/>\n"
           "<key from=\"id\"/><notice>\n" +
           notice + "\n</notice></mapping>";
}

// The <record> of part a stands in line 3, `rest` begins in line 5.
std::string with_parts(const std::string& rest) {
    return "<mapping source=\"xx-test\" version=\"1\">\n"
           "<about title=\"t\" jurisdiction=\"XX\" language=\"en\" licence=\"l\"/>\n"
           "<record part=\"a\" format=\"json\"/>\n"
           "<key from=\"id\"/>\n" +
           rest + "</mapping>";
}

// The <fetch> stands in line 3, its list in line 4.
std::string with_fetch(const std::string& fetch, const std::string& list) {
    return "<mapping source=\"xx-test\" version=\"1\">\n"
           "<about title=\"t\" jurisdiction=\"XX\" language=\"en\" licence=\"l\"/>\n"
           "<fetch adapter=\"json_list\" " +
           fetch + ">\n<list url=\"https://example.com/\" " + list +
           "/></fetch>\n<record format=\"json\"/>\n<key from=\"id\"/><notice/></mapping>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mapping_files)

BOOST_AUTO_TEST_CASE(every_mapping_of_the_folder_loads) {
    BOOST_TEST(folder().sources().size() >= 4);
    for (const std::string& source : folder().sources()) {
        const auto mapping = folder().load(source);
        BOOST_REQUIRE_MESSAGE(
            mapping.ok(), source << (mapping.ok() ? std::string() : ": " + mapping.error().text));
        BOOST_TEST(mapping->source == source);
        // What is compared only is not fetched.
        BOOST_TEST((mapping->fetch.has_value() || source == "oecd"));
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_file_is_refused_with_line_and_expectation) {
    const struct {
        std::string text;
        const char* says[3];
    } cases[] = {
        {with_parts("<notice part=\"a\"/>"), {":1:", "<merge>", "\"a\""}},
        {with_parts("<merge parts=\"a\"/><notice part=\"b\"/>"), {":1:", "no <notice>", "\"a\""}},
        {with_parts(
             "<merge parts=\"a\"><take member=\"titel\" parts=\"a\"/></merge><notice part=\"a\"/>"),
         {":5:", "no member titel", "title"}},
        {with_parts(
             "<merge parts=\"a\"><take member=\"title\" parts=\"b\"/></merge><notice part=\"a\"/>"),
         {":5:", "no part \"b\"", ""}},
        {with_parts("<remark part=\"r\" each=\"x\"><numbers from=\"$value\"/></remark>"),
         {":5:", "needs a <date>", ""}},
        {with_notice("<titel from=\"a\"/>"), {":5:", "no field titel", "did you mean"}},
        {with_notice("<number from=\"a\"/>\n<number from=\"b\"/>"),
         {":6:", "given twice", "<case>"}},
        {with_notice("<title from=\"a\" as=\"htm\"/>"), {":5:", "unknown converter", "html"}},
        {with_notice("<title from=\"a[\"/>"), {":5:", "a[", ""}},
        {with_notice("<title from=\"nosuch(a)\"/>"), {":5:", "unknown function", ""}},
        {with_notice("<title from=\"a\" value=\"b\"/>"), {":5:", "either from or value", ""}},
        {with_notice("<title from=\"a\" form=\"b\"/>"), {":5:", "no attribute form", ""}},
        {with_notice("<title from=\"$name\"/>"), {":5:", "$name", ""}},
        {with_notice("<products><name><wrong/></name></products>"), {":5:", "only <case>", ""}},
        {with_notice("<hazards each=\"h\" as=\"labels(hazard)\"/>"),
         {":5:", "unknown code table", "hazards"}},
        {with_notice("<measures each=\"m\" form=\"{a}{b}\"/>"), {":5:", "two holes", ""}},
        {with_notice("<title from=\"a\" essential=\"ja\"/>"), {":5:", "essential", "yes"}},
        {"<mapping source=\"xx-test\" version=\"1\">\n<abuot/></mapping>",
         {":2:", "unknown section", "about"}},
        {"<mapping source=\"XX\" version=\"1\"><about title=\"t\" jurisdiction=\"EU\" "
         "language=\"en\" licence=\"l\"/>"
         "<record format=\"json\"/><key from=\"a\"/><notice/></mapping>",
         {"XX", "", ""}},
        {with_notice("</notice><skip when=\"a[\" reason=\"r\"/><notice>"), {":5:", "a[", ""}},
        {with_notice("</notice><skip when=\"a = 1\"/><notice>"), {":5:", "skip", "reason"}},
        {with_fetch("enabled=\"no\"", ""), {":3:", "go together", "because"}},
        {with_fetch("because=\"it is new\"", ""), {":3:", "go together", "because"}},
        {with_fetch("enabled=\"nein\" because=\"x\"", ""), {":3:", "nein", "yes"}},
        {with_fetch("", "dates=\"MM/dd\""), {":4:", "dates", "yyyy/MM/dd"}},
        {with_fetch("", "use=\"full\"><pages first=\"1\"/></list><list url=\"x\""),
         {":4:", "{page}", "link-header"}},
        {with_fetch("", "use=\"full\"/><bounds full-min=\"10\" full-max=\"5\""),
         {":4:", "full-min is 10", "full-max 5"}},
        {with_notice("<number from=\"a\" as='after(\"x\")'/>"), {":5:", "stands in '…'", ""}},
        {with_notice("<number from=\"rf:a\"/>"), {":5:", "prefixes known: xsi dc atom", ""}},
        {with_notice("<status><case value=\"ended\" when=\"withdrawn\"/></status>"),
         {":5:", "withdrawn = 'true'", "false or empty"}},
        {with_notice("<products when=\"not( a/b )\"/>"), {":5:", "a/b = 'true'", ""}},
        {with_notice("</notice><skip when=\"draft\" reason=\"r\"/><notice>"),
         {":5:", "draft = 'true'", ""}},
        {"<mapping", {"line 1", "", ""}},
    };
    for (const auto& row : cases) {
        const TemporaryFile file(row.text);
        const auto mapping = folder().load_file(file.path());
        BOOST_REQUIRE_MESSAGE(!mapping.ok(), row.text);
        BOOST_TEST((mapping.error().code == ErrorCode::bad_mapping));
        BOOST_TEST(mapping.error().text.find(file.path()) != std::string::npos);
        for (const char* says : row.says) {
            BOOST_TEST(mapping.error().text.find(says) != std::string::npos,
                       says << " in " << mapping.error().text);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_another_source_than_its_name_says_is_refused) {
    const std::string path = std::string(RECALLGW_SOURCE_DIR) + "/mappings/us/cpsc.xml";
    BOOST_TEST(folder().load_file(path, "us-cpsc").ok());
    const auto mapping = folder().load_file(path, "us-fsis");
    BOOST_REQUIRE(!mapping.ok());
    BOOST_TEST((mapping.error().code == ErrorCode::bad_mapping));
    BOOST_TEST(mapping.error().text.find(path + ":4: source=\"us-cpsc\"") != std::string::npos,
               mapping.error().text);
    BOOST_TEST(mapping.error().text.find("expected us-fsis") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_source_names_the_near_one) {
    const auto mapping = folder().load("us-cspc");
    BOOST_REQUIRE(!mapping.ok());
    BOOST_TEST(mapping.error().text.find("us-cpsc") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
