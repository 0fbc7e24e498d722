#pragma once
// JSON as signatures need it: read to the letter of RFC 8259, nothing repaired, nothing renamed.
// The record tree of gateway/json turns names into XML names and cannot tell ["x"] from "x"; in a
// JOSE header those differences decide. Refused: duplicate members, BOM, lone surrogates, control
// characters, bytes that are not UTF-8, anything after the value. Any thread.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace recall::crypto {

struct JsonMember;

struct JsonValue {
    enum class Type { null, boolean, number, string, array, object };

    Type type = Type::null;
    std::string text;  // of a string, unescaped; of a number or boolean, as written
    std::vector<JsonValue> items;
    std::vector<JsonMember> members;

    bool is(Type wanted) const { return type == wanted; }
    const JsonValue* member(std::string_view name) const;
    // The member's text when it is there and a string; else nullptr.
    const std::string* string(std::string_view name) const;
};

struct JsonMember {
    std::string name;
    JsonValue value;
};

inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t json_values_max = 10'000;

// Fails with JSON-FORM, saying at which byte.
Result<JsonValue> read_json(std::string_view bytes);

}  // namespace recall::crypto
