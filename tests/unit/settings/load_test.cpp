#include "gateway/settings/settings.h"

#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/settings/reference.h"

using recall::ErrorCode;
using recall::Result;
namespace settings = recall::settings;
using recall::settings::load;
using recall::settings::Settings;
using recall::settings::Sources;

namespace {

class TempFile {
  public:
    explicit TempFile(const std::string& text) {
        std::string pattern = (std::filesystem::temp_directory_path() / "settings-XXXXXX").string();
        const int handle = mkstemp(pattern.data());
        BOOST_REQUIRE(handle >= 0);
        close(handle);
        path_ = pattern;
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~TempFile() { std::filesystem::remove(path_); }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

Result<Settings> load_text(const std::string& text) {
    const TempFile file(text);
    return load({.file = file.path(), .environment = {}, .sets = {}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loading)

BOOST_AUTO_TEST_CASE(defaults_come_from_the_table) {
    const Result<Settings> settings = load({});
    BOOST_REQUIRE(settings);
    BOOST_TEST(settings->http_port == 8080);
    BOOST_TEST(settings->log_format == "text");
    BOOST_TEST(settings->database() == "sqlite:data/recallgw.db");
}

BOOST_AUTO_TEST_CASE(later_places_win_over_earlier_ones) {
    const TempFile file(
        "<gateway><http><port>1</port><threads>9</threads></http>"
        "<data><folder>/srv/a</folder></data></gateway>");
    Sources sources{.file = file.path(), .environment = {}, .sets = {}};
    BOOST_TEST(load(sources)->http_port == 1);
    sources.environment = {"PATH=/bin", "RECALLGW_HTTP_PORT=2", "RECALLGW_SHARED=/somewhere"};
    BOOST_TEST(load(sources)->http_port == 2);
    sources.sets = {"http.port=3", "http.port=4"};
    const Result<Settings> all = load(sources);
    BOOST_REQUIRE(all);
    BOOST_TEST(all->http_port == 4);
    BOOST_TEST(all->http_threads == 9);
    BOOST_TEST(all->database() == "sqlite:/srv/a/recallgw.db");
}

BOOST_AUTO_TEST_CASE(a_wrong_file_is_refused_with_line_and_near_miss) {
    struct Case {
        const char* text;
        const char* wanted;  // part of the message
    };
    const Case cases[] = {
        {"<gateway>\n<http>\n<prot>1</prot></http></gateway>",
         ":3: there is no option http.prot; did you mean http.port?"},
        {"<gateway>\n<htp/></gateway>", ":2: there is no group htp; did you mean http?"},
        {"<gateway><zebra/></gateway>", ":1: there is no group zebra"},
        {"<settings/>", "root element must be gateway"},
        {"<gateway><http><port>http</port></http></gateway>", "a whole number from 0 to 65535"},
        {"<gateway><http><port>65536</port></http></gateway>", "from 0 to 65535"},
        {"<gateway><http><port>+80</port></http></gateway>", "from 0 to 65535"},
        {"<gateway><http><port>80 81</port></http></gateway>", "from 0 to 65535"},
        {"<gateway><http><port/></http></gateway>", "from 0 to 65535"},
        {"<gateway><http><port>8１</port></http></gateway>", "from 0 to 65535"},
        {"<gateway><http><port>1</port><port>2</port></http></gateway>", "http.port stands twice"},
        {"<gateway><log><format>yaml</format></log></gateway>", "one of text, json"},
        {"<gateway><log><format>text|json</format></log></gateway>", "one of text, json"},
        {"<gateway><log><format></format></log></gateway>", "one of text, json"},
        {"<gateway><http port='1'/></gateway>", "port"},
        {"<gateway><http>stray</http></gateway>", "1"},
        {"<gateway><http/><http/></gateway>", "http"},
        {"<!DOCTYPE a><gateway/>", "DOCTYPE"},
        {"<gateway>", "1"},
        {"", ""},
    };
    for (const Case& row : cases) {
        const Result<Settings> settings = load_text(row.text);
        BOOST_REQUIRE_MESSAGE(!settings, row.text);
        BOOST_TEST((settings.error().code == ErrorCode::config), row.text);
        BOOST_TEST(settings.error().text.find(row.wanted) != std::string::npos,
                   row.text << " gave " << settings.error().text);
    }
}

BOOST_AUTO_TEST_CASE(every_fault_is_named_not_the_first_only) {
    const Result<Settings> settings =
        load({.file = {},
              .environment = {"RECALLGW_HTTP_PROT=1", "RECALLGW_LOG_LEVEL=loud"},
              .sets = {"http.threads=0", "http.port", "nonsense=1", "nonsense"}});
    BOOST_REQUIRE(!settings);
    for (const char* part :
         {"RECALLGW_HTTP_PROT; did you mean RECALLGW_HTTP_PORT?", "RECALLGW_LOG_LEVEL",
          "from 2 to 1024", "NAME=VALUE", "no option nonsense"}) {
        BOOST_TEST(settings.error().text.find(part) != std::string::npos, part);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named) {
    const Result<Settings> settings =
        load({.file = "/nowhere/g.xml", .environment = {}, .sets = {}});
    BOOST_REQUIRE(!settings);
    BOOST_TEST(settings.error().text.find("/nowhere/g.xml") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_secret_is_never_printed) {
    const std::string secret = "postgresql://gateway:hunter2@db/recall";
    const Result<Settings> good =
        load({.file = {}, .environment = {}, .sets = {"database.url=" + secret}});
    BOOST_REQUIRE(good);
    BOOST_TEST(good->database() == secret);
    for (const settings::Option& option : settings::options()) {
        BOOST_TEST(settings::shown(option, *good).find("hunter2") == std::string::npos);
    }
    const Result<Settings> bad =
        load({.file = {}, .environment = {}, .sets = {"database.url=hunter2\x01"}});
    BOOST_REQUIRE(!bad);
    BOOST_TEST(bad.error().text.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_example_file_gives_the_defaults) {
    const Result<Settings> settings = load_text(settings::write_example());
    BOOST_REQUIRE_MESSAGE(settings, (settings ? "" : settings.error().text));
    const Settings defaults;
    for (const settings::Option& option : settings::options()) {
        BOOST_TEST(settings::shown(option, *settings) == settings::shown(option, defaults));
    }
}

BOOST_AUTO_TEST_CASE(every_option_is_explained_and_its_default_fits_its_limits) {
    for (const settings::Option& option : settings::options()) {
        BOOST_TEST(option.explanation.ends_with('.'), option.member);
        const Result<Settings> settings =
            load({.file = {},
                  .environment = {option.environment() + "=" + std::string(option.fallback)},
                  .sets = {option.name() + "=" + std::string(option.fallback)}});
        BOOST_TEST(settings.ok(), option.member);
    }
}

BOOST_AUTO_TEST_SUITE_END()
