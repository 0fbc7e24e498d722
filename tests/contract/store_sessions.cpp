// Sessions, transactions and migrations: the promises that every repository builds on.
#include "gateway/store/column_text.h"
#include "gateway/store/migrations.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/source_state.h"
#include "tests/support/stores.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

namespace recall::store {
using test::on_each_store;
using test::test_now;
using test::TestStore;

namespace {

std::string cursor_of(Database& database, const std::string& source) {
    const SessionLease session = database.lease();
    return Cursors(*session).get(source, "etag").value_or("none");
}

template <class Work>
ErrorCode code_of(Work work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.code();
    }
    return ErrorCode::internal;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sessions)

BOOST_AUTO_TEST_CASE(a_failure_in_the_middle_of_a_transaction_leaves_nothing) {
    on_each_store([](TestStore& store) {
        const auto work = [&](Session& session) {
            Cursors(session).set("us-cpsc", "etag", "1");
            throw Failure(ErrorCode::io, "injected");
        };
        BOOST_TEST(
            (code_of([&] { in_write_transaction(store.database(), work); }) == ErrorCode::io));
        BOOST_TEST(cursor_of(store.database(), "us-cpsc") == "none");
    });
}

BOOST_AUTO_TEST_CASE(a_refused_statement_in_a_transaction_leaves_nothing_and_names_no_value) {
    on_each_store([](TestStore& store) {
        static constexpr Sql orphan{
            "test.orphan",
            "insert into quarantine_issue (quarantine, position, code, path, value) "
            "values (999, 0, 'c', 'p', :value)"};
        std::string text;
        try {
            in_write_transaction(store.database(), [](Session& session) {
                Cursors(session).set("us-cpsc", "etag", "1");
                session.execute(orphan, {{"value", "secret-value"}});
            });
        } catch (const Failure& failure) {
            text = failure.error().line();
        }
        BOOST_TEST(text.find("test.orphan") != std::string::npos);
        BOOST_TEST(text.find("secret-value") == std::string::npos);
        BOOST_TEST(cursor_of(store.database(), "us-cpsc") == "none");
    });
}

BOOST_AUTO_TEST_CASE(foreign_keys_hold_in_every_pooled_session) {
    on_each_store([](TestStore& store) {
        static constexpr Sql orphan{
            "test.orphan",
            "insert into match_verdict (match_id, position, state, decided_by, reason, decided_at) "
            "values (999, 0, '', '', '', '')"};
        std::vector<SessionLease> leases;
        for (std::size_t i = 0; i < store.options().sessions; ++i) {
            leases.push_back(store.database().lease());
        }
        for (const SessionLease& session : leases) {
            WriteTransaction transaction(*session);
            BOOST_TEST((code_of([&] { session->execute(orphan, {}); }) == ErrorCode::database));
        }
    });
}

BOOST_AUTO_TEST_CASE(a_session_returned_with_open_work_is_rolled_back) {
    on_each_store([](TestStore& store) {
        for (std::size_t i = 0; i < 2 * store.options().sessions; ++i) {
            const SessionLease session = store.database().lease();
            const WriteTransaction transaction(*session);
            Cursors(*session).set("us-cpsc", "etag", "1");
        }
        BOOST_TEST(cursor_of(store.database(), "us-cpsc") == "none");
    });
}

BOOST_AUTO_TEST_CASE(waiting_for_a_session_ends_at_the_deadline) {
    TestStore sqlite(Dialect::sqlite);
    DatabaseOptions options = sqlite.options();
    options.sessions = 1;
    options.lease_timeout = std::chrono::milliseconds(10);
    const auto database = Database::open(options);
    const SessionLease only = database->lease();
    BOOST_TEST((code_of([&] { (void)database->lease(); }) == ErrorCode::database));
}

BOOST_AUTO_TEST_CASE(concurrent_writers_lose_no_update_and_share_no_change_number) {
    on_each_store([](TestStore& store) {
        constexpr int writers = 4;
        constexpr int rounds = 25;
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int writer = 0; writer < writers; ++writer) {
                threads.emplace_back([&store, &failures, writer] {
                    try {
                        for (int round = 0; round < rounds; ++round) {
                            in_write_transaction(store.database(), [&](Session& session) {
                                const long long change = session.next_change("notice");
                                Cursors(session).set("writer" + std::to_string(writer),
                                                     std::to_string(change), "x");
                            });
                        }
                    } catch (const Failure&) {
                        ++failures;
                    }
                });
            }
        }
        BOOST_TEST(failures == 0);
        const SessionLease session = store.database().lease();
        std::size_t saved = 0;
        for (int writer = 0; writer < writers; ++writer) {
            saved += Cursors(*session).all("writer" + std::to_string(writer)).size();
        }
        BOOST_TEST(saved == std::size_t(writers * rounds));
        WriteTransaction transaction(*session);
        BOOST_TEST(session->next_change("notice") == writers * rounds + 1);
    });
}

BOOST_AUTO_TEST_CASE(work_goes_on_after_the_server_ended_the_sessions) {
    if (!test::shared_postgres()) {
        BOOST_TEST_MESSAGE("skipped: no PostgreSQL server programs are installed");
        return;
    }
    TestStore store(Dialect::postgresql);
    const SessionLease session = store.database().lease();
    const auto kill = [&] { test::shared_postgres()->kill_sessions(store.options().url); };

    BOOST_TEST(Cursors(*session).all("us-cpsc").empty());
    kill();
    BOOST_TEST(Cursors(*session).all("us-cpsc").empty());  // a read asks again by itself
    kill();
    {
        WriteTransaction transaction(*session);  // so does the beginning of a transaction
        Cursors(*session).set("us-cpsc", "etag", "1");
        kill();
        BOOST_TEST((code_of([&] { Cursors(*session).set("us-cpsc", "etag", "2"); }) ==
                    ErrorCode::database));
    }
    BOOST_TEST(!Cursors(*session).get("us-cpsc", "etag"));
    WriteTransaction transaction(*session);
    Cursors(*session).set("us-cpsc", "etag", "3");
    transaction.commit();
    BOOST_TEST(cursor_of(store.database(), "us-cpsc") == "3");
}

BOOST_AUTO_TEST_CASE(texts_come_back_exactly) {
    std::string all_controls;
    for (char c = 1; c < 32; ++c)
        all_controls += c;
    const std::vector<std::string> texts{
        "",
        all_controls + "\x7f",
        "製品安全 отзыв ürün",
        "\xF0\x9F\x92\xA3 four bytes",
        "it's :not \"a\" ; -- parameter \\ %_",
        std::string(5 << 20, 'x'),
    };
    on_each_store([&](TestStore& store) {
        for (const std::string& text : texts) {
            in_write_transaction(store.database(), [&](Session& session) {
                Cursors(session).set("us-cpsc", "etag", text);
            });
            BOOST_TEST((cursor_of(store.database(), "us-cpsc") == text));
        }
    });
}

BOOST_AUTO_TEST_CASE(text_with_nul_or_broken_utf8_is_refused_on_both_databases) {
    using namespace std::string_literals;
    on_each_store([](TestStore& store) {
        for (const std::string& text :
             {"a\0b"s, "\0"s, "\xC3"s, "long ascii then \xFF"s, "\xED\xA0\x80"s}) {
            const auto work = [&](Session& session) {
                Cursors(session).set("us-cpsc", "etag", text);
            };
            BOOST_TEST((code_of([&] { in_write_transaction(store.database(), work); }) ==
                        ErrorCode::bad_encoding));
        }
    });
}

BOOST_AUTO_TEST_CASE(migrating_again_changes_nothing) {
    on_each_store([](TestStore& store) {
        BOOST_TEST(migrate(store.database(), test_now).empty());
        BOOST_TEST(pending_migrations(store.database()).empty());
    });
}

BOOST_AUTO_TEST_CASE(a_changed_migration_and_a_newer_database_are_refused) {
    on_each_store([](TestStore& store) {
        std::vector<Migration> all(built_in_migrations().begin(), built_in_migrations().end());
        all.push_back({1000, "1000_one_more", "a", "create table one_more (id bigint);\n"});
        BOOST_TEST(migrate(store.database(), all, test_now).size() == 1U);
        BOOST_TEST((code_of([&] { migrate(store.database(), test_now); }) == ErrorCode::config));
        all.back().checksum = "b";
        BOOST_TEST(
            (code_of([&] { migrate(store.database(), all, test_now); }) == ErrorCode::config));
    });
}

BOOST_AUTO_TEST_CASE(a_migration_that_fails_half_way_leaves_nothing) {
    on_each_store([](TestStore& store) {
        std::vector<Migration> all(built_in_migrations().begin(), built_in_migrations().end());
        all.push_back({1000, "1000_broken", "a",
                       "create table half (id bigint);\ncreate table half (id bigint);\n"});
        BOOST_TEST(
            (code_of([&] { migrate(store.database(), all, test_now); }) == ErrorCode::database));
        all.back().text = "create table half (id bigint);\n";
        BOOST_TEST(migrate(store.database(), all, test_now).size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(a_url_of_no_known_kind_is_refused) {
    for (const char* url : {"", "mysql:x", "sqlite:", "sqlite:a\"b", "/var/lib/recall.db"}) {
        BOOST_TEST((code_of([&] { (void)Database::open({.url = url}); }) == ErrorCode::config));
    }
    BOOST_TEST((code_of([] { (void)Database::open({.url = "sqlite:/no/such/folder/x.db"}); }) ==
                ErrorCode::database));
}

BOOST_AUTO_TEST_CASE(a_refused_connect_string_is_not_repeated) {
    try {
        (void)Database::open({.url = "postgresql:nonsense pass_word"});
    } catch (const Failure& failure) {
        BOOST_TEST(std::string(failure.what()).find("pass_word") == std::string::npos);
        return;
    }
    BOOST_ERROR("the connect string was accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::store
