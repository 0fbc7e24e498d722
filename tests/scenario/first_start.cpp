// What ./start.sh makes the first time and finds again the second.

#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/temp_folder.h"

#include <boost/test/unit_test.hpp>

namespace test = recall::test;

namespace {

struct Told {
    int code = 0;
    std::string out;
    std::string text;
};

class Desk {
  public:
    Told first_start(const std::string& settings = {}) const {
        const std::string command =
            settings + " RECALLGW_DATA_FOLDER=" + folder_.file("data") +
            " bash -c 'set -euo pipefail; . " RECALLGW_SOURCE_DIR
            "/config/first-start.sh; first_start " RECALLGW_BINARY_DIR
            "/recallgw; echo key=$RECALLGW_EXCHANGE_KEY tls=${RECALLGW_HTTP_TLS_KEY:-none}' > " +
            folder_.file("out") + " 2> " + folder_.file("text");
        const int status = std::system(command.c_str());
        return {WEXITSTATUS(status), content("out"), content("text")};
    }
    std::string content(const std::string& name) const {
        std::ifstream in(folder_.file(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string path(const std::string& name) const { return folder_.file(name); }

  private:
    test::TempFolder folder_;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(first_start)

BOOST_AUTO_TEST_CASE(it_makes_keys_and_an_administrator_once) {
    const Desk desk;
    const Told first = desk.first_start();
    BOOST_TEST(first.code == 0, first.text);
    BOOST_TEST(holds(first.out, "rgw_"));
    BOOST_TEST(holds(first.out, "key=" + desk.path("data/keys/signing.key") + " tls=none"));
    BOOST_TEST(holds(first.text, desk.path("data/keys/signing.pem") + "   public"));
    const std::string key = desk.content("data/keys/signing.key");
    BOOST_TEST(key.starts_with("-----BEGIN PRIVATE KEY-----"));
    struct stat info {};
    BOOST_REQUIRE(::stat(desk.path("data/keys/signing.key").c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777U) == 0600U);

    const Told second = desk.first_start();
    BOOST_TEST(second.code == 0, second.text);
    BOOST_TEST(!holds(second.out, "rgw_"));
    BOOST_TEST(desk.content("data/keys/signing.key") == key);
}

BOOST_AUTO_TEST_CASE(a_server_beyond_loopback_gets_a_certificate) {
    const Desk desk;
    const Told told = desk.first_start("RECALLGW_HTTP_ADDRESS=0.0.0.0");
    BOOST_TEST(told.code == 0, told.text);
    BOOST_TEST(holds(told.out, "tls=" + desk.path("data/keys/server.key")));
    BOOST_TEST(desk.content("data/keys/server.pem").starts_with("-----BEGIN CERTIFICATE-----"));
}

BOOST_AUTO_TEST_CASE(half_a_pair_is_not_made_whole) {
    const Desk desk;
    BOOST_TEST(desk.first_start().code == 0);
    std::filesystem::remove(desk.path("data/keys/signing.pem"));
    const Told told = desk.first_start();
    BOOST_TEST(told.code == 2);
    BOOST_TEST(holds(told.text, "one is missing"));
}

BOOST_AUTO_TEST_SUITE_END()
