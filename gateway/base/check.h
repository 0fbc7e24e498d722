#pragma once
// RECALL_CHECK: a condition that must hold unless we have a bug. On in every build: it logs and
// aborts, because state on disk is safe and a restart is cheap.

namespace recall {
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);
}

#define RECALL_CHECK(condition, why)                                                   \
    do {                                                                               \
        if (!(condition)) ::recall::check_failed(#condition, why, __FILE__, __LINE__); \
    } while (false)
