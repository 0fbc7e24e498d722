// Tables row by row in both dialects, and the encodings they come in.
#include "gateway/text/table_reader.h"

#include <boost/test/unit_test.hpp>

#include "gateway/base/errors.h"
#include "gateway/text/decoder.h"

namespace recall::text {
namespace {

constexpr TableDialect bare{'\t', Quoting::bare};

// "3: a|b" for a row that begins on line 3, "3! bad-csv" for one that is none. The source gives so
// many bytes at a time.
std::vector<std::string> rows_of(std::string_view text, TableDialect dialect = {},
                                 TableLimits limits = {}, std::size_t piece = 1) {
    TableReader reader(
        [text, piece](std::span<char> buffer) mutable {
            const std::size_t size = std::min({piece, text.size(), buffer.size()});
            std::copy_n(text.data(), size, buffer.data());
            text.remove_prefix(size);
            return size;
        },
        dialect, limits);
    std::vector<std::string> out;
    while (reader.next()) {
        std::string row = std::to_string(reader.line());
        if (reader.error()) {
            out.push_back(row + "! " + std::string(spelling(reader.error()->code)));
            continue;
        }
        row += ": ";
        for (std::size_t i = 0; i < reader.cells().size(); ++i)
            row += (i > 0 ? "|" : "") + std::string(reader.cells()[i]);
        out.push_back(row);
    }
    return out;
}

using Rows = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(rows_are_cut_as_their_dialect_says) {
    const struct {
        const char* text;
        TableDialect dialect;
        Rows rows;
    } cases[] = {
        {"", {}, {}},
        {"\n\r\n", {}, {}},
        {"\xEF\xBB\xBF"
         "a,b\r\nc,",
         {},
         {"1: a|b", "2: c|"}},
        {"a,\"b,\"\"c\"\"\nd\"\n\ne,f", {}, {"1: a|b,\"c\"\nd", "4: e|f"}},
        {"\"a\"x,b\nc,d", {}, {"1! bad-csv", "2: c|d"}},
        {"a\"x,b\nc,d", {}, {"1! bad-csv", "2: c|d"}},
        {"a,b\nc,\"d\ne", {}, {"1: a|b", "2! bad-csv"}},
        {"a\t\"b\tc\r\n\td\n", bare, {"1: a|\"b|c", "2: |d"}},
        {"a\rb\tc\x0B\n", bare, {"1: a\rb|c\x0B"}},
        {"a;b,c", {';', Quoting::quoted}, {"1: a|b,c"}},
    };
    for (const auto& row : cases) {
        for (const std::size_t piece : {1U, 2U, 1000U})
            BOOST_TEST(rows_of(row.text, row.dialect, {}, piece) == row.rows, row.text);
    }
}

BOOST_AUTO_TEST_CASE(a_row_over_a_limit_is_told_and_the_next_one_read) {
    const Rows rows = {"1! limit", "2: c|d"};
    for (const TableDialect dialect : {TableDialect{}, bare}) {
        const std::string separator(1, dialect.separator);
        const std::string last = "\nc" + separator + "d";
        BOOST_TEST(rows_of(std::string(50, 'x') + last, dialect, {.row_bytes_max = 9}) == rows);
        BOOST_TEST(rows_of("a" + separator + "b" + separator + "c" + last, dialect,
                           {.cells_max = 2}) == rows);
    }
}

BOOST_AUTO_TEST_CASE(every_encoding_is_read_strictly) {
    const struct {
        const char* encoding;
        const char* bytes;
        const char* text;  // empty: refused
    } cases[] = {
        {"utf-8", "caf\xC3\xA9", "café"},
        {"UTF-8", "caf\xE9", ""},
        {"Windows-1252",
         "\x93"
         "caf\xE9\x94 \x80",
         "“café” €"},
        {"ISO-8859-1", "\xE9", "é"},
        {"Shift_JIS", "\x89\xF1\x8E\xFB \x95\x5C \x87\x40", "回収 表 ①"},
        {"Shift_JIS", "\x89", ""},
        {"EUC-JP", "\xB2\xF3\xBC\xFD", "回収"},
        {"GB18030", "\xD5\xD9\xBB\xD8", "召回"},
    };
    for (const auto& row : cases) {
        auto decoder = Decoder::open(row.encoding);
        BOOST_REQUIRE(decoder.ok());
        for (int turn = 0; turn < 2; ++turn) {  // an error leaves nothing behind
            const auto text = decoder->decode(row.bytes);
            BOOST_TEST((text ? *text : "") == row.text, row.encoding);
            BOOST_TEST(decoder->decode("plain").value() == "plain");
        }
    }
    BOOST_TEST(!Decoder::open("UTF-16").ok());
    BOOST_TEST(!Decoder::open("ISO-2022-JP").ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::text
