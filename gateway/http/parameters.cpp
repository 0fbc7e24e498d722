#include "gateway/http/parameters.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/near_miss.h"

namespace recall::http {

Result<void> check_parameters(const Request& request, std::span<const std::string_view> known) {
    for (const auto& [name, values] : request.query) {
        if (std::ranges::find(known, name) == known.end()) {
            return Error{ErrorCode::usage,
                         "there is no parameter " + name + did_you_mean(name, known)};
        }
        if (values.size() > 1) return Error{ErrorCode::usage, name + " stands twice"};
    }
    return {};
}

Result<std::size_t> read_limit(const Request& request) {
    const std::string_view text = request.parameter("limit");
    if (text.empty()) return list_rows_default;
    std::size_t rows = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), rows);
    if (status != std::errc() || end != text.data() + text.size() || rows < 1 ||
        rows > list_rows_max) {
        return Error{ErrorCode::usage, "limit must be a whole number from 1 to 500"};
    }
    return rows;
}

Result<int> read_choice(const Request& request, std::string_view name,
                        std::span<const std::string_view> words) {
    const std::string_view given = request.parameter(name);
    if (given.empty()) return -1;
    const auto found = std::ranges::find(words, given);
    if (found != words.end()) return static_cast<int>(found - words.begin());
    std::string all;
    for (const std::string_view word : words)
        all += (all.empty() ? "" : ", ") + std::string(word);
    return Error{ErrorCode::usage, std::string(name) + " is one of " + all};
}

Result<long long> read_id(std::string_view text) {
    long long id = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (status != std::errc() || end != text.data() + text.size() || id < 1) {
        return Error{ErrorCode::not_found, "there is nothing of that id"};
    }
    return id;
}

}  // namespace recall::http
