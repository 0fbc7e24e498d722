#pragma once
// Failure: this piece of work cannot go on (database gone, disk full, configuration wrong at
// start). Caught in four places only: main, the job wrapper, the HTTP guard, the delivery loop.

#include <stdexcept>
#include <string>
#include <utility>

#include "gateway/base/errors.h"

namespace recall {

class Failure : public std::runtime_error {
  public:
    Failure(ErrorCode code, const std::string& text) : std::runtime_error(text), code_(code) {}
    explicit Failure(const Error& error) : Failure(error.code, error.text) {}

    ErrorCode code() const { return code_; }
    Error error() const { return {code_, what()}; }

  private:
    ErrorCode code_;
};

}  // namespace recall
