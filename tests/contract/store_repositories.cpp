// The smaller repositories, each on both databases.
#include "gateway/store/api_keys.h"
#include "gateway/store/leases.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/raw_archive.h"
#include "gateway/store/runs.h"
#include "gateway/store/source_state.h"
#include "tests/support/stores.h"

#include <boost/test/unit_test.hpp>

#include <cstring>

namespace recall::store {
using test::on_each_store;
using test::test_now;
using test::TestStore;

namespace {

// A session with a transaction that is never committed: each case starts from nothing.
struct Scratch {
    explicit Scratch(TestStore& store) : lease(store.database().lease()), transaction(*lease) {}
    SessionLease lease;
    WriteTransaction transaction;
    Session& session() { return *lease; }
};

std::string all_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 31 + (i >> 8));
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_repositories)

BOOST_AUTO_TEST_CASE(a_payload_is_stored_once_and_comes_back_exactly) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        RawArchive archive(scratch.session());
        for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(256),
                                       raw_chunk_bytes, 2 * raw_chunk_bytes + 7}) {
            const std::string bytes = all_bytes(size);
            const RawPayload payload{.sha256 = "sha" + std::to_string(size),
                                     .media_type = "text/html",
                                     .url = "https://example.org/",
                                     .fetched_at = test_now};
            BOOST_TEST((archive.put(payload, bytes) == PutOutcome::stored));
            BOOST_TEST((archive.put(payload, bytes) == PutOutcome::known));
            BOOST_TEST((archive.get(payload.sha256, 10 << 20).value() == bytes));
            BOOST_TEST(archive.find(payload.sha256)->bytes == static_cast<long long>(size));
            BOOST_TEST((archive.find(payload.sha256)->fetched_at == test_now));
        }
        BOOST_TEST((archive.get("sha256", 255).error().code == ErrorCode::too_large));
        BOOST_TEST((archive.get("none", 255).error().code == ErrorCode::not_found));
    });
}

BOOST_AUTO_TEST_CASE(a_streamed_payload_is_asked_for_in_bounded_pieces) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        RawArchive archive(scratch.session());
        std::size_t left = 5 * raw_chunk_bytes + 3;
        const auto total = static_cast<long long>(left);
        archive.put({.sha256 = "big", .media_type = "", .url = "", .fetched_at = test_now},
                    [&](std::span<char> buffer) {
                        BOOST_TEST(buffer.size() <= raw_chunk_bytes);
                        const std::size_t size = std::min<std::size_t>({buffer.size(), left, 9999});
                        std::memset(buffer.data(), 'x', size);
                        left -= size;
                        return size;
                    });
        long long seen = 0;
        const Result<void> done = archive.read("big", [&](std::string_view piece) {
            BOOST_TEST(piece.size() <= raw_chunk_bytes);
            seen += static_cast<long long>(piece.size());
        });
        BOOST_TEST(done.ok());
        BOOST_TEST(seen == total);
    });
}

BOOST_AUTO_TEST_CASE(a_damaged_payload_is_noticed) {
    static constexpr Sql damage{
        "test.damage", "update raw_chunk set content = cast(:content as blob) where position = 0"};
    static constexpr Sql lose{"test.lose", "delete from raw_chunk where position = 0"};
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        RawArchive archive(scratch.session());
        archive.put({.sha256 = "a", .media_type = "", .url = "", .fetched_at = test_now}, "hello");
        scratch.session().execute(damage, {{"content", Parameter::Bytes{"rubbish"}}});
        BOOST_CHECK_THROW((void)archive.get("a", 100), Failure);
        scratch.session().execute(lose, {});
        BOOST_CHECK_THROW((void)archive.get("a", 100), Failure);
    });
}

BOOST_AUTO_TEST_CASE(a_quarantined_record_keeps_its_bytes_and_is_resolved_once) {
    using namespace std::string_literals;
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Quarantine quarantine(scratch.session());
        QuarantinedRecord record{.source = "us-cpsc",
                                 .key = "k\0\xFF"s,
                                 .issues = {{ErrorCode::bad_date, "Date", "31/02\0"s}},
                                 .raw_sha256 = "aa",
                                 .locator = "$[3]",
                                 .bytes = all_bytes(1000)};
        const long long id = quarantine.add(record, test_now);
        BOOST_TEST(quarantine.add(record, test_now) == id);
        const auto stored = quarantine.get(id);
        BOOST_TEST((stored->bytes == record.bytes));
        BOOST_TEST(stored->key == "k\uFFFD\uFFFD");
        BOOST_TEST(stored->issues.at(0).value == "31/02\uFFFD");
        BOOST_TEST(stored->times_seen == 2);
        BOOST_TEST(quarantine.open_count("us-cpsc") == 1);

        const auto resolve = [&](long long row) {
            return quarantine.resolve(row, QuarantineState::dismissed, "wang", "a test", test_now);
        };
        BOOST_TEST(resolve(id).ok());
        BOOST_TEST((resolve(id).error().code == ErrorCode::conflict));
        BOOST_TEST((resolve(id + 1).error().code == ErrorCode::not_found));
        BOOST_TEST(!quarantine.mark_replayed("us-cpsc", record.key, test_now));
        quarantine.add(record, test_now);
        BOOST_TEST(quarantine.mark_replayed("us-cpsc", record.key, test_now));

        for (const char* key : {"b", "c", "d"}) {
            record.key = key;
            quarantine.add(record, test_now);
        }
        const auto first = quarantine.list("us-cpsc", QuarantineState::open, "", 2);
        BOOST_TEST(first->rows.size() == 2U);
        const auto rest = quarantine.list("us-cpsc", QuarantineState::open, first->cursor, 2);
        BOOST_TEST(rest->rows.size() == 1U);
        BOOST_TEST(rest->cursor == "");
        BOOST_TEST(quarantine.list("", {}, "", 100)->rows.size() == 4U);
    });
}

BOOST_AUTO_TEST_CASE(a_run_is_one_row_from_start_to_finish) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Runs runs(scratch.session());
        const long long id = runs.start("us-cpsc", test_now);
        BOOST_TEST((runs.latest("us-cpsc")->state == RunState::running));
        const RunCounts counts{7, 1, 2, 3, 4, 5};
        runs.finish(id, RunState::degraded, "too few records", counts, test_now);
        const auto latest = runs.latest("us-cpsc");
        BOOST_TEST((latest->counts == counts));
        BOOST_TEST(latest->reason == "too few records");
        BOOST_TEST(runs.start("us-cpsc", test_now) > id);
        BOOST_TEST(runs.fail_unfinished("us-cpsc", "the gateway stopped", test_now) == 1);
        BOOST_TEST((runs.latest("us-cpsc")->state == RunState::failed));
        BOOST_TEST(runs.list("", 10).size() == 2U);
        BOOST_TEST(!runs.latest("jp-caa"));
    });
}

BOOST_AUTO_TEST_CASE(fingerprints_tell_new_changed_and_vanished_records) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Fingerprints prints(scratch.session());
        BOOST_TEST((prints.touch("s", "a", "1", 1) == Seen::created));
        BOOST_TEST((prints.touch("s", "b", "1", 1) == Seen::created));
        BOOST_TEST((prints.touch("s", "a", "1", 2) == Seen::unchanged));
        BOOST_TEST((prints.unseen("s", 2, "", 10) == std::vector<std::string>{"b"}));
        prints.mark_absent("s", "b");
        BOOST_TEST(prints.unseen("s", 2, "", 10).empty());
        BOOST_TEST(prints.present_count("s") == 1);
        BOOST_TEST((prints.touch("s", "b", "1", 3) == Seen::returned));
        BOOST_TEST((prints.touch("s", "a", "2", 3) == Seen::changed));
        prints.forget("s");
        BOOST_TEST((prints.touch("s", "a", "2", 4) == Seen::changed));
    });
}

BOOST_AUTO_TEST_CASE(cursors_and_field_counts_are_kept_per_source) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Cursors cursors(scratch.session());
        cursors.set("s", "etag", "1");
        cursors.set("s", "etag", "2");
        cursors.set("t", "etag", "3");
        BOOST_TEST(cursors.all("s").size() == 1U);
        BOOST_TEST(*cursors.get("s", "etag") == "2");
        cursors.erase("s", "etag");
        BOOST_TEST(!cursors.get("s", "etag"));

        FieldCoverage coverage(scratch.session());
        coverage.add("s", {{"a/b", 1, 0, 0}, {"a/c", 0, 2, 3}});
        coverage.add("s", {{"a/b", 1, 0, 1}});
        const std::vector<FieldCount> expected{{"a/b", 2, 0, 1}, {"a/c", 0, 2, 3}};
        BOOST_TEST((coverage.list("s") == expected));
        coverage.clear("s");
        BOOST_TEST(coverage.list("s").empty());
    });
}

BOOST_AUTO_TEST_CASE(listings_are_found_by_id_by_gtin_and_by_change) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Listings listings(scratch.session());
        model::Listing listing;
        listing.platform = "shop";
        listing.id = "1";
        listing.gtin = "04012345678901";
        BOOST_TEST((listings.upsert(listing, "{1}", test_now) == ListingChange::created));
        BOOST_TEST((listings.upsert(listing, "{1}", test_now) == ListingChange::unchanged));
        BOOST_TEST((listings.upsert(listing, "{2}", test_now) == ListingChange::changed));
        listing.platform = "bazaar";
        listings.upsert(listing, "{3}", test_now);
        BOOST_TEST(listings.get("shop", "1")->json == "{2}");
        BOOST_TEST(listings.by_gtin(listing.gtin, 10).size() == 2U);
        BOOST_TEST(listings.by_gtin("", 10).empty());
        BOOST_TEST(listings.changed_after(0, "", 10).size() == 2U);
        BOOST_TEST(listings.changed_after(0, "shop", 10).size() == 1U);
        BOOST_TEST(listings.count("") == 2);
        BOOST_TEST(listings.remove("shop", "1"));
        BOOST_TEST(!listings.get("shop", "1"));
    });
}

BOOST_AUTO_TEST_CASE(a_revoked_api_key_is_valid_no_more) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        ApiKeys keys(scratch.session());
        const ApiKey key{.id = "k1", .key_hash = "ff", .role = "analyst", .label = "desk"};
        BOOST_TEST(keys.add(key, test_now).ok());
        BOOST_TEST((keys.add(key, test_now).error().code == ErrorCode::conflict));
        BOOST_TEST(keys.find_valid("ff")->role == "analyst");
        BOOST_TEST(!keys.find_valid("fe"));
        BOOST_TEST(keys.revoke("k1", test_now).ok());
        BOOST_TEST((keys.revoke("k1", test_now).error().code == ErrorCode::conflict));
        BOOST_TEST((keys.revoke("k2", test_now).error().code == ErrorCode::not_found));
        BOOST_TEST(!keys.find_valid("ff"));
        BOOST_TEST(keys.list().size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(a_verdict_is_given_once_and_outlives_a_new_score) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Matches matches(scratch.session());
        model::Match match;
        match.listing = "1";
        match.notice = "us-cpsc:1";
        match.score = 0.1 + 0.2;
        match.decision = model::Decision::review;
        const long long id = matches.save(match, "shop", "[]", test_now);
        BOOST_TEST(matches.get(id)->score == match.score);
        const Verdict verdict{MatchState::confirmed, "li", "same model", ""};
        BOOST_TEST(matches.decide(id, MatchState::open, verdict, test_now).ok());
        BOOST_TEST((matches.decide(id, MatchState::open, verdict, test_now).error().code ==
                    ErrorCode::conflict));
        BOOST_TEST((matches.decide(id + 1, MatchState::open, verdict, test_now).error().code ==
                    ErrorCode::not_found));
        match.score = 0.9;
        BOOST_TEST(matches.save(match, "shop", "[1]", test_now) == id);
        BOOST_TEST((matches.get(id)->state == MatchState::confirmed));
        BOOST_TEST(matches.get(id)->evidence_json == "[1]");
        BOOST_TEST(matches.verdicts(id).size() == 1U);
        BOOST_TEST(matches.verdicts(id)[0].reason == "same model");

        MatchFilter filter;
        filter.state = MatchState::confirmed;
        filter.notice = "us-cpsc:1";
        BOOST_TEST(matches.list(filter, "", 10)->rows.size() == 1U);
        filter.decision = model::Decision::match;
        BOOST_TEST(matches.list(filter, "", 10)->rows.empty());
    });
}

BOOST_AUTO_TEST_CASE(a_lease_has_one_holder_until_its_deadline) {
    on_each_store([](TestStore& store) {
        Scratch scratch(store);
        Leases leases(scratch.session());
        constexpr std::chrono::milliseconds length(1000);
        BOOST_TEST(leases.acquire("poll", "a", test_now, length));
        BOOST_TEST(!leases.acquire("poll", "b", test_now, length));
        BOOST_TEST(leases.acquire("poll", "a", test_now + length / 2, length));
        BOOST_TEST(!leases.acquire("poll", "b", test_now + length, length));
        BOOST_TEST(*leases.holder("poll", test_now + length) == "a");
        BOOST_TEST(leases.acquire("poll", "b", test_now + 2 * length, length));
        BOOST_TEST(!leases.release("poll", "a"));
        BOOST_TEST(leases.release("poll", "b"));
        BOOST_TEST(!leases.holder("poll", test_now));
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::store
