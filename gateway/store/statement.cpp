#include "gateway/store/statement.h"

#include "gateway/base/check.h"
#include "gateway/base/failure.h"
#include "gateway/store/column_text.h"
#include "gateway/store/database.h"
#include "gateway/store/prepared.h"

namespace recall::store {
namespace {

sqlite_api::sqlite3_stmt* sqlite_statement(soci::statement& statement) {
    return static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_;
}

[[noreturn]] void rethrow_sqlite(soci::session& session, const std::string& where) {
    auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
    const int code = sqlite_api::sqlite3_extended_errcode(backend->conn_);
    throw Failure(ErrorCode::database, where + " failed with SQLite code " + std::to_string(code) +
                                           " (" + sqlite_api::sqlite3_errstr(code) + ")");
}

[[noreturn]] void rethrow_postgresql(soci::session& session, const std::string& where,
                                     const soci::soci_error& error) {
    const auto* ours = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    const std::string state = ours ? ours->sqlstate() : std::string("none");
    const std::string text = where + " failed with SQLSTATE " + state;
    auto* backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
    if (PQstatus(backend->conn_) != CONNECTION_OK) throw ConnectionLost(ErrorCode::database, text);
    const bool may_retry = state == "40001" || state == "40P01";
    if (may_retry) throw TransactionConflict(ErrorCode::database, text);
    throw Failure(ErrorCode::database, text);
}

}  // namespace

void rethrow(soci::session& session, Dialect dialect, std::string_view name) {
    const std::string where = "statement " + std::string(name);
    try {
        throw;
    } catch (const soci::soci_error& error) {
        if (dialect == Dialect::sqlite) rethrow_sqlite(session, where);
        rethrow_postgresql(session, where, error);
    }
}

Prepared::Prepared(std::shared_ptr<soci::session> session, Dialect dialect, const Sql& sql,
                   std::span<const Parameter> parameters)
    : session_(std::move(session)),
      dialect_(dialect),
      name_(sql.name),
      text_(sql.text),
      statement_(*session_) {
    using Kind = Parameter::Kind;
    statement_.alloc();
    for (const Parameter& parameter : parameters) {
        Slot& slot = parameters_.emplace_back();
        slot.name = parameter.name();
        slot.kind = parameter.kind();
        if (slot.kind == Kind::number) {
            statement_.exchange(soci::use(slot.number, slot.indicator, slot.name));
        } else if (slot.kind == Kind::real) {
            statement_.exchange(soci::use(slot.real, slot.indicator, slot.name));
        } else {
            statement_.exchange(soci::use(slot.text, slot.indicator, slot.name));
        }
    }
    for (const char letter : sql.columns) {
        Slot& slot = columns_.emplace_back();
        slot.kind = static_cast<Kind>(letter);
        if (slot.kind == Kind::number) {
            statement_.exchange(soci::into(slot.number, slot.indicator));
        } else if (slot.kind == Kind::real) {
            statement_.exchange(soci::into(slot.real, slot.indicator));
        } else {
            statement_.exchange(soci::into(slot.text, slot.indicator));
        }
    }
    try {
        statement_.prepare(text_);
        check_arity();
        statement_.define_and_bind();
    } catch (const soci::soci_error&) {
        rethrow(*session_, dialect_, name_);
    }
}

// SQLite takes a missing parameter for NULL and drops a missing column, without a word.
void Prepared::check_arity() const {
    if (dialect_ != Dialect::sqlite) return;
    auto* handle = sqlite_statement(const_cast<soci::statement&>(statement_));
    RECALL_CHECK(
        sqlite_api::sqlite3_bind_parameter_count(handle) == static_cast<int>(parameters_.size()),
        "a statement is given exactly the parameters it names");
    RECALL_CHECK(sqlite_api::sqlite3_column_count(handle) == static_cast<int>(columns_.size()),
                 "a statement's columns are all listed");
}

void Prepared::set(Slot& slot, const Parameter& parameter) {
    RECALL_CHECK(slot.name == parameter.name() && slot.kind == parameter.kind(),
                 "a kept statement gets the same parameters each time");
    slot.indicator = parameter.is_null() ? soci::i_null : soci::i_ok;
    switch (parameter.kind()) {
        case Parameter::Kind::number:
            slot.number = parameter.number();
            return;
        case Parameter::Kind::real:
            slot.real = parameter.real();
            return;
        case Parameter::Kind::bytes:
            // SOCI has no bytea: PostgreSQL reads its hexadecimal form, SQLite casts the text.
            if (dialect_ == Dialect::postgresql) {
                slot.text = bytea_text(parameter.text());
            } else {
                slot.text.assign(parameter.text());
            }
            return;
        case Parameter::Kind::text:
            if (!is_storable_text(parameter.text())) {
                throw Failure(ErrorCode::bad_encoding,
                              "statement " + name_ +
                                  " was given text with NUL or broken UTF-8 as " + slot.name);
            }
            slot.text.assign(parameter.text());
    }
}

bool Prepared::run(std::span<const Parameter> parameters) {
    RECALL_CHECK(!is_open_, "the rows of a statement are read before it runs again");
    RECALL_CHECK(parameters.size() == parameters_.size(),
                 "a kept statement gets the same parameters each time");
    for (std::size_t i = 0; i < parameters.size(); ++i)
        set(parameters_[i], parameters[i]);
    try {
        has_row_ = statement_.execute(true);
    } catch (const soci::soci_error&) {
        rethrow(*session_, dialect_, name_);
    }
    is_open_ = !columns_.empty();
    return has_row_;
}

bool Prepared::fetch() {
    if (!has_row_) return false;
    try {
        has_row_ = statement_.fetch();
    } catch (const soci::soci_error&) {
        rethrow(*session_, dialect_, name_);
    }
    return has_row_;
}

// A SQLite statement left in the middle of its rows would hold its snapshot.
void Prepared::end() noexcept {
    if (is_open_ && has_row_ && dialect_ == Dialect::sqlite) {
        sqlite_api::sqlite3_reset(sqlite_statement(statement_));
    }
    is_open_ = false;
    has_row_ = false;
}

long long Prepared::affected_rows() { return statement_.get_affected_rows(); }

const Prepared::Slot& Prepared::column(std::size_t index, Parameter::Kind kind) const {
    RECALL_CHECK(has_row_, "a column is read only when a row came");
    RECALL_CHECK(index < columns_.size() && columns_[index].kind == kind,
                 "a column is read as what the statement says it is");
    return columns_[index];
}

Rows::Rows(std::shared_ptr<Prepared> statement) : statement_(std::move(statement)) {}

Rows::~Rows() {
    if (statement_) statement_->end();
}

bool Rows::next() {
    if (!is_first_) return statement_->fetch();
    is_first_ = false;
    return statement_->has_row();
}

const std::string& Rows::text(std::size_t column) const {
    static const std::string none;
    const Prepared::Slot& slot = statement_->column(column, Parameter::Kind::text);
    return slot.indicator == soci::i_null ? none : slot.text;
}

long long Rows::number(std::size_t column) const {
    const Prepared::Slot& slot = statement_->column(column, Parameter::Kind::number);
    return slot.indicator == soci::i_null ? 0 : slot.number;
}

double Rows::real(std::size_t column) const {
    const Prepared::Slot& slot = statement_->column(column, Parameter::Kind::real);
    return slot.indicator == soci::i_null ? 0 : slot.real;
}

std::string Rows::bytes(std::size_t column) const {
    const Prepared::Slot& slot = statement_->column(column, Parameter::Kind::bytes);
    if (slot.indicator == soci::i_null) return {};
    return statement_->dialect() == Dialect::postgresql ? from_bytea_text(slot.text) : slot.text;
}

}  // namespace recall::store
