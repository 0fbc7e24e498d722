// Records of a long XML document, also where one of them is not well formed.

#include "gateway/xml/record_reader.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace recall::xml {

namespace {

struct Seen {
    std::string records;  // their texts, those that are broken in brackets
    std::string errors;
    std::string rest;  // what was left, or the code of what ended it
};

Seen read(const std::string& text, std::size_t bytes_at_once) {
    std::size_t at = 0;
    const ByteSource source = [&](std::span<char> buffer) {
        const std::size_t size = std::min({buffer.size(), text.size() - at, bytes_at_once});
        std::copy_n(text.data() + at, size, buffer.data());
        at += size;
        return size;
    };
    Seen seen;
    const RecordSinks sinks{[&](Node record) { seen.records += to_text(record) + "\n"; },
                            [&](Node, const Error&) { seen.records += "refused\n"; },
                            [&](std::string_view raw, const Error& error) {
                                seen.records += "[" + std::string(raw) + "]\n";
                                seen.errors +=
                                    std::string(spelling(error.code)) + " " + error.text + "\n";
                            }};
    const std::string path[] = {"all", "r"};
    const auto rest = read_records(source, path, {}, sinks);
    seen.rest = rest ? to_text(rest->root()) : std::string(spelling(rest.error().code));
    return seen;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_records)

BOOST_AUTO_TEST_CASE(a_record_that_is_not_well_formed_costs_no_other) {
    const struct {
        const char* text;
        const char* records;
        const char* rest;
    } cases[] = {
        {"<all><d>1</d><r>a</r><r>b</r></all>", "<r>a</r>\n<r>b</r>\n", "<all><d>1</d></all>"},
        {"<all><d>1</d><r>a</r><r>\xff</r><r>b</r></all>", "<r>a</r>\n[<r>\xff</r>]\n<r>b</r>\n",
         "<all><d>1</d></all>"},
        {"<all><r>a</r><r><x></y></r>\n<r>b</r></all>", "<r>a</r>\n[<r><x></y></r>\n]\n<r>b</r>\n",
         "<all/>"},
        {"<all><r>a</r><r>&none;</r></all>", "<r>a</r>\n[<r>&none;</r>]\n", "<all/>"},
        // Not closed: known only when the records do not end where their element does.
        {"<all><r>a</r><r>b<r>c</r><r>d</r></all>", "<r>a</r>\n[<r>b]\n<r>c</r>\n<r>d</r>\n",
         "<all/>"},
        {"<all><r>a</r><r>b</x></r><r>c</all>", "<r>a</r>\n[<r>b</x></r>]\n[<r>c]\n", "<all/>"},
        {"<all><r>a</r><r>\xff</r><r>\xff</r><r>b</r></all>",
         "<r>a</r>\n[<r>\xff</r>]\n[<r>\xff</r>]\n<r>b</r>\n", "<all/>"},
        // A record may hold its own name, and the text of its tags.
        {"<all><r>a<r>b</r></r><r>c</r></all>", "<r>a<r>b</r></r>\n<r>c</r>\n", "<all/>"},
        {"<all><r>a</r><r><![CDATA[<r>]]>\xff</r><r>b</r></all>",
         "<r>a</r>\n[<r><![CDATA[<r>]]>\xff</r>]\n<r>b</r>\n", "<all/>"},
        {"<all><r>a</r><r><!--<r>--><x y=1/></r><r>b</r></all>",
         "<r>a</r>\n[<r><!--<r>--><x y=1/></r>]\n<r>b</r>\n", "<all/>"},
        // What follows is not there, or what stands around the records is wrong.
        {"<all><r>a</r><r>\xff</r>", "<r>a</r>\n[<r>\xff</r>]\n", "bad-encoding"},
        {"<all><d>\xff</d><r>a</r></all>", "", "bad-encoding"},
        {"<all><r>a</r></none>", "<r>a</r>\n", "bad-xml"},
        {"<all><r>a</r><r>b", "<r>a</r>\nrefused\n", "truncated"},
    };
    for (const auto& row : cases) {
        for (const std::size_t bytes_at_once : {1U, 3U, 7U, 1000U}) {
            BOOST_TEST_CONTEXT(row.text << " by " << bytes_at_once) {
                const Seen seen = read(row.text, bytes_at_once);
                BOOST_TEST(seen.records == row.records);
                BOOST_TEST(seen.rest == row.rest);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_broken_record_is_named_by_line_and_byte) {
    const Seen seen =
        read("<all>\n<r>a</r>\n<r>\n\xff</r>\n<r>b</r>\n<r>\n\n</x>\n</r>\n</all>\n", 1000);
    BOOST_TEST(seen.errors.find("bad-encoding line 4: ") == 0);
    BOOST_TEST(seen.errors.find("; the record begins at byte 15, line 3\n") != std::string::npos);
    BOOST_TEST(seen.errors.find("bad-xml line 8: ") != std::string::npos);
    BOOST_TEST(seen.errors.find("; the record begins at byte 34, line 6\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(so_many_broken_records_and_no_more) {
    std::string text = "<all><r>a</r>";
    for (std::size_t i = 0; i <= broken_records_max; ++i)
        text += "<r></x></r>";
    const Seen seen = read(text + "<r>b</r></all>", 1000);
    BOOST_TEST(seen.rest == "bad-xml");
    BOOST_TEST(std::ranges::count(seen.errors, '\n') == long(broken_records_max));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::xml
