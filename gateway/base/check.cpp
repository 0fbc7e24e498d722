#include "gateway/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace recall {

void check_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(stderr, "bug: %s:%d: %s does not hold: %s\n", file, line, condition, why);
    std::abort();
}

}  // namespace recall
