#pragma once
// A text's form, written as the text with holes: "{marketplace}({item}) /". Literal parts must
// stand there (blanks in them are optional); a hole takes what is between, up to the next literal's
// first appearance; the last hole ends where the form begins again or the text ends. Linear in the
// text. Immutable after compiling; any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.h"

namespace recall::mapping {

// Hole name and what it took, trimmed.
using Captures = std::vector<std::pair<std::string, std::string>>;

class Template {
  public:
    // Fails with usage: unbalanced braces, two holes side by side, no hole.
    static Result<Template> compile(std::string_view form);

    struct Matches {
        std::vector<Captures> found;
        std::string residue;  // what no match covers; blank pieces are not counted
    };
    // Every match, one after the other.
    Matches match_all(std::string_view text) const;

    std::vector<std::string> hole_names() const;

  private:
    struct Part {
        bool is_hole = false;
        std::string text;                // the hole's name
        std::vector<std::string> words;  // of a literal
    };
    std::vector<Part> parts_;
};

}  // namespace recall::mapping
