#include "gateway/ops/match_options.h"

#include <charconv>

#include "gateway/ops/mappings.h"

namespace recall::ops {
namespace {

constexpr long long most_max = 1'000;

}  // namespace

Result<void> read_match_options(const Arguments& arguments, match::CheckOptions& options) {
    if (arguments.has("min-score")) {
        const std::string text = arguments.value("min-score");
        const auto read =
            std::from_chars(text.data(), text.data() + text.size(), options.min_score);
        if (read.ec != std::errc() || read.ptr != text.data() + text.size() ||
            !(options.min_score >= 0 && options.min_score <= 1))
            return Error{ErrorCode::usage, "--min-score must be a number from 0 to 1, not " + text};
    }
    const auto most =
        read_number(arguments, "most", static_cast<long long>(options.most), 1, most_max);
    if (!most) return most.error();
    options.most = static_cast<std::size_t>(*most);
    return {};
}

Result<long long> read_number(const Arguments& arguments, std::string_view option,
                              long long otherwise, long long least, long long most) {
    if (!arguments.has(option)) return otherwise;
    const std::string text = arguments.value(option);
    long long value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < least ||
        value > most)
        return Error{ErrorCode::usage, "--" + std::string(option) +
                                           " must be a whole number from " + std::to_string(least) +
                                           " to " + std::to_string(most) + ", not " + text};
    return value;
}

std::shared_ptr<const match::Lexicon> open_lexicon(const std::string& mappings) {
    return match::Lexicon::load(mappings_path(mappings) + "/lexicon");
}

}  // namespace recall::ops
