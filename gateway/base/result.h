#pragma once
// Result<T>: a value, or the Error that took its place. For outcomes the world may produce and we
// go on from. A piece of work that cannot go on throws Failure instead (failure.h).

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "gateway/base/check.h"
#include "gateway/base/errors.h"

namespace recall {

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
    Result(ErrorCode code, std::string text)
        : state_(std::in_place_index<1>, Error{code, std::move(text)}) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& {
        RECALL_CHECK(ok(), "the value of a failed Result was read");
        return *std::get_if<0>(&state_);
    }
    T& value() & {
        RECALL_CHECK(ok(), "the value of a failed Result was read");
        return *std::get_if<0>(&state_);
    }
    T&& value() && {
        RECALL_CHECK(ok(), "the value of a failed Result was read");
        return std::move(*std::get_if<0>(&state_));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Error& error() const {
        RECALL_CHECK(!ok(), "the error of a good Result was read");
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<T, Error> state_;
};

// An outcome without a value.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    Result(ErrorCode code, std::string text) : error_(Error{code, std::move(text)}) {}

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const Error& error() const {
        RECALL_CHECK(error_.has_value(), "the error of a good Result was read");
        return *error_;
    }

  private:
    std::optional<Error> error_;
};

}  // namespace recall
