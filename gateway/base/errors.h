#pragma once
// The error codes of the whole gateway, from the one table errors.def.
// Pure data; any thread. An error is a value of type Error; see result.h for how it travels.

#include <optional>
#include <string>
#include <string_view>

namespace recall {

enum class Retry { never, later, after_operator };
enum class LogLevel { debug, info, warning, error };

enum class ErrorCode {
#define X(name, spelling, http_status, retry, log_level, meaning) name,
#include "gateway/base/errors.def"
#undef X
};

struct ErrorFacts {
    std::string_view spelling;
    int http_status;
    Retry retry;
    LogLevel log_level;
    std::string_view meaning;
};

// What the table says about a code.
const ErrorFacts& facts(ErrorCode code);

// The code as logs, receipts and problem replies spell it.
std::string_view spelling(ErrorCode code);

// The code of a spelling; nothing when the table has no such line.
std::optional<ErrorCode> error_code(std::string_view spelling);

// An expected failure: what happened, for the operator. Never secrets or personal data.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string text;

    std::string line() const { return std::string(spelling(code)) + ": " + text; }
};

}  // namespace recall
