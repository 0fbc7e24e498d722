#include "gateway/json/writer.h"

#include <charconv>
#include <cmath>

#include "gateway/base/check.h"

namespace recall::json {
namespace {

void append_quoted(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F) continue;
        out.append(text, from, i - from);
        from = i + 1;
        switch (byte) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += "\\u00";
                out += hex[byte >> 4U];
                out += hex[byte & 0xFU];
        }
    }
    out.append(text, from);
    out += '"';
}

}  // namespace

void Writer::before_value() {
    if (!open_.empty() && open_.back() == '{') {
        RECALL_CHECK(after_key_, "a value inside an object needs a key");
    } else if (!first_) {
        out_ += ',';
    }
    first_ = false;
    after_key_ = false;
}

Writer& Writer::begin_object() {
    before_value();
    out_ += '{';
    open_.push_back('{');
    first_ = true;
    return *this;
}

Writer& Writer::end_object() {
    RECALL_CHECK(!open_.empty() && open_.back() == '{', "no object is open");
    out_ += '}';
    open_.pop_back();
    first_ = false;
    return *this;
}

Writer& Writer::begin_array() {
    before_value();
    out_ += '[';
    open_.push_back('[');
    first_ = true;
    return *this;
}

Writer& Writer::end_array() {
    RECALL_CHECK(!open_.empty() && open_.back() == '[', "no array is open");
    out_ += ']';
    open_.pop_back();
    first_ = false;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    RECALL_CHECK(!open_.empty() && open_.back() == '{' && !after_key_,
                 "a key belongs into an object");
    if (!first_) out_ += ',';
    append_quoted(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

Writer& Writer::string(std::string_view text) {
    before_value();
    append_quoted(out_, text);
    return *this;
}

Writer& Writer::number(long long value) {
    before_value();
    out_ += std::to_string(value);
    return *this;
}

Writer& Writer::number(double value) {
    RECALL_CHECK(std::isfinite(value), "JSON has no infinities");
    before_value();
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    out_.append(digits, end.ptr);
    return *this;
}

Writer& Writer::boolean(bool value) {
    before_value();
    out_ += value ? "true" : "false";
    return *this;
}

Writer& Writer::null() {
    before_value();
    out_ += "null";
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    before_value();
    out_ += json;
    return *this;
}

std::string quoted(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

}  // namespace recall::json
