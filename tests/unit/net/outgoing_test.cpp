#include "gateway/net/outgoing.h"

#include <boost/test/unit_test.hpp>

namespace recall {
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(outgoing)

BOOST_AUTO_TEST_CASE(a_url_is_read_into_its_parts_and_written_back) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"https://A.Example/x?y=1#part", "https://a.example/x?y=1"},
        {"http://a.example", "http://a.example/"},
        {"https://a.example:443?q", "https://a.example/?q"},
        {"http://a.example:8080/", "http://a.example:8080/"},
        {"http://[::1]:99/a", "http://[::1]:99/a"},
    };
    for (const auto& [text, wanted] : rows) {
        BOOST_TEST_CONTEXT(text) { BOOST_TEST(net::parse_url(text).value().text() == wanted); }
    }
}

BOOST_AUTO_TEST_CASE(a_url_that_would_be_read_differently_elsewhere_is_refused) {
    for (const std::string_view text :
         {""sv, "a.example/x"sv, "ftp://a.example/"sv, "http://"sv, "http:///x"sv,
          "http://a.example/x\r\nEvil: 1"sv, "http://a.example/a b"sv, "http://u:p@a.example/"sv,
          "http://a.example:0/"sv, "http://a.example:65536/"sv, "http://a.example:8x/"sv,
          "http://a.example\\@b.example/"sv, "http://[::1/"sv, "http://[x]/"sv, "http://a\0b/"sv,
          "http://a.example/\xC3\xA9"sv, "http://a,b/"sv}) {
        BOOST_TEST_CONTEXT(text) { BOOST_TEST(!net::parse_url(text).ok()); }
    }
}

BOOST_AUTO_TEST_CASE(headers_with_line_ends_or_other_controls_are_refused) {
    BOOST_TEST(net::check_header("Accept-Language", "en\t;q=0.5").ok());
    BOOST_TEST(net::check_header("X", "").ok());
    for (const std::string_view value : {"a\r\nEvil: 1"sv, "a\n"sv, "a\r"sv, "a\0b"sv, "\x7F"sv}) {
        BOOST_TEST(!net::check_header("X", value).ok());
    }
    for (const std::string_view name : {""sv, "A B"sv, "A:"sv, "A\r\n"sv, "\xC3\xA9"sv}) {
        BOOST_TEST(!net::check_header(name, "x").ok());
    }
}

BOOST_AUTO_TEST_CASE(addresses_inside_the_house_are_not_public) {
    for (const char* address :
         {"8.8.8.8", "203.0.114.1", "172.32.0.1", "2600::1", "::ffff:8.8.8.8"}) {
        BOOST_TEST_CONTEXT(address) { BOOST_TEST(net::is_public_address(address)); }
    }
    for (const char* address : {"127.0.0.1",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "0.0.0.0",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::1",
                                "::",
                                "fe80::1",
                                "fd00::1",
                                "::ffff:127.0.0.1",
                                "2002:7f00:1::",
                                "2001:db8::1",
                                "localhost",
                                "",
                                "127.1"}) {
        BOOST_TEST_CONTEXT(address) { BOOST_TEST(!net::is_public_address(address)); }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
