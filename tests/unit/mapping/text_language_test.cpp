// The language that a mapping gives each text.

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gateway/mapping/map_document.h"

namespace recall::mapping {

namespace {

Result<Mapping> load(const std::string& about, const std::string& notice) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("text-language-" + std::to_string(getpid()) + ".xml");
    std::ofstream(path) << "<mapping source=\"xx-test\" version=\"1\">"
                           "<about title=\"t\" jurisdiction=\"XX\" licence=\"l\" "
                        << about << "/><record format=\"json\"/><key from=\"id\"/><notice>"
                        << notice << "</notice></mapping>";
    const auto mappings = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
    BOOST_REQUIRE(mappings.ok());
    Result<Mapping> loaded = mappings->load_file(path.string());
    std::filesystem::remove(path);
    return loaded;
}

MappedRecord mapped(const std::string& about, const std::string& notice, const std::string& json) {
    const Result<Mapping> mapping = load(about, notice);
    BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
    MappedRecord out;
    map_document(*mapping, bytes_source(json), {},
                 [&](MappedRecord&& record) { out = std::move(record); });
    BOOST_REQUIRE(out.notice.has_value());
    return out;
}

constexpr const char* french = "La lampe peut surchauffer et causer un incendie chez vous.";
constexpr const char* japanese = "ランプが過熱し、火災が発生するおそれがあります。";

std::string record(const std::string& title) {
    return R"([{"id":"1","l":"fr","t":")" + title + R"("}])";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(languages_of_texts)

BOOST_AUTO_TEST_CASE(a_text_is_in_the_language_that_the_source_says_it_is) {
    struct Case {
        const char* about;
        const char* notice;
        std::string title;
        const char* language;
    };
    const Case cases[] = {
        // One language: nothing is looked for.
        {R"(language="en")", R"(<title from="t"/>)", french, "en"},
        // Several: each text is looked at, and one that tells nothing is the record's.
        {R"(language="en" languages="en fr")", R"(<title from="t"/>)", french, "fr"},
        {R"(language="en" languages="en fr")", R"(<title from="t"/>)", "X-100", "en"},
        {R"(language="en" languages="en fr")", R"(<language from="l"/><title from="t"/>)", "X-100",
         "fr"},
        {R"(language="en" languages="en de")", R"(<title from="t"/>)", french, "en"},
        {R"(language="en" languages="en ja")", R"(<title from="t"/>)", japanese, "ja"},
        // A rule that says it is believed.
        {R"(language="en" languages="en fr")", R"(<title lang="en" from="t"/>)", french, "en"},
    };
    for (const Case& one : cases) {
        BOOST_TEST_CONTEXT(one.about << one.notice << one.title) {
            const MappedRecord out = mapped(one.about, one.notice, record(one.title));
            BOOST_REQUIRE_EQUAL(out.notice->title.size(), 1U);
            BOOST_TEST(out.notice->title[0].lang == one.language);
            BOOST_TEST(out.notice->title[0].text == one.title);
        }
    }
}

BOOST_AUTO_TEST_CASE(letters_that_belie_the_language_are_an_issue) {
    for (const char* title : {R"(<title from="t"/>)", R"(<title lang="en" from="t"/>)"}) {
        const MappedRecord out = mapped(
            R"(language="en")", std::string(title) + R"(<number from="l"/>)", record(japanese));
        BOOST_TEST(out.notice->title[0].lang == "ja");
        BOOST_TEST(out.notice->title[0].text == japanese);
        BOOST_REQUIRE_EQUAL(out.issues.size(), 1U);
        BOOST_TEST((out.issues[0].code == ErrorCode::wrong_language));
        BOOST_TEST(out.issues[0].path == "title");
    }
    const MappedRecord good =
        mapped(R"(language="ja")", R"(<title from="t"/><number from="l"/>)", record(japanese));
    BOOST_TEST(good.issues.empty());
}

BOOST_AUTO_TEST_CASE(the_languages_of_a_source_hold_its_own) {
    const Result<Mapping> wrong = load(R"(language="en" languages="de fr")", "");
    BOOST_REQUIRE(!wrong.ok());
    BOOST_TEST((wrong.error().code == ErrorCode::bad_mapping));
    BOOST_TEST(wrong.error().text.find("languages") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
