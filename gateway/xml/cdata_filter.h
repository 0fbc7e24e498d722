#pragma once
// Turns CDATA sections into escaped text as the bytes come, in any pieces. libxml2's push parser
// keeps a whole section in its buffer before it says anything; as text it is handed out at once, so
// that a section of any size costs no memory. For encodings in which ASCII is ASCII. One thread.

#include <string>
#include <string_view>

namespace recall::xml {

class CdataFilter {
  public:
    // What the parser is to be given for these bytes; valid until the next call.
    std::string_view feed(std::string_view bytes);
    // What was held back, at the end.
    std::string_view finish();

  private:
    enum class State { content, cdata, comment, instruction };

    // Each takes from the front of `in` what it can decide on, and stops at a change of state.
    void pass_content(std::string_view& in);
    void pass_cdata(std::string_view& in);
    void pass_until(std::string_view& in, std::string_view end);

    State state_ = State::content;
    std::string held_;  // the beginning of what may be a mark
    std::string in_;
    std::string out_;
};

}  // namespace recall::xml
