// Genuine replies of one source, one after the other, through whole polls: exactly the changes that
// are in them, and nothing twice. The numbers were found by a script that knows nothing of the
// mapping: it reads the JSON, keys the records (number and language; NID) and compares each with
// the one before, field by field.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/samples.h"
#include "tests/support/scripted_source.h"

namespace recall {
using store::NoticeChange;
using test::counts_of;
using test::samples;
using test::ScriptedSource;
using test::TestStore;

namespace {

namespace files = std::filesystem;

// The run that finds the file as the source's list.
ingest::RunReport poll(ScriptedSource& source, const files::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    const std::string packed = file.extension() == ".gz" ? "Content-Encoding: gzip\r\n" : "";
    source.answer_with([reply = test::ScriptedReply{text.str(), 200, packed}](const std::string&) {
        return reply;
    });
    const auto report = source.poll();
    BOOST_TEST((report.state == store::RunState::healthy), report.reason);
    return report;
}

// "title, url": what differs between the last revision and the one before.
std::string last_change(ScriptedSource& source, const std::string& key) {
    const auto revisions = source.revisions(key);
    std::string out;
    if (revisions.empty()) return "no such notice";
    for (const auto& difference : revisions.back().differences)
        out += (out.empty() ? "" : ", ") + difference.path;
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_revisions)

// 72, 72, 74, 76, 78 and 81 records, of which 25, 25, 25, 26, 26 and 26 are Spanish, each with an
// English half: 47, 47, 49, 50, 52 and 55 notices. No record leaves. In the last reply the field
// field_recall_url is new in every record, so that every notice known before it changes.
BOOST_AUTO_TEST_CASE(six_replies_of_the_meat_inspection_give_the_changes_that_are_in_them) {
    const auto replies = samples("us-fsis", ".json");
    if (replies.empty()) return;
    BOOST_REQUIRE(replies.size() == 6);
    const char* const expected[] = {
        "fetched 47, new 47, changed 0, unchanged 0, vanished 0, quarantined 0",
        // 030-2024: summary.
        "fetched 47, new 0, changed 1, unchanged 46, vanished 0, quarantined 0",
        // New: 030-2024-EXP, 031-2024. 029-2024: active notice in both halves; 030-2024: summary.
        "fetched 49, new 2, changed 2, unchanged 45, vanished 0, quarantined 0",
        // New: PHA-11222024-01. 030-2024: outbreak; 030-2024-EXP: summary and others; 031-2024: its
        // Spanish half comes.
        "fetched 50, new 1, changed 3, unchanged 46, vanished 0, quarantined 0",
        // New: two alerts. 026-2024: closed; 030-2024, 030-2024-EXP: list of shops;
        // PHA-11222024-01: active notice.
        "fetched 52, new 2, changed 4, unchanged 46, vanished 0, quarantined 0",
        // New: 032, 033 and 034-2024.
        "fetched 55, new 3, changed 52, unchanged 0, vanished 0, quarantined 0"};
    test::on_each_store([&](TestStore& store) {
        ScriptedSource source(store, "us-fsis");
        for (std::size_t i = 0; i < replies.size(); ++i) {
            BOOST_TEST_CONTEXT(replies[i].filename()) {
                BOOST_TEST(counts_of(poll(source, replies[i])) == expected[i]);
                if (i == 1)
                    BOOST_TEST(last_change(source, "030-2024") ==
                               "summary/0/text, documents/2/url, documents/2/title");
                if (i == 4) {
                    BOOST_TEST(last_change(source, "PHA-11222024-01") ==
                               "measures/0/code, measures/0/text/0/lang, measures/0/text/0/text");
                    BOOST_TEST(last_change(source, "030-2024") == "documents/4/title");
                }
            }
        }
        // The last reply once more: nothing twice.
        BOOST_TEST(counts_of(poll(source, replies.back())) ==
                   "fetched 55, new 0, changed 0, unchanged 55, vanished 0, quarantined 0");
        // What an earlier reply lacks is gone with it, and comes back.
        BOOST_TEST(counts_of(poll(source, replies[4])) ==
                   "fetched 52, new 0, changed 52, unchanged 0, vanished 3, quarantined 0");
        BOOST_TEST(counts_of(poll(source, replies[5])) ==
                   "fetched 55, new 0, changed 55, unchanged 0, vanished 0, quarantined 0");
        BOOST_TEST((source.revisions("034-2024").back().change == NoticeChange::reappeared));
    });
}

// 33,948 rows and 33,949, every NID once: 82502 is new, and 82492 has another title and another
// address under the same "Last updated".
BOOST_AUTO_TEST_CASE(two_dumps_of_canada_give_one_new_and_one_changed_row) {
    const auto dumps = samples("ca-recalls", ".json.gz");
    if (dumps.empty()) return;
    BOOST_REQUIRE(dumps.size() == 2);
    TestStore store(store::Dialect::sqlite);
    ScriptedSource source(store, "ca-recalls");
    BOOST_TEST(counts_of(poll(source, dumps[0])) ==
               "fetched 33948, new 33948, changed 0, unchanged 0, vanished 0, quarantined 0");
    BOOST_TEST(counts_of(poll(source, dumps[1])) ==
               "fetched 33949, new 1, changed 1, unchanged 33947, vanished 0, quarantined 0");
    BOOST_TEST(last_change(source, "82492") == "url, title/0/text");
    BOOST_TEST((source.revisions("82502").back().change == NoticeChange::created));
    BOOST_TEST(counts_of(poll(source, dumps[1])) ==
               "fetched 33949, new 0, changed 0, unchanged 33949, vanished 0, quarantined 0");
    BOOST_TEST(counts_of(poll(source, dumps[0])) ==
               "fetched 33948, new 0, changed 1, unchanged 33947, vanished 1, quarantined 0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
