#pragma once
// Reads the date forms that sources use, by patterns written in mapping files:
//   yyyy  four digits           MM dd  two digits          M d   one or two, maybe after a blank
//   MMM   a month's name, whole or its beginning: English, or of the names given
//   Gy    Japanese era and its year (令和8, 平成元); E  a weekday's name, not checked
//   *     anything up to the end; a blank: any white space, or none; T, and what is no letter of
//         a to z, stands for itself
// Alternatives are separated by " | " and tried in order. Full-width digits are read as digits.
// Immutable after compiling; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/date.h"
#include "gateway/base/result.h"

namespace recall {

class DatePattern {
  public:
    // Fails with usage when the pattern names no year, or has letters that are none of the above.
    // Names: of months in another language in place of the English ones, in each way that capitals
    // may stand in them.
    using MonthNames = std::vector<std::pair<std::u32string, unsigned>>;
    static Result<DatePattern> compile(std::string_view patterns, MonthNames names = {});

    // Fails with bad_date when no alternative fits or the day does not exist.
    Result<Date> read(std::string_view text) const;

  private:
    enum class Part { year, month, month_name, day, era_year, weekday, rest, blank, literal };
    struct Token {
        Part part = Part::literal;
        bool is_padded = false;  // exactly two digits
        char32_t literal = 0;
    };
    struct Fields {
        int year = 0;
        unsigned month = 0;
        unsigned day = 0;
    };
    using Form = std::vector<Token>;

    static Result<Form> compile_form(std::string_view pattern);
    std::optional<Fields> match(const Form& form, const std::u32string& text) const;

    std::vector<Form> forms_;
    MonthNames names_;
};

}  // namespace recall
