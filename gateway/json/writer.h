#pragma once
// Writes JSON text piece by piece: commas and escapes are its business, the order is the caller's.
// Strings must be UTF-8. One thread. A misuse (a value without a key inside an object) is a bug.

#include <string>
#include <string_view>
#include <vector>

namespace recall::json {

class Writer {
  public:
    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& string(std::string_view text);
    Writer& number(long long value);
    // Shortest text that reads back as the same double; infinities and NaN are a bug.
    Writer& number(double value);
    Writer& boolean(bool value);
    Writer& null();
    // Text that is JSON already.
    Writer& raw(std::string_view json);

    // key(name) and a value, the common pair.
    Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
    Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
    Writer& member(std::string_view name, long long value) { return key(name).number(value); }
    Writer& member(std::string_view name, bool value) { return key(name).boolean(value); }

    const std::string& text() const& { return out_; }
    std::string text() && { return std::move(out_); }

  private:
    void before_value();
    std::string out_;
    std::vector<char> open_;  // '{' or '[' for each level
    bool first_ = true;       // nothing written at this level yet
    bool after_key_ = false;
};

// The text as a JSON string, with its quotes.
std::string quoted(std::string_view text);

}  // namespace recall::json
