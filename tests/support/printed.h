#pragma once
// Takes what a command prints, for as long as it lives. One thread.

#include <iostream>
#include <sstream>

namespace recall::test {

class Printed {
  public:
    Printed()
        : out_before_(std::cout.rdbuf(out.rdbuf())), err_before_(std::cerr.rdbuf(err.rdbuf())) {}
    ~Printed() {
        std::cout.rdbuf(out_before_);
        std::cerr.rdbuf(err_before_);
    }
    Printed(const Printed&) = delete;
    Printed& operator=(const Printed&) = delete;

    std::ostringstream out;
    std::ostringstream err;

  private:
    std::streambuf* out_before_;
    std::streambuf* err_before_;
};

}  // namespace recall::test
