#pragma once
// Counts the attributes of every tag as the bytes come, in any pieces, before libxml2 sees them:
// the time of its own check for duplicates grows with the square of their number. For encodings in
// which ASCII is ASCII. One thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/base/errors.h"

namespace recall::xml {

Error crowded_element();  // ErrorCode::limit, for a tag that is not admitted

class TagWatch {
  public:
    explicit TagWatch(std::size_t attributes_max) : attributes_max_(attributes_max) {}

    // False as soon as a tag has more attributes than allowed.
    bool admits(std::string_view bytes);

  private:
    enum class State { text, opening, tag, quoted, other };

    void pass_opening(char c);
    void pass_other(std::string_view& in);

    std::size_t attributes_max_;
    State state_ = State::text;
    std::size_t attributes_ = 0;  // of the tag
    char quote_ = 0;              // that ends the value
    std::string opening_;         // what stands after '<', until it tells what follows
    std::string_view end_;        // of a comment, CDATA section or instruction
    std::string tail_;            // the last bytes of it, no more than end_ has
};

}  // namespace recall::xml
