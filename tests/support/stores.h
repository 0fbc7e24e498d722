#pragma once
// An empty, migrated database of each kind that this machine has, for suites that run on both.

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>

#include "gateway/base/clock.h"
#include "gateway/store/database.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_folder.h"

namespace recall::test {

inline constexpr Instant test_now{std::chrono::milliseconds(1780000000000)};

class TestStore {
  public:
    explicit TestStore(store::Dialect dialect);

    store::Database& database() { return *database_; }
    const store::DatabaseOptions& options() const { return options_; }

  private:
    TempFolder folder_;
    store::DatabaseOptions options_;
    std::unique_ptr<store::Database> database_;
};

// Runs test(TestStore&) on SQLite, then on PostgreSQL; says so when there is no PostgreSQL.
template <class Test>
void on_each_store(Test test) {
    BOOST_TEST_CONTEXT("SQLite") {
        TestStore sqlite(store::Dialect::sqlite);
        test(sqlite);
    }
    if (!shared_postgres()) {
        BOOST_TEST_MESSAGE("skipped on PostgreSQL: its server programs are not installed");
        return;
    }
    BOOST_TEST_CONTEXT("PostgreSQL") {
        TestStore postgresql(store::Dialect::postgresql);
        test(postgresql);
    }
}

}  // namespace recall::test
