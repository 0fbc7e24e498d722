#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/store/source_state.h"
#include "tests/support/stores.h"

#include <boost/test/unit_test.hpp>

#include <set>

namespace recall::store {
using test::on_each_store;
using test::test_now;
using test::TestStore;

namespace {

model::Notice notice_of(int number) {
    model::Notice notice;
    notice.id = "us-cpsc:" + std::to_string(number);
    notice.source = "us-cpsc";
    notice.number = std::to_string(number);
    notice.jurisdiction = "US";
    notice.kind = "recall";
    notice.risk_level = "serious";
    notice.published_on = Date{2026, 3, static_cast<unsigned>(number % 28 + 1)};
    notice.title.push_back({"en", "Invented Kettle No. " + std::to_string(number), ""});
    notice.hazards.push_back({"burn", {}});
    return notice;
}

const ReadNotice read_json = [](std::string_view json) { return json::read_notice(json); };

NoticeOutcome put(Session& session, const model::Notice& notice, const std::string& hash) {
    return Notices(session).upsert({.notice = notice,
                                    .json = json::write_notice(notice),
                                    .content_hash = hash,
                                    .raw_sha256 = "aa"},
                                   read_json, test_now);
}

void put_many(TestStore& store, int from, int to) {
    in_write_transaction(store.database(), [&](Session& session) {
        for (int i = from; i < to; ++i)
            put(session, notice_of(i), "h");
    });
}

// Every id of the list, page by page, with something done between the pages.
template <class Between>
std::multiset<std::string> walk(TestStore& store, NoticeOrder order, Between between) {
    std::multiset<std::string> ids;
    std::string cursor;
    while (true) {
        Page<StoredNotice> page;
        {
            const SessionLease session = store.database().lease();
            page = Notices(*session).list({}, order, cursor, 7).value();
        }
        for (const StoredNotice& notice : page.rows)
            ids.insert(notice.id);
        if (page.rows.size() < 7 || page.cursor.empty()) return ids;
        cursor = page.cursor;
        between();
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_notices)

BOOST_AUTO_TEST_CASE(an_unchanged_notice_says_what_the_latest_mapping_found) {
    on_each_store([](TestStore& store) {
        const SessionLease session = store.database().lease();
        WriteTransaction transaction(*session);
        model::Notice notice = notice_of(1);
        notice.provenance.emplace();
        notice.provenance->mapping = "xx-test@1";
        notice.provenance->issues = {make_issue(ErrorCode::unmapped, "colour", "red")};
        put(*session, notice, "h");
        notice.provenance->issues.clear();
        put(*session, notice, "h");  // the same mapping: as it was
        Notices notices(*session);
        BOOST_TEST(notices.get(notice.id)->json.find("unmapped") != std::string::npos);
        const long long change = notices.get(notice.id)->change;
        notice.provenance->mapping = "xx-test@2";
        BOOST_TEST((put(*session, notice, "h").change == NoticeChange::unchanged));
        transaction.commit();
        const auto stored = notices.get(notice.id);
        BOOST_TEST(stored->json == json::write_notice(notice));
        BOOST_TEST(stored->revision == 1);
        BOOST_TEST(stored->change == change);
    });
}

BOOST_AUTO_TEST_CASE(a_notice_goes_through_all_its_changes) {
    on_each_store([](TestStore& store) {
        const SessionLease session = store.database().lease();
        WriteTransaction transaction(*session);
        Notices notices(*session);
        model::Notice notice = notice_of(1);

        BOOST_TEST((put(*session, notice, "h1").change == NoticeChange::created));
        BOOST_TEST((put(*session, notice, "h1").change == NoticeChange::unchanged));
        notice.risk_level = "low";
        notice.products.push_back({});
        notice.products[0].brands = {"Nordkessel"};
        const NoticeOutcome changed = put(*session, notice, "h2");
        BOOST_TEST((changed.change == NoticeChange::changed));
        BOOST_TEST(changed.revision == 2);
        BOOST_TEST(changed.differences.size() == 2U);

        BOOST_TEST((notices.mark_vanished(notice.id, test_now)->change == NoticeChange::vanished));
        BOOST_TEST((notices.mark_vanished(notice.id, test_now)->change == NoticeChange::unchanged));
        BOOST_TEST(notices.active_after(0, 10).empty());
        BOOST_TEST(notices.changed_after(0, 10).size() == 1U);
        BOOST_TEST((put(*session, notice, "h2").change == NoticeChange::reappeared));
        transaction.commit();

        const auto revisions = notices.revisions(notice.id);
        BOOST_REQUIRE(revisions.size() == 4U);
        BOOST_TEST((revisions[1].differences == changed.differences));
        BOOST_TEST(revisions[0].json == json::write_notice(notice_of(1)));
        BOOST_TEST(revisions[2].differences.at(0).after == "vanished");
        BOOST_TEST(notices.get(notice.id)->revision == 4);
        BOOST_TEST(notices.get(notice.id)->json == json::write_notice(notice));
        BOOST_TEST(!notices.get("us-cpsc:none"));
        BOOST_TEST(!notices.revision(notice.id, 5));
    });
}

BOOST_AUTO_TEST_CASE(marking_an_unknown_notice_says_not_found) {
    on_each_store([](TestStore& store) {
        const SessionLease session = store.database().lease();
        WriteTransaction transaction(*session);
        const auto outcome = Notices(*session).mark_vanished("us-cpsc:none", test_now);
        BOOST_TEST((outcome.error().code == ErrorCode::not_found));
    });
}

BOOST_AUTO_TEST_CASE(paging_loses_no_row_while_rows_are_inserted) {
    on_each_store([](TestStore& store) {
        put_many(store, 0, 50);
        for (const NoticeOrder order : {NoticeOrder::changes, NoticeOrder::newest}) {
            int next = 1000 * (1 + static_cast<int>(order));
            const int first = next;
            const auto ids = walk(store, order, [&] {
                if (next < first + 5) put_many(store, next, next + 1);
                ++next;
            });
            for (int i = 0; i < 50; ++i) {
                BOOST_TEST(ids.count("us-cpsc:" + std::to_string(i)) == 1U);
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(in_the_order_of_changes_a_notice_changed_meanwhile_is_seen_again) {
    on_each_store([](TestStore& store) {
        put_many(store, 0, 20);
        bool is_done = false;
        const auto ids = walk(store, NoticeOrder::changes, [&] {
            if (is_done) return;
            is_done = true;
            in_write_transaction(store.database(), [&](Session& session) {
                put(session, notice_of(0), "other");
                put(session, notice_of(19), "other");
            });
        });
        BOOST_TEST(ids.count("us-cpsc:0") == 2U);
        BOOST_TEST(ids.count("us-cpsc:19") == 1U);
        BOOST_TEST(ids.size() == 21U);
    });
}

BOOST_AUTO_TEST_CASE(filters_choose_the_notices_they_name) {
    on_each_store([](TestStore& store) {
        put_many(store, 0, 28);
        in_write_transaction(store.database(), [&](Session& session) {
            model::Notice other = notice_of(100);
            other.id = "jp-caa:1";
            other.source = "jp-caa";
            other.jurisdiction = "JP";
            other.kind = "alert";
            other.risk_level = "";
            other.published_on = Date{2025, 2, 0};
            other.title[0].text = "50%_off Heater";
            other.hazards = {{"fire", {}}, {"electric_shock", {}}};
            put(session, other, "h");
        });
        struct Row {
            NoticeFilter filter;
            std::size_t expected;
        };
        const auto filter = [](auto set) {
            NoticeFilter made;
            set(made);
            return made;
        };
        const std::vector<Row> rows{
            {{}, 29},
            {filter([](auto& f) { f.source = "jp-caa"; }), 1},
            {filter([](auto& f) { f.jurisdiction = "US"; }), 28},
            {filter([](auto& f) { f.kind = "alert"; }), 1},
            {filter([](auto& f) { f.hazard = "electric_shock"; }), 1},
            {filter([](auto& f) { f.hazard = "electric"; }), 0},
            {filter([](auto& f) { f.hazard = "burn"; }), 28},
            {filter([](auto& f) { f.risk_level = "serious"; }), 28},
            {filter([](auto& f) { f.state = "vanished"; }), 0},
            {filter([](auto& f) { f.text = "50%_OFF"; }), 1},
            {filter([](auto& f) { f.text = "5%o"; }), 0},
            {filter([](auto& f) { f.text = "kettle no. 27"; }), 1},
            {filter([](auto& f) {
                 f.published_to = Date{2025, 0, 0};
             }),
             1},
            {filter([](auto& f) {
                 f.published_from = Date{2026, 3, 1};
                 f.published_to = Date{2026, 3, 2};
             }),
             2},
            {filter([](auto& f) { f.updated_since = test_now; }), 29},
            {filter([](auto& f) { f.updated_since = test_now + std::chrono::milliseconds(1); }), 0},
            {filter([](auto& f) {
                 f.source = "us-cpsc";
                 f.text = "' or 1=1 --";
             }),
             0},
        };
        const SessionLease session = store.database().lease();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            BOOST_TEST_CONTEXT("row " << i) {
                const auto page =
                    Notices(*session).list(rows[i].filter, NoticeOrder::newest, "", 100);
                BOOST_TEST(page->rows.size() == rows[i].expected);
            }
        }
        BOOST_TEST(Notices(*session).count("us-cpsc") == 28);
        BOOST_TEST(Notices(*session).count("") == 29);
    });
}

BOOST_AUTO_TEST_CASE(a_cursor_that_is_none_is_refused) {
    on_each_store([](TestStore& store) {
        const SessionLease session = store.database().lease();
        for (const char* cursor : {"x", "c1~", "c1~5", "c1~x~", "c2~5~", "c1~99999999999999999999~",
                                   "c1~5~2026-01-01"}) {
            const auto page = Notices(*session).list({}, NoticeOrder::changes, cursor, 5);
            BOOST_TEST(!page.ok());
        }
    });
}

BOOST_AUTO_TEST_CASE(a_cursor_is_saved_with_its_records_or_not_at_all) {
    on_each_store([](TestStore& store) {
        const auto save = [&](bool is_interrupted) {
            in_write_transaction(store.database(), [&](Session& session) {
                put(session, notice_of(1), "h");
                Cursors(session).set("us-cpsc", "last_id", "1");
                if (is_interrupted) throw Failure(ErrorCode::io, "injected");
            });
        };
        const auto is_saved = [&] {
            const SessionLease session = store.database().lease();
            const bool has_cursor = Cursors(*session).get("us-cpsc", "last_id").has_value();
            BOOST_TEST(has_cursor == Notices(*session).get("us-cpsc:1").has_value());
            return has_cursor;
        };
        BOOST_CHECK_THROW(save(true), Failure);
        BOOST_TEST(!is_saved());
        save(false);
        BOOST_TEST(is_saved());
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::store
