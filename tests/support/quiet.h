#pragma once
// Keeps the log away while a test provokes what would be logged, hundreds of times over.

#include <string_view>

#include "gateway/base/log.h"

namespace recall::test {

struct Quiet {
    Quiet() {
        redirect_log([](std::string_view, void*) {}, nullptr);
    }
    ~Quiet() { redirect_log(nullptr, nullptr); }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
};

}  // namespace recall::test
