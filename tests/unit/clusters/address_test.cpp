#include "gateway/clusters/address.h"

#include <boost/test/unit_test.hpp>

using recall::clusters::address_key;

BOOST_AUTO_TEST_SUITE(address)

BOOST_AUTO_TEST_CASE(one_page_has_one_key_however_its_address_is_written) {
    struct Case {
        const char* url;
        const char* key;
    };
    const Case cases[] = {
        {"https://www.recalls.example/en/kettle", "recalls.example/en/kettle"},
        {"http://recalls.example/en/kettle/", "recalls.example/en/kettle"},
        {"HTTPS://WWW.Recalls.Example/en/Kettle#top", "recalls.example/en/Kettle"},
        {"https://recalls.example/detail.aspx?lang=eng&rn=2099123",
         "recalls.example/detail.aspx?rn=2099123"},
        {"https://recalls.example/detail.aspx?rn=2099123&Lang=fra",
         "recalls.example/detail.aspx?rn=2099123"},
        {"https://recalls.example/d?b=2&a=1&utm_source=x", "recalls.example/d?a=1&b=2"},
        {"https://recalls.example/?Event=77", "recalls.example?Event=77"},
        {"https://recalls.example/", ""},
        {"https://recalls.example", ""},
        {"https://recalls.example/?lang=en", ""},
        {"https:///path", ""},
        {"ftp://recalls.example/x", ""},
        {"recalls.example/x", ""},
        {"", ""},
    };
    for (const Case& one : cases)
        BOOST_TEST(address_key(one.url) == one.key, one.url);
    BOOST_TEST(address_key("https://recalls.example/" + std::string(2000, 'x')).empty());
}

BOOST_AUTO_TEST_SUITE_END()
