#pragma once
// XML Schema 1.0 validation by Xerces-C++: says whether bytes fit a schema, and nothing else; what
// is read afterwards is read from our own tree. External entities are off and expansion is bounded.
// A Schema is loaded once and may then be used by any thread; each check uses a parser of its own.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace recall::xml {

class Schema {
  public:
    // One schema document, and those it imports under the names it imports them by.
    struct Part {
        std::string name;  // as in schemaLocation, "notice-1.xsd"
        std::string text;
    };

    // The first part is the schema; the others are found when it imports them.
    // Throws Failure(config) when the schema itself is wrong.
    explicit Schema(const std::vector<Part>& parts);
    ~Schema();
    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;

    // Fails with schema; the text names line, column and what was expected.
    Result<void> check(std::string_view document) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// The schema in a file; its imports are looked up beside it.
Schema load_schema(const std::string& path);

}  // namespace recall::xml
