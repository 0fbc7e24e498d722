#pragma once
// The database and its pool of sessions. Any thread may lease; a leased session belongs to that
// thread until it is returned, rolled back if work was left open. Waiting has a deadline.
// Opening, and leasing past the deadline, throw Failure(database).

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/failure.h"
#include "gateway/store/session.h"

namespace recall::store {

// normal: a commit survives the end of the process, and of the machine except perhaps the last
// moments; it never damages the database. full: it survives a power cut too, at a third of the
// commits per second. The exchange acknowledges what it committed, hence full is the default.
enum class Synchronous { normal, full };

struct DatabaseOptions {
    std::string url;  // "sqlite:FILE", "postgresql://…" or "postgresql:" and a libpq connect string
    std::size_t sessions = 8;
    std::chrono::milliseconds lease_timeout{10000};
    std::chrono::milliseconds busy_timeout{10000};
    Synchronous synchronous = Synchronous::full;
};

// The transaction lost against another one and may be run again from its start.
class TransactionConflict final : public Failure {
  public:
    using Failure::Failure;
};

class Database;

// A session on loan.
class SessionLease {
  public:
    SessionLease(Database& database, std::unique_ptr<Session> session);
    SessionLease(SessionLease&&) noexcept = default;
    SessionLease& operator=(SessionLease&&) = delete;
    ~SessionLease();

    Session& operator*() const { return *session_; }
    Session* operator->() const { return session_.get(); }

  private:
    Database* database_;
    std::unique_ptr<Session> session_;
};

class Database {
  public:
    // Opens one session at once, so that a wrong url is known now; the others when needed.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);

    SessionLease lease();
    Dialect dialect() const { return dialect_; }
    const DatabaseOptions& options() const { return options_; }

  private:
    friend class SessionLease;
    explicit Database(const DatabaseOptions& options);
    void give_back(std::unique_ptr<Session> session) noexcept;

    DatabaseOptions options_;
    Dialect dialect_ = Dialect::sqlite;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> idle_;
    std::size_t on_loan_ = 0;
};

inline constexpr int transaction_attempts_max = 5;

// Leases a session, runs work(Session&) in a WriteTransaction and commits; runs it again when it
// lost against another transaction. The work must not have effects outside the database.
template <class Work>
auto in_write_transaction(Database& database, Work work) {
    for (int attempt = 1;; ++attempt) {
        SessionLease session = database.lease();
        try {
            WriteTransaction transaction(*session);
            if constexpr (std::is_void_v<decltype(work(*session))>) {
                work(*session);
                transaction.commit();
                return;
            } else {
                auto outcome = work(*session);
                transaction.commit();
                return outcome;
            }
        } catch (const TransactionConflict&) {
            if (attempt == transaction_attempts_max) throw;
        }
    }
}

}  // namespace recall::store
