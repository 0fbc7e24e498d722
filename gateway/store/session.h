#pragma once
// One connection to the database, used by one thread at a time; repositories are built on it.
// Writes are refused outside a WriteTransaction. A connection that was lost is opened again at the
// next query outside a transaction, or at the next BEGIN; what was under way fails.

#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "gateway/store/statement.h"

namespace recall::store {

enum class Dialect { sqlite, postgresql };

struct DatabaseOptions;

class Session {
  public:
    explicit Session(const DatabaseOptions& options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Rows query(const Sql& sql, std::initializer_list<Parameter> parameters);
    Rows query(const Sql& sql, const std::vector<Parameter>& parameters);

    // Runs a write and returns how many rows it touched.
    long long execute(const Sql& sql, std::initializer_list<Parameter> parameters);

    // The next number in the order of changes that `series` keeps. Numbers become visible to other
    // sessions in their own order, because the holder keeps others waiting until it commits. There
    // may be gaps.
    long long next_change(std::string_view series);

    Dialect dialect() const;
    bool in_transaction() const;

    // For migrations: one statement without parameters or result.
    void run_definition(std::string_view name, std::string_view text);

    // Ends whatever is open; a connection that refuses is marked lost. Never throws.
    void reset() noexcept;

  private:
    friend class WriteTransaction;
    friend class ReadTransaction;
    void begin(const char* how);
    void commit();

    struct Connection;
    std::unique_ptr<Connection> connection_;
};

// A unit of work that writes: all of it or nothing. Rolls back when destroyed before commit().
class WriteTransaction {
  public:
    explicit WriteTransaction(Session& session);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    void commit();

  private:
    Session& session_;
    bool is_open_ = true;
};

// Several reads that see one state of the database.
class ReadTransaction {
  public:
    explicit ReadTransaction(Session& session);
    ~ReadTransaction();
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

  private:
    Session& session_;
};

}  // namespace recall::store
