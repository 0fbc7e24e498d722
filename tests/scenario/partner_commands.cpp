// `recallgw partner test` and `key rotate` against a partner's gateway on loopback.

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/exchange/partners.h"
#include "tests/scenario/gateway_node.h"
#include "tests/support/pki.h"

#include <boost/test/unit_test.hpp>

namespace exchange = recall::exchange;
namespace fs = std::filesystem;
namespace model = recall::model;
namespace test = recall::test;

namespace {

struct Said {
    int code = 0;
    std::string out;
    std::string text;

    bool has(const std::string& part) const { return out.find(part) != std::string::npos; }
};

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Our side is commands only, with a data folder of its own.
struct Desk {
    Desk() {
        test::register_partner(them.database(), as_partner(signer.certificate));
        add(them.as_partner("xml"));
    }

    model::Partner as_partner(const recall::crypto::Certificate& certificate) const {
        model::Partner us = test::partner_of(exchange::Identity{"xx-us", signer.key, certificate});
        us.connections = {{client.certificate.fingerprint(), {}, {}}};
        return us;
    }
    void add(const model::Partner& partner) const {
        std::ofstream(folder.file("them.xml")) << exchange::write_partner(partner);
        BOOST_REQUIRE(run("partner add " + folder.file("them.xml")).code == 0);
    }
    Said run(const std::string& command) const {
        const std::string line =
            "RECALLGW_DATA_FOLDER=" + folder.file("data") + " RECALLGW_EXCHANGE_PARTY=xx-us" +
            " RECALLGW_EXCHANGE_KEY=" + signer.key_file +
            " RECALLGW_EXCHANGE_CERTIFICATE=" + signer.certificate_file +
            " RECALLGW_EXCHANGE_TLS_KEY=" + client.key_file +
            " RECALLGW_EXCHANGE_TLS_CERTIFICATE=" + client.certificate_file +
            " RECALLGW_EXCHANGE_CA_FILE=" + authority_file + " " RECALLGW_BINARY_DIR "/recallgw " +
            command + " > " + folder.file("out") + " 2> " + folder.file("text");
        const int status = std::system(line.c_str());
        return {WEXITSTATUS(status), content(folder.file("out")), content(folder.file("text"))};
    }

    test::TempFolder folder;
    test::TurnedClock clock;
    test::Pki pki{folder.path().string()};
    test::Identity signer = pki.signer("us-signer");
    test::Identity client = pki.client("us-client");
    std::string authority_file = pki.authority().certificate_file;
    test::GatewayNode them{pki, "yy-them", clock};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(partner_commands, Desk)

BOOST_AUTO_TEST_CASE(a_test_tells_each_step_up_to_the_receipt) {
    const Said said = run("partner test yy-them");
    BOOST_TEST(said.code == 0, said.out + said.text);
    for (const char* step : {"registry", "name", "connection", "tls", "certificate", "message"})
        BOOST_TEST(said.has(std::string(step) + "\tok\t"), said.out);
    BOOST_TEST(run("partner test zz-nobody").code == 1);
    const Said line = run("partner test yy-them --line-only");
    BOOST_TEST(line.code == 0);
    BOOST_TEST(!line.has("message\t"));
}

BOOST_AUTO_TEST_CASE(a_test_says_which_step_failed_and_what_to_do) {
    model::Partner other = them.as_partner("xml");
    other.connections = {{client.certificate.fingerprint(), {}, {}}};
    add(other);
    const Said unknown = run("partner test yy-them");
    BOOST_TEST(unknown.code == 1);
    BOOST_TEST(unknown.has("certificate\tfailed\ttls: this certificate is not registered"));

    add(them.as_partner("xml"));
    authority_file = signer.certificate_file;
    const Said stranger = run("partner test yy-them");
    BOOST_TEST(stranger.code == 1);
    BOOST_TEST(stranger.has("tls\tfailed\ttls: "), stranger.out);
    BOOST_TEST(stranger.has("exchange.ca_file"));
    authority_file = pki.authority().certificate_file;

    const test::Identity else_signer = pki.signer("other-signer");
    test::register_partner(them.database(), as_partner(else_signer.certificate));
    const Said unsigned_by_us = run("partner test yy-them");
    BOOST_TEST(unsigned_by_us.code == 1);
    BOOST_TEST(unsigned_by_us.has("message\tfailed\tSIG-"), unsigned_by_us.out);
    BOOST_TEST(unsigned_by_us.has("must register our exchange.certificate"));

    them.stop();
    const Said down = run("partner test yy-them");
    BOOST_TEST(down.code == 1);
    BOOST_TEST(down.has("connection\tfailed\tunreachable: "), down.out);
}

BOOST_AUTO_TEST_CASE(a_rotated_key_signs_once_partners_have_it) {
    const std::string old_key = content(signer.key_file);
    const Said announced = run("key rotate --announce");
    BOOST_TEST(announced.code == 0, announced.text);
    BOOST_TEST(content(signer.key_file) == old_key);
    BOOST_TEST(run("partner test yy-them").code == 0);

    // What is printed is what the partner registers.
    std::string definition = exchange::write_partner(as_partner(signer.certificate));
    const std::size_t begin = definition.find("<keys>");
    const std::size_t end = definition.rfind("</keys>") + 7;
    const auto registered =
        exchange::read_partner(definition.replace(begin, end - begin, announced.out));
    BOOST_REQUIRE_MESSAGE(registered.ok(), (registered ? "" : registered.error().line()));
    BOOST_TEST(registered->keys.size() == 2U);

    const Said rotated = run("key rotate --by chief");
    BOOST_TEST(rotated.code == 0, rotated.text);
    BOOST_TEST(content(signer.key_file) != old_key);
    BOOST_TEST(rotated.has("<until>"));
    BOOST_TEST(run("partner test yy-them").has("message\tfailed\tSIG-"));
    test::register_partner(them.database(), *registered);
    BOOST_TEST(run("partner test yy-them").code == 0);

    int kept = 0;
    for (const auto& file : fs::directory_iterator(folder.path())) {
        const std::string name = file.path().filename().string();
        if (name.find(".until-") == std::string::npos) continue;
        ++kept;
        if (name.ends_with(".key")) BOOST_TEST(content(file.path().string()) == old_key);
    }
    BOOST_TEST(kept == 2);
    BOOST_TEST(content(folder.file("rotations.ndjson")).find(R"("by":"chief")") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_rotation_that_broke_off_between_its_renames_is_finished) {
    BOOST_TEST(run("key rotate --announce").code == 0);
    fs::rename(folder.file("us-signer.next.key"), signer.key_file);
    const Said said = run("key rotate --announce");
    BOOST_TEST(said.code == 0, said.text);
    const auto certificate =
        recall::crypto::Certificate::from_pem(content(signer.certificate_file));
    const auto key = recall::crypto::PrivateKey::from_pem(content(signer.key_file));
    BOOST_TEST((certificate->public_key() == key->public_key()));
}

BOOST_AUTO_TEST_SUITE_END()
