#include "gateway/text/tokens.h"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>

#include "gateway/text/csv.h"
#include "gateway/text/model_key.h"
#include "gateway/text/normalise.h"

namespace recall::text {
namespace {

std::string words(std::string_view text) {
    const std::string folded = folded_form(text);
    std::vector<Token> tokens;
    split(folded, tokens);
    std::string out;
    for (const Token& token : tokens) {
        out += (out.empty() ? "" : "|") + std::string(token.in(folded));
    }
    return out;
}

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_AUTO_TEST_CASE(words_and_characters_are_cut_by_script) {
    BOOST_TEST(words("") == "");
    BOOST_TEST(words("Hot-Sale RS2300, 5.3Qt") == "hot|sale|rs2300|5|3qt");
    BOOST_TEST(words("哑铃HLV78黑") == "哑|铃|hlv78|黑");
    BOOST_TEST(words("Бренд Άλφα") == "бренд|αλφα");
}

BOOST_AUTO_TEST_CASE(plural_and_singular_have_one_hash) {
    struct Case {
        std::string_view one, many;
    };
    for (const Case& c : {Case{"battery", "batteries"}, Case{"box", "boxes"}, Case{"toy", "toys"},
                          Case{"torch", "torches"}}) {
        std::vector<Token> both;
        const std::string text = std::string(c.one) + " " + std::string(c.many);
        split(text, both);
        BOOST_TEST(both.at(0).hash == both.at(1).hash, text);
    }
}

BOOST_AUTO_TEST_CASE(the_main_script_is_that_of_most_letters) {
    BOOST_TEST(int(main_script("12 34")) == int(Script::none));
    BOOST_TEST(int(main_script("LED 儿童玩具车")) == int(Script::han));
    BOOST_TEST(int(main_script("Lampe 5W")) == int(Script::latin));
}

BOOST_AUTO_TEST_CASE(model_keys_drop_separators_and_know_their_strength) {
    BOOST_TEST(model_key(folded_form("E2-wr")) == "E2WR");
    BOOST_TEST((model_hash("E2WRO") == model_hash("E2WR0")));
    BOOST_TEST((model_hash("E2WR") != model_hash("E2WP")));
    struct Case {
        std::string_view key;
        ModelStrength strength;
    };
    for (const Case& c : {Case{"RS2300", ModelStrength::strong}, Case{"67333", ModelStrength::weak},
                          Case{"4843351", ModelStrength::strong}, Case{"2024", ModelStrength::none},
                          Case{"500ML", ModelStrength::none}, Case{"A3", ModelStrength::weak},
                          Case{"SALON", ModelStrength::none}, Case{"", ModelStrength::none}}) {
        BOOST_TEST(int(model_strength(c.key)) == int(c.strength), c.key);
    }
}

BOOST_AUTO_TEST_CASE(csv_rows_keep_quotes_commas_and_line_breaks) {
    std::istringstream in(
        "\xEF\xBB\xBFid,title\r\n1,\"a \"\"b\"\", c\nd\"\n\n2,\n3,x\"y\n4,\"p\"q\n5,z\n6,\"open");
    CsvReader reader(in);
    const auto row = [&] {
        auto read = reader.next();
        BOOST_REQUIRE(read);
        if (!read->ok()) return std::string(spelling(read->error().code));
        std::string out;
        for (const std::string& field : **read)
            out += "[" + field + "]";
        return out;
    };
    BOOST_TEST(row() == "[id][title]");
    BOOST_TEST(row() == "[1][a \"b\", c\nd]");
    BOOST_TEST(row() == "[2][]");
    BOOST_TEST(reader.line() == 5);
    BOOST_TEST(row() == "bad-csv");
    BOOST_TEST(row() == "bad-csv");
    BOOST_TEST(row() == "[5][z]");
    BOOST_TEST(row() == "bad-csv");
    BOOST_TEST(!reader.next());
}

BOOST_AUTO_TEST_CASE(a_csv_row_over_its_limits_is_refused_and_the_next_is_read) {
    std::istringstream in(std::string(5'000, 'x') + "\na,b,c\n1,2\n");
    CsvReader reader(in, {.row_bytes_max = 100, .fields_max = 2});
    auto first = reader.next();
    BOOST_TEST(spelling(first->error().code) == "limit");
    auto second = reader.next();
    BOOST_TEST(spelling(second->error().code) == "limit");
    auto third = reader.next();
    BOOST_TEST((*third)->size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::text
