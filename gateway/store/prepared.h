#pragma once
// Inside of statement.h: a statement that SOCI prepared, with the variables its parameters and
// columns are bound to. For statement.cpp and session.cpp only.

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/store/session.h"
#include "gateway/store/soci.h"

namespace recall::store {

// Thrown when the connection to the server is gone, so that Session can open another.
class ConnectionLost final : public Failure {
  public:
    using Failure::Failure;
};

// Throws the Failure for the exception being handled: statement name and the database's code only,
// because SOCI's texts contain the values.
[[noreturn]] void rethrow(soci::session& session, Dialect dialect, std::string_view name);

class Prepared {
  public:
    Prepared(std::shared_ptr<soci::session> session, Dialect dialect, const Sql& sql,
             std::span<const Parameter> parameters);

    // Copies the values in and runs; tells whether a row came.
    bool run(std::span<const Parameter> parameters);
    bool fetch();
    void end() noexcept;
    long long affected_rows();
    bool has_row() const { return has_row_; }
    bool is_open() const { return is_open_; }
    std::string_view text() const { return text_; }

    struct Slot {
        std::string name;
        Parameter::Kind kind = Parameter::Kind::text;
        std::string text;
        long long number = 0;
        double real = 0;
        soci::indicator indicator = soci::i_ok;
    };
    const Slot& column(std::size_t index, Parameter::Kind kind) const;
    Dialect dialect() const { return dialect_; }

  private:
    void check_arity() const;
    void set(Slot& slot, const Parameter& parameter);

    std::shared_ptr<soci::session> session_;
    Dialect dialect_;
    std::string name_;
    std::string text_;
    std::deque<Slot> parameters_;  // a deque, because SOCI keeps their addresses
    std::deque<Slot> columns_;
    bool has_row_ = false;
    bool is_open_ = false;
    soci::statement statement_;
};

}  // namespace recall::store
