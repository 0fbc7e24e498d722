#include "gateway/crypto/digest.h"

#include <boost/test/unit_test.hpp>

namespace recall::crypto {

BOOST_AUTO_TEST_SUITE(digest_suite)

BOOST_AUTO_TEST_CASE(hashes_have_their_published_values) {
    BOOST_TEST(sha256_hex("") ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(sha256_hex("abc") ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(to_hex(digest(Digest::sm3, "abc")) ==
               "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    BOOST_TEST(digest(Digest::sha384, "abc").size() == 48U);
    BOOST_TEST(digest(Digest::sha512, "abc").size() == 64U);
}

BOOST_AUTO_TEST_CASE(a_hash_in_pieces_is_the_hash_of_the_whole_and_begins_again) {
    Sha256 hash;
    hash.update("a");
    hash.update("");
    hash.update("bc");
    BOOST_TEST(hash.hex() == sha256_hex("abc"));
    BOOST_TEST(hash.hex() == sha256_hex(""));
}

BOOST_AUTO_TEST_CASE(base64_goes_both_ways) {
    // RFC 4648 §10
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [bytes, text] : rows) {
        BOOST_TEST(to_base64(bytes) == text);
        BOOST_TEST(from_base64(text).value_or("refused") == bytes);
        BOOST_TEST(from_base64url(to_base64url(bytes)).value_or("refused") == bytes);
    }
    BOOST_TEST(to_base64url("\xff\xfe\xfd") == "__79");
}

BOOST_AUTO_TEST_CASE(decoding_refuses_every_second_spelling_of_a_value) {
    for (const std::string_view text :
         {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z", "Zg==Zg==", " Zg==", "Zg==\n", "Zm9v====", "=",
          "====", "Zm-v", "Zm\xc3\xa9v"}) {
        BOOST_TEST(!from_base64(text).has_value(), text);
    }
    for (const std::string_view text :
         {"Zg==", "Zh", "Zm9", "Z", "Zm 9v", "Zm9v\n", "Zm+v", "Zm/v"}) {
        BOOST_TEST(!from_base64url(text).has_value(), text);
    }
    BOOST_TEST(!from_hex("0").has_value());
    BOOST_TEST(!from_hex("0g").has_value());
    BOOST_TEST(from_hex("00fF").value_or("") == std::string_view("\0\xff", 2));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::crypto
