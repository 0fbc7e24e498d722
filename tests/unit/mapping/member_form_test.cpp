// What a mapping may give to the members of a notice: closed vocabularies, forms, one text and not
// an object. Each case is a whole mapping file of an invented source, and a record of it.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/mapping/mapped.h"

namespace recall::mapping {

namespace {

// `prefix` stands in <mapping>; the notice begins in line 5.
Result<Mapping> loaded(const std::string& notice, const std::string& prefix = "") {
    static const auto folder = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
    BOOST_REQUIRE(folder.ok());
    const auto path = std::filesystem::temp_directory_path() /
                      ("member-form-" + std::to_string(getpid()) + ".xml");
    std::ofstream(path) << "<mapping source=\"xx-test\" version=\"1\" " + prefix +
                               ">\n<about title=\"t\" jurisdiction=\"XR\" language=\"en\" "
                               "licence=\"l\"/>\n<record format=\"json\" expand=\"page\"/>\n"
                               "<key from=\"id\"/><notice>\n" +
                               notice + "\n</notice></mapping>";
    auto mapping = folder->load_file(path.string());
    std::filesystem::remove(path);
    return mapping;
}

struct Outcome {
    model::Notice notice;
    std::string issues;
    bool is_quarantined = false;
};

// Of the members of one object besides its id.
Outcome mapped(const std::string& notice, const std::string& members) {
    const auto mapping = loaded(notice);
    BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
    Outcome out;
    map_document(
        *mapping, bytes_source("[{\"id\":1," + members + "}]"), {}, [&](MappedRecord&& record) {
            for (const Issue& issue : record.issues)
                out.issues +=
                    std::string(spelling(issue.code)) + " " + issue.path + "=" + issue.value + "\n";
            if (record.notice) out.notice = *record.notice;
            out.is_quarantined = record.is_quarantined;
        });
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(member_forms)

BOOST_AUTO_TEST_CASE(a_constant_outside_the_vocabulary_is_refused_with_its_line) {
    const struct {
        const char* notice;
        const char* says;
    } cases[] = {
        {"<status value=\"cancelled\"/>",
         "<status> cannot be \"cancelled\"; expected one of: active ended withdrawn vanished"},
        {"<kind value=\"alert\"/>", "<kind> cannot be \"alert\""},
        {"<kind><case from=\"a\" as=\"choose('x', 'recall', 'y', 'alert')\"/></kind>", "\"alert\""},
        {"<kind from=\"a\" as=\"become('alert')\"/>", "\"alert\""},
        {"<kind from=\"a\" as=\"code(kinds) | otherwise('alert') | first\"/>", "\"alert\""},
        {"<hazards each=\"h\"><code from=\"b\" as=\"words(hazards, 'odd')\"/></hazards>",
         "<code> cannot be \"odd\""},
        {"<measures><code value=\"whatever\"/></measures>", "refund"},
        {"<measures><operator value=\"maker\"/></measures>", "manufacturer"},
        {"<parties><role value=\"importr\"/></parties>", "did you mean"},
        {"<related><relation value=\"like\"/></related>", "joint_recall"},
        {"<products><quantity><unit value=\"pieces\"/></quantity></products>", "piece"},
        {"<products><quantity><qualifier value=\"exact\"/></quantity></products>", "exactly"},
        {"<products><quantity><value value=\"12,5\"/></quantity></products>", "plain decimal"},
        {"<products><price><currency value=\"dollars\"/></price></products>", "ISO 4217"},
        {"<products><gtins value=\"4006381333931\"/></products>", "14 digits"},
        {"<products><origin_countries value=\"UK\"/></products>", "ISO 3166-1"},
        {"<authority><country value=\"RU1\"/></authority>", "ISO 3166-1"},
        {"<jurisdiction value=\"Ruritania\"/>", "two capital letters"},
        {"<language value=\"english\"/>", "BCP 47"},
        {"<title from=\"a\" lang=\"english\"/>", "BCP 47"},
        {"<sensitivity value=\"public\"/>", "clear green amber red"},
        {"<measures><mandatory value=\"yes\"/></measures>", "true false"},
        {"<published_on value=\"soon\"/>", "a month (2025-02)"},
        {"<url value=\"/recalls/1\"/>", "absolute"},
        {"<risk_level from=\"a\" as=\"choose('x', 'grave')\"/>", "serious"},
    };
    for (const auto& row : cases) {
        const auto mapping = loaded(row.notice);
        BOOST_REQUIRE_MESSAGE(!mapping.ok(), row.notice);
        BOOST_TEST(mapping.error().text.find(":5: ") != std::string::npos, mapping.error().text);
        BOOST_TEST(mapping.error().text.find(row.says) != std::string::npos, mapping.error().text);
    }
    for (const char* good : {"<kind from=\"a\" as=\"choose('x', 'recall', 'y', '')\"/>",
                             "<kind from=\"a\" as=\"choose('x', 'r', 'y', 'w') | code(kinds)\"/>",
                             "<jurisdiction value=\"US-CA\"/>", "<jurisdiction value=\"OECD\"/>",
                             "<language value=\"zh-Hant-TW\"/>",
                             "<products><gtins value=\"04006381333931\"/></products>",
                             "<url value=\"HTTPS://a.example\"/>"}) {
        const auto mapping = loaded(good);
        BOOST_TEST(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
    }
}

BOOST_AUTO_TEST_CASE(a_value_outside_the_vocabulary_is_told_and_left_out) {
    const struct {
        const char* notice;
        const char* members;
        const char* issues;
    } cases[] = {
        {"<status from=\"a\"/>", R"("a":"cancelled")", "bad-value a=cancelled\n"},
        {"<status><case from=\"a\"/><case value=\"active\"/></status>", R"("a":"ended")", ""},
        {"<products><quantity><value from=\"a\"/></quantity></products>", R"("a":"approx.1200pcs")",
         "bad-number a=approx.1200pcs\n"},
        {"<products><gtins from=\"a\"/></products>", R"("a":"9520001010026 / 9520001010033")",
         "bad-gtin a=9520001010026 / 9520001010033\n"},
        {"<images each=\"a\"><url from=\"b\"/><caption from=\"c\"/></images>",
         R"("a":[{"b":"/media/x 2.jpg","c":"front"}])", "bad-value a/b=/media/x 2.jpg\n"},
        {"<products><origin_countries from=\"a\"/></products>", R"("a":"Ruritania")",
         "bad-value a=Ruritania\n"},
        {"<measures each=\"a\"><code from=\"b\"/></measures>", R"("a":[{"b":"refunded"}])",
         "bad-value a/b=refunded\n"},
        {"<title from=\"t\"/><language from=\"a\"/>", R"("t":"T","a":"english")",
         "bad-value a=english\n"},
    };
    for (const auto& row : cases) {
        const Outcome out = mapped(row.notice, row.members);
        BOOST_TEST(out.issues == row.issues);
        BOOST_TEST(!out.is_quarantined);
        BOOST_TEST(out.notice.images.empty());
    }
    const Outcome fallen =
        mapped("<status><case from=\"a\"/><case value=\"active\"/></status>", R"("a":"odd")");
    BOOST_TEST(fallen.notice.status == "active");
    BOOST_TEST(mapped("<status from=\"a\" essential=\"yes\"/>", R"("a":"odd")").is_quarantined);
}

BOOST_AUTO_TEST_CASE(an_object_is_no_text) {
    const char* lamp = R"("map":{"name":"Lamp","de":"Lampe"})";
    BOOST_TEST(mapped("<title from=\"map\"/>", lamp).issues ==
               "bad-value map=LampLampe\nunmapped map/name=Lamp\nunmapped map/de=Lampe\n");
    BOOST_TEST(mapped("<title from=\"map/*\"/>", lamp).notice.title.size() == 2);
    const Outcome page = mapped("<title from=\"page\"/>", R"("page":"<p>A <b>lamp</b></p>")");
    BOOST_TEST(page.issues == "");
    BOOST_TEST(page.notice.title.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_number_and_a_comparison_are_values) {
    const Outcome out = mapped(
        "<number from=\"count(a)\"/><incidents><reports from=\"number(b)\"/></incidents>"
        "<measures><code value=\"refund\"/><mandatory from=\"c = 'yes'\"/></measures>",
        R"("a":["x","y"],"b":"few","c":"yes")");
    BOOST_TEST(out.notice.number == "2");
    BOOST_TEST(!out.notice.incidents.has_value());
    BOOST_REQUIRE(out.notice.measures.size() == 1);
    BOOST_TEST(out.notice.measures.front().mandatory.value());
}

BOOST_AUTO_TEST_CASE(an_issue_names_the_place_at_fault) {
    const Outcome date = mapped("<published_on from=\"d1; d2\" as=\"date('yyyy-MM-dd') | first\"/>",
                                R"("d1":"2024-05-02","d2":"soon")");
    BOOST_TEST(date.issues == "bad-date d2=soon\n");
    BOOST_TEST(to_text(date.notice.published_on.value()) == "2024-05-02");
    const Outcome second =
        mapped("<number from=\"d2; q\" as=\"after('No ')\"/>", R"("d2":"No 1","q":"No 2")");
    BOOST_TEST(second.issues == "second-value q=2\n");
}

BOOST_AUTO_TEST_CASE(prefixes_that_the_file_declares_stand_in_paths) {
    const std::string declared = "xmlns:rf=\"urn:ruritania:feed\"";
    BOOST_TEST(loaded("<title from=\"rf:title\"/>", declared).ok());
    const auto unknown = loaded("<title from=\"rg:title\"/>", declared);
    BOOST_REQUIRE(!unknown.ok());
    BOOST_TEST(unknown.error().text.find("prefixes known: xsi dc atom rf") != std::string::npos,
               unknown.error().text);
    // They are that file's alone.
    BOOST_TEST(!loaded("<title from=\"rf:title\"/>").ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
