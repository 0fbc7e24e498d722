#include "gateway/store/database.h"

#include "gateway/base/check.h"
#include "gateway/store/connection.h"

namespace recall::store {

SessionLease::SessionLease(Database& database, std::unique_ptr<Session> session)
    : database_(&database), session_(std::move(session)) {}

SessionLease::~SessionLease() {
    if (session_) database_->give_back(std::move(session_));
}

Database::Database(const DatabaseOptions& options)
    : options_(options), dialect_(dialect_of(options.url)) {
    RECALL_CHECK(options_.sessions > 0, "the settings table sets the least number of sessions");
    idle_.reserve(options_.sessions);
    idle_.push_back(std::make_unique<Session>(options_));
}

std::unique_ptr<Database> Database::open(const DatabaseOptions& options) {
    return std::unique_ptr<Database>(new Database(options));
}

SessionLease Database::lease() {
    std::unique_ptr<Session> session;
    {
        std::unique_lock lock(mutex_);
        const bool is_free = returned_.wait_for(lock, options_.lease_timeout,
                                                [&] { return on_loan_ < options_.sessions; });
        if (!is_free) {
            throw Failure(ErrorCode::database,
                          "all " + std::to_string(options_.sessions) +
                              " database sessions were busy for " +
                              std::to_string(options_.lease_timeout.count()) +
                              " ms; raise database.sessions or find what holds them");
        }
        ++on_loan_;
        if (!idle_.empty()) {
            session = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    try {
        if (!session) session = std::make_unique<Session>(options_);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
    return SessionLease(*this, std::move(session));
}

void Database::give_back(std::unique_ptr<Session> session) noexcept {
    if (session) session->reset();
    const std::lock_guard lock(mutex_);
    --on_loan_;
    if (session) idle_.push_back(std::move(session));
    returned_.notify_one();
}

}  // namespace recall::store
