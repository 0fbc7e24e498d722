#include "tests/support/stores.h"

#include "gateway/store/migrations.h"

namespace recall::test {

TestStore::TestStore(store::Dialect dialect) {
    const bool is_sqlite = dialect == store::Dialect::sqlite;
    options_.url =
        is_sqlite ? "sqlite:" + folder_.file("a b.db") : shared_postgres()->new_database();
    options_.sessions = 4;
    options_.lease_timeout = std::chrono::milliseconds(2000);
    database_ = store::Database::open(options_);
    store::migrate(*database_, test_now);
}

}  // namespace recall::test
