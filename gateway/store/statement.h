#pragma once
// A statement as a literal, its values, and its rows: the only way repositories talk to a database.
// No type of SOCI here. A statement is prepared once per session and kept, because preparing costs
// more than running. Values travel only as parameters. One session, one thread.
// Failures throw Failure(database) naming the statement and the database's code, never a value;
// text with NUL or broken UTF-8 throws Failure(bad_encoding) before it reaches either database,
// because one would cut it silently and the other keep it.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace recall::store {

// Kept statements are for fixed literals; a statement put together from several literals, by
// filters, is prepared for one use.
enum class Reuse { kept, once };

// `columns` has one letter for each column of the result: t text, n whole number, r real, b bytes.
// Empty: the statement has no result.
struct Sql {
    std::string_view name;
    std::string_view text;
    std::string_view columns = {};
    Reuse reuse = Reuse::kept;
};

// A value for the ":name" of a statement. Bytes may hold anything, text only UTF-8 without NUL.
// The bytes referred to must live until the call returns.
class Parameter {
  public:
    enum class Kind : char { text = 't', number = 'n', real = 'r', bytes = 'b' };
    struct Bytes {
        std::string_view view;
    };

    Parameter(const char* name, std::string_view text) : name_(name), text_(text) {}
    Parameter(const char* name, const std::string& text) : name_(name), text_(text) {}
    Parameter(const char* name, const char* text) : name_(name), text_(text) {}
    Parameter(const char* name, const std::optional<std::string>& text)
        : name_(name), is_null_(!text), text_(text ? std::string_view(*text) : "") {}
    Parameter(const char* name, long long number)
        : name_(name), kind_(Kind::number), number_(number) {}
    Parameter(const char* name, const std::optional<long long>& number)
        : name_(name), kind_(Kind::number), is_null_(!number), number_(number.value_or(0)) {}
    Parameter(const char* name, double real) : name_(name), kind_(Kind::real), real_(real) {}
    Parameter(const char* name, Bytes bytes) : name_(name), kind_(Kind::bytes), text_(bytes.view) {}

    const char* name() const { return name_; }
    Kind kind() const { return kind_; }
    bool is_null() const { return is_null_; }
    std::string_view text() const { return text_; }
    long long number() const { return number_; }
    double real() const { return real_; }

  private:
    const char* name_;
    Kind kind_ = Kind::text;
    bool is_null_ = false;
    std::string_view text_;
    long long number_ = 0;
    double real_ = 0;
};

class Prepared;  // the kept statement, in statement.cpp

// The rows of a query, one at a time. Only one Rows of a statement may be open at once. Going out
// of scope ends the query.
class Rows {
  public:
    explicit Rows(std::shared_ptr<Prepared> statement);
    Rows(Rows&&) noexcept = default;
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    // Moves to the next row; false when there is none.
    bool next();

    // The value of a column of the present row, counted from 0; of NULL: empty text, 0.
    const std::string& text(std::size_t column) const;
    long long number(std::size_t column) const;
    double real(std::size_t column) const;
    std::string bytes(std::size_t column) const;

  private:
    std::shared_ptr<Prepared> statement_;
    bool is_first_ = true;
};

}  // namespace recall::store
