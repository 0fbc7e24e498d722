// `recallgw verify` as a partner's engineer runs it, on notices and messages of either face.

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "gateway/exchange/seal.h"
#include "tests/support/exchange.h"
#include "tests/support/temp_folder.h"

#include <boost/test/unit_test.hpp>

namespace exchange = recall::exchange;
namespace test = recall::test;

namespace {

struct Verified {
    int code;
    std::string out;
};

class Desk {
  public:
    explicit Desk(const exchange::Identity& sender) {
        write("sender.pem", sender.certificate.to_pem());
    }
    Verified verify(const std::string& message) const {
        write("message", message);
        const std::string command = "\"" RECALLGW_BINARY_DIR "/recallgw\" verify --key " +
                                    folder_.file("sender.pem") + " < " + folder_.file("message") +
                                    " > " + folder_.file("out");
        const int status = std::system(command.c_str());
        std::ifstream in(folder_.file("out"), std::ios::binary);
        return {WEXITSTATUS(status), {std::istreambuf_iterator<char>(in), {}}};
    }

  private:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.file(name), std::ios::binary) << text;
    }
    test::TempFolder folder_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(verify_command)

BOOST_AUTO_TEST_CASE(a_message_of_either_face_verifies_to_the_bytes_that_were_signed) {
    const exchange::Identity sender = test::make_party("xx-sender");
    const Desk desk(sender);
    for (const auto format : {exchange::Format::xml, exchange::Format::json}) {
        const auto message = test::sample_message(sender, "yy-us", 1, recall::SystemClock().now());
        const exchange::Sealed sealed = exchange::seal(message, format, sender);
        const Verified good = desk.verify(sealed.bytes);
        BOOST_TEST(good.code == 0);
        BOOST_TEST(good.out == sealed.canonical);

        const Verified by_other = Desk(test::make_party("xx-other")).verify(sealed.bytes);
        BOOST_TEST(by_other.code == 1);
        BOOST_TEST(by_other.out.starts_with("SIG-"), by_other.out);
    }
}

BOOST_AUTO_TEST_CASE(a_signed_message_that_does_not_fit_the_schema_is_refused) {
    const exchange::Identity sender = test::make_party("xx-sender");
    auto message = test::sample_message(sender, "yy-us", 1, recall::SystemClock().now());
    message.action = "shout";
    const exchange::Sealed sealed = exchange::seal(message, exchange::Format::json, sender);
    const Verified verified = Desk(sender).verify(sealed.bytes);
    BOOST_TEST(verified.code == 1);
    BOOST_TEST(verified.out.starts_with("SCHEMA: "), verified.out);
}

BOOST_AUTO_TEST_SUITE_END()
