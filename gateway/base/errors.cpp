#include "gateway/base/errors.h"

#include <array>

namespace recall {
namespace {

constexpr ErrorFacts table[] = {
#define X(name, spelling, http_status, retry, log_level, meaning) \
    {spelling, http_status, Retry::retry, LogLevel::log_level, meaning},
#include "gateway/base/errors.def"
#undef X
};

}  // namespace

const ErrorFacts& facts(ErrorCode code) { return table[static_cast<std::size_t>(code)]; }

std::string_view spelling(ErrorCode code) { return facts(code).spelling; }

std::optional<ErrorCode> error_code(std::string_view spelling) {
    for (std::size_t i = 0; i < std::size(table); ++i) {
        if (table[i].spelling == spelling) return static_cast<ErrorCode>(i);
    }
    return std::nullopt;
}

}  // namespace recall
