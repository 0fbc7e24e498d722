#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "gateway/net/inflater.h"
#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using net::Coding;
using test::FetchFixture;
using test::RawServer;
using test::reply;

namespace {

constexpr int as_gzip = 15 + 16;
constexpr int as_zlib = 15;
constexpr int as_raw = -15;

std::string compressed(std::string_view text, int window_bits = as_gzip) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string some_text() {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += std::to_string(i * 7919 % 10'007) + ",";
    return text;
}

// The text, or "!" and an error.
std::string inflated(Coding coding, std::string_view bytes, std::size_t step) {
    net::Inflater inflater(coding);
    std::string out;
    const net::ByteSink sink = [&out](std::string_view part) {
        out += part;
        return Result<void>();
    };
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        if (auto fed = inflater.feed(bytes.substr(at, step), sink); !fed) {
            return "!" + std::string(spelling(fed.error().code));
        }
    }
    const auto whole = inflater.finish();
    return whole ? out : "!" + std::string(spelling(whole.error().code));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_coding)

BOOST_AUTO_TEST_CASE(compressed_bodies_are_read_to_their_end_and_not_beyond) {
    const std::string text = some_text();
    const std::string gzip = compressed(text);
    const std::string zlib = compressed(text, as_zlib);
    const std::string raw = compressed(text, as_raw);
    std::string damaged = gzip;
    damaged[damaged.size() - 6] ^= 1;  // its check sum
    struct Row {
        const char* what;
        Coding coding;
        std::string bytes;
        std::string wanted;
    };
    const Row rows[] = {
        {"gzip", Coding::gzip, gzip, text},
        {"two members", Coding::gzip, gzip + gzip, text + text},
        {"nothing, compressed", Coding::gzip, compressed(""), ""},
        {"zlib", Coding::deflate, zlib, text},
        {"raw deflate", Coding::deflate, raw, text},
        {"nothing at all", Coding::gzip, "", "!truncated"},
        {"one byte", Coding::deflate, "x", "!truncated"},
        {"cut gzip", Coding::gzip, gzip.substr(0, gzip.size() / 2), "!truncated"},
        {"cut in the check sum", Coding::gzip, gzip.substr(0, gzip.size() - 1), "!truncated"},
        {"cut zlib", Coding::deflate, zlib.substr(0, zlib.size() - 1), "!truncated"},
        {"cut raw deflate", Coding::deflate, raw.substr(0, raw.size() - 1), "!truncated"},
        {"cut second member", Coding::gzip, gzip + gzip.substr(0, 20), "!truncated"},
        {"bytes after gzip", Coding::gzip, gzip + "x", "!wrong-document"},
        {"zeros after gzip", Coding::gzip, gzip + std::string(8, '\0'), "!wrong-document"},
        {"bytes after zlib", Coding::deflate, zlib + zlib, "!wrong-document"},
        {"wrong check sum", Coding::gzip, damaged, "!wrong-document"},
        {"no gzip", Coding::gzip, "[1,2,3]", "!wrong-document"},
        {"zlib for gzip", Coding::gzip, zlib, "!wrong-document"},
        {"bomb", Coding::gzip, compressed(std::string(8U << 20U, 'x')), "!too-large"},
    };
    for (const Row& row : rows) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 24U}) {
            BOOST_TEST_CONTEXT(row.what << " by " << step) {
                BOOST_TEST((inflated(row.coding, row.bytes, step) == row.wanted));
            }
        }
    }
    // It grows as much, but cannot hurt.
    const std::string small(net::inflate_ratio_free_bytes, 'x');
    BOOST_TEST((inflated(Coding::gzip, compressed(small), 1000) == small));
}

BOOST_AUTO_TEST_CASE(codings_that_were_not_asked_for_are_refused) {
    for (const char* text : {"br", "zstd", "gzip, gzip", "gzip,", "compress"})
        BOOST_TEST(!net::coding_of(text).ok());
    BOOST_TEST((net::coding_of("GZip").value() == Coding::gzip));
    BOOST_TEST((net::coding_of("x-gzip").value() == Coding::gzip));
    BOOST_TEST((net::coding_of("identity").value() == Coding::identity));
    BOOST_TEST((net::coding_of("").value() == Coding::identity));
}

BOOST_FIXTURE_TEST_CASE(a_compressed_reply_is_spooled_decompressed, FetchFixture) {
    const std::string text = some_text();
    const std::string gzip = compressed(text);
    const std::string coded = "Content-Encoding: gzip\r\n";
    const std::string replies[] = {
        reply("200 OK", gzip, coded),
        reply("200 OK", compressed(text, as_zlib), "Content-Encoding: deflate\r\n"),
        // Ends with the connection, but the coding has an end of its own.
        "HTTP/1.1 200 OK\r\n" + coded + "\r\n" + gzip,
    };
    for (const std::string& bytes : replies) {
        const RawServer server({bytes});
        const auto fetched = fetch_url(server.url("/"));
        BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
        BOOST_TEST((test::content(*fetched) == text));
        BOOST_TEST(fetched->bytes == text.size());
        BOOST_TEST(fetched->is_length_proven);
    }
}

BOOST_FIXTURE_TEST_CASE(a_compressed_reply_keeps_every_limit, FetchFixture) {
    const std::string coded = "Content-Encoding: gzip\r\n";
    const std::string text = some_text();
    const std::string gzip = compressed(text);
    BOOST_TEST(outcome(reply("200 OK", gzip.substr(0, gzip.size() - 9), coded)) == "truncated");
    BOOST_TEST(outcome("HTTP/1.1 200 OK\r\n" + coded + "\r\n" + gzip.substr(0, 100)) ==
               "truncated");
    BOOST_TEST(outcome(reply("200 OK", gzip + "junk", coded)) == "wrong-document");
    BOOST_TEST(outcome(reply("200 OK", gzip, "Content-Encoding: br\r\n")) == "wrong-document");
    BOOST_TEST(outcome(reply("200 OK", text, coded)) == "wrong-document");
    BOOST_TEST(outcome(reply("200 OK", gzip, coded + coded)) == "wrong-document");
    BOOST_TEST(outcome(reply("200 OK", compressed(std::string(16U << 20U, '\0')), coded)) ==
               "too-large");
    const RawServer server({reply("200 OK", gzip, coded)});
    BOOST_TEST(spelt(fetch({.url = server.url("/"), .bytes_max = text.size() - 1})) == "too-large");
    BOOST_TEST(spelt(fetch({.url = server.url("/"), .bytes_max = text.size()})) == "ok");
    BOOST_TEST(spool_is_empty());
}

BOOST_FIXTURE_TEST_CASE(a_reply_cut_anywhere_never_passes_for_whole, FetchFixture) {
    const std::string text = "[{\"id\":1,\"title\":\"Lamp\"}]";
    const std::string gzip = compressed(text);
    const std::string half = gzip.substr(0, 20);
    const std::string rest = gzip.substr(20);
    std::ostringstream chunked;
    chunked << std::hex << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            << "Content-Encoding: gzip\r\n\r\n"
            << half.size() << "\r\n"
            << half << "\r\n"
            << rest.size() << "\r\n"
            << rest << "\r\n0\r\n\r\n";
    for (const std::string& whole : {reply("200 OK", text), chunked.str()}) {
        std::vector<std::string> replies;
        for (std::size_t size = 0; size <= whole.size(); ++size)
            replies.push_back(whole.substr(0, size));
        const RawServer server(replies);
        net::Fetcher fetcher(options, clock);
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            BOOST_TEST_CONTEXT(size << " bytes of " << whole) {
                const auto fetched = fetcher.fetch({.url = server.url("/")}, manners);
                BOOST_TEST(fetched.ok() == (size == whole.size()));
                if (fetched) BOOST_TEST(test::content(*fetched) == text);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_gzip_body_is_an_error_or_makes_no_difference) {
    const std::string text = some_text().substr(0, 500);
    const std::string gzip = compressed(text);
    for (std::size_t at = 0; at < gzip.size() * 8; ++at) {
        std::string damaged = gzip;
        damaged[at / 8] = static_cast<char>(damaged[at / 8] ^ (1U << at % 8));
        const std::string out = inflated(Coding::gzip, damaged, 1000);
        BOOST_TEST_CONTEXT("bit " << at) { BOOST_TEST((out.front() == '!' || out == text)); }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
