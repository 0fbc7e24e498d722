#include "gateway/store/session.h"

#include "gateway/base/check.h"
#include "gateway/base/log.h"
#include "gateway/store/connection.h"
#include "gateway/store/database.h"
#include "gateway/store/prepared.h"

#include <algorithm>
#include <map>

namespace recall::store {
namespace {

enum class Transaction { none, read, write };

// Numbers of a series taken at once. The block doubles with each that a transaction uses up, so
// that bulk work asks rarely; what is left at its end is never used, which leaves a gap and nothing
// else.
struct ChangeBlock {
    long long next = 1;
    long long last = 0;
    long long size = 0;
};
constexpr long long change_block_max = 256;

bool is_read(std::string_view text) { return text.starts_with("select "); }

}  // namespace

struct Session::Connection {
    DatabaseOptions options;
    Dialect dialect;
    std::shared_ptr<soci::session> session;
    std::map<std::string_view, std::shared_ptr<Prepared>> kept;  // by the literal's name
    std::map<std::string, ChangeBlock, std::less<>> changes;     // of the open transaction
    Transaction transaction = Transaction::none;
    bool is_lost = false;

    explicit Connection(const DatabaseOptions& given)
        : options(given), dialect(dialect_of(given.url)), session(connect(given)) {}

    void reconnect_if_lost() {
        if (!is_lost) return;
        kept.clear();
        session = connect(options);
        is_lost = false;
    }

    std::shared_ptr<Prepared> prepared(const Sql& sql, std::span<const Parameter> parameters) {
        if (sql.reuse == Reuse::once) {
            return std::make_shared<Prepared>(session, dialect, sql, parameters);
        }
        const auto found = kept.find(sql.name);
        if (found != kept.end()) {
            RECALL_CHECK(found->second->text() == sql.text, "a statement's name is its own");
            return found->second;
        }
        auto made = std::make_shared<Prepared>(session, dialect, sql, parameters);
        kept.emplace(sql.name, made);
        return made;
    }

    std::shared_ptr<Prepared> run(const Sql& sql, std::span<const Parameter> parameters) {
        RECALL_CHECK(transaction == Transaction::write || is_read(sql.text),
                     "writes go through a WriteTransaction");
        if (transaction == Transaction::none) reconnect_if_lost();
        try {
            auto statement = prepared(sql, parameters);
            statement->run(parameters);
            return statement;
        } catch (const ConnectionLost&) {
            is_lost = true;
            throw;
        }
    }

    // A read on its own may be asked again on a new connection: nothing was under way.
    std::shared_ptr<Prepared> run_reconnecting(const Sql& sql,
                                               std::span<const Parameter> parameters) {
        try {
            return run(sql, parameters);
        } catch (const ConnectionLost&) {
            if (transaction != Transaction::none) throw;
            return run(sql, parameters);
        }
    }

    void run_plain(std::string_view name, const std::string& text) {
        try {
            session->once << text;
        } catch (const soci::soci_error&) {
            try {
                rethrow(*session, dialect, name);
            } catch (const ConnectionLost&) {
                is_lost = true;
                throw;
            }
        }
    }
};

Session::Session(const DatabaseOptions& options)
    : connection_(std::make_unique<Connection>(options)) {}

Session::~Session() = default;

Rows Session::query(const Sql& sql, std::initializer_list<Parameter> parameters) {
    return Rows(connection_->run_reconnecting(sql, parameters));
}

Rows Session::query(const Sql& sql, const std::vector<Parameter>& parameters) {
    return Rows(connection_->run_reconnecting(sql, parameters));
}

long long Session::execute(const Sql& sql, std::initializer_list<Parameter> parameters) {
    return connection_->run(sql, parameters)->affected_rows();
}

long long Session::next_change(std::string_view series) {
    static constexpr Sql sql{"change_counter.next",
                             "update change_counter set value = value + :size "
                             "where series = :series returning value",
                             "n"};
    RECALL_CHECK(connection_->transaction == Transaction::write,
                 "numbers keep their order because the transaction holds the series");
    ChangeBlock& block = connection_->changes[std::string(series)];
    if (block.next > block.last) {
        block.size = std::clamp(2 * block.size, 1LL, change_block_max);
        Rows rows = query(sql, {{"size", block.size}, {"series", series}});
        RECALL_CHECK(rows.next(), "a migration made the series");
        block.last = rows.number(0);
        block.next = block.last - block.size + 1;
    }
    return block.next++;
}

Dialect Session::dialect() const { return connection_->dialect; }

bool Session::in_transaction() const { return connection_->transaction != Transaction::none; }

void Session::run_definition(std::string_view name, std::string_view text) {
    RECALL_CHECK(connection_->transaction == Transaction::write,
                 "writes go through a WriteTransaction");
    connection_->run_plain(name, std::string(text));
}

void Session::begin(const char* how) {
    Connection& connection = *connection_;
    RECALL_CHECK(connection.transaction == Transaction::none, "transactions are not nested");
    connection.changes.clear();
    connection.reconnect_if_lost();
    try {
        connection.run_plain("begin", how);
    } catch (const ConnectionLost&) {
        connection.reconnect_if_lost();
        connection.run_plain("begin", how);
    }
}

void Session::commit() {
    connection_->run_plain("commit", "commit");
    connection_->transaction = Transaction::none;
}

void Session::reset() noexcept {
    Connection& connection = *connection_;
    if (connection.transaction == Transaction::none) return;
    connection.transaction = Transaction::none;
    try {
        for (auto& [name, statement] : connection.kept)
            statement->end();
        if (!connection.is_lost) connection.run_plain("rollback", "rollback");
    } catch (const std::exception&) {
        connection.is_lost = true;
        log(LogLevel::warning, "store", "a rollback failed; the connection will be opened again");
    }
}

WriteTransaction::WriteTransaction(Session& session) : session_(session) {
    session_.begin(session_.dialect() == Dialect::sqlite ? "begin immediate" : "begin");
    session_.connection_->transaction = Transaction::write;
}

WriteTransaction::~WriteTransaction() {
    if (is_open_) session_.reset();
}

void WriteTransaction::commit() {
    session_.commit();
    is_open_ = false;
}

ReadTransaction::ReadTransaction(Session& session) : session_(session) {
    session_.begin(session_.dialect() == Dialect::sqlite
                       ? "begin"
                       : "begin isolation level repeatable read read only");
    session_.connection_->transaction = Transaction::read;
}

ReadTransaction::~ReadTransaction() { session_.reset(); }

}  // namespace recall::store
