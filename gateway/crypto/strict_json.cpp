#include "gateway/crypto/strict_json.h"

#include <algorithm>

#include "gateway/base/utf8.h"

namespace recall::crypto {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    bool read_document(JsonValue& out) {
        skip_space();
        if (!read_value(out, 0)) return false;
        skip_space();
        return at_ == bytes_.size() || fail("something follows the value");
    }

    std::string why() const { return why_ + ", at byte " + std::to_string(at_); }

  private:
    char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }

    bool fail(const char* why) {
        why_ = why;
        return false;
    }

    void skip_space() {
        while (at_ < bytes_.size() &&
               (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) {
            ++at_;
        }
    }

    bool take(char c) {
        if (at_ >= bytes_.size() || bytes_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool read_value(JsonValue& out, std::size_t depth) {
        if (depth > json_depth_max) return fail("nested too deep");
        if (++values_ > json_values_max) return fail("too many values");
        switch (peek()) {
            case '{':
                return read_object(out, depth);
            case '[':
                return read_array(out, depth);
            case '"':
                out.type = JsonValue::Type::string;
                return read_string(out.text);
            case 't':
                return read_word("true", JsonValue::Type::boolean, out);
            case 'f':
                return read_word("false", JsonValue::Type::boolean, out);
            case 'n':
                return read_word("null", JsonValue::Type::null, out);
            default:
                return read_number(out);
        }
    }

    bool read_word(std::string_view word, JsonValue::Type type, JsonValue& out) {
        if (!bytes_.substr(at_).starts_with(word)) return fail("not a JSON value");
        at_ += word.size();
        out.type = type;
        out.text = word;
        return true;
    }

    std::size_t skip_digits() {
        const std::size_t first = at_;
        while (is_digit(peek()))
            ++at_;
        return at_ - first;
    }

    // RFC 8259 §6
    bool read_number(JsonValue& out) {
        const std::size_t first = at_;
        take('-');
        const bool zero = peek() == '0';
        const std::size_t whole = skip_digits();
        if (whole == 0 || (zero && whole > 1)) return fail("not a JSON value");
        if (take('.') && skip_digits() == 0) return fail("a number is malformed");
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            if (skip_digits() == 0) return fail("a number is malformed");
        }
        out.type = JsonValue::Type::number;
        out.text = bytes_.substr(first, at_ - first);
        return true;
    }

    bool read_array(JsonValue& out, std::size_t depth) {
        out.type = JsonValue::Type::array;
        ++at_;
        skip_space();
        if (take(']')) return true;
        while (true) {
            skip_space();
            if (!read_value(out.items.emplace_back(), depth + 1)) return false;
            skip_space();
            if (take(']')) return true;
            if (!take(',')) return fail("',' or ']' expected");
        }
    }

    bool read_object(JsonValue& out, std::size_t depth) {
        out.type = JsonValue::Type::object;
        ++at_;
        skip_space();
        if (take('}')) return true;
        while (true) {
            skip_space();
            std::string name;
            if (peek() != '"') return fail("a member name expected");
            if (!read_string(name)) return false;
            if (out.member(name) != nullptr) return fail("a member twice");
            skip_space();
            if (!take(':')) return fail("':' expected");
            skip_space();
            if (!read_value(out.members.emplace_back(JsonMember{std::move(name), {}}).value,
                            depth + 1)) {
                return false;
            }
            skip_space();
            if (take('}')) return true;
            if (!take(',')) return fail("',' or '}' expected");
        }
    }

    bool read_string(std::string& out) {
        ++at_;
        while (at_ < bytes_.size()) {
            const std::size_t end = std::min(bytes_.find_first_of("\"\\", at_), bytes_.size());
            const std::string_view plain = bytes_.substr(at_, end - at_);
            const bool control = std::ranges::any_of(
                plain, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
            if (control) return fail("a control character inside a string");
            out += plain;
            at_ = end;
            if (take('"')) return true;
            if (take('\\') && !read_escape(out)) return false;
        }
        return fail("a string without end");
    }

    bool read_escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (take('u')) return read_unicode_escape(out);
        const std::size_t which = letters.find(peek());
        if (at_ >= bytes_.size() || which == std::string_view::npos)
            return fail("an unknown escape");
        ++at_;
        out += meanings[which];
        return true;
    }

    bool read_unicode_escape(std::string& out) {
        char32_t unit = 0;
        if (!read_hex(unit)) return false;
        if (unit >= 0xDC00 && unit <= 0xDFFF) return fail("a lone surrogate");
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            char32_t low = 0;
            if (!take('\\') || !take('u')) return fail("a lone surrogate");
            if (!read_hex(low)) return false;
            if (low < 0xDC00 || low > 0xDFFF) return fail("a lone surrogate");
            unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
        }
        append_utf8(out, unit);
        return true;
    }

    bool read_hex(char32_t& unit) {
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = peek();
            const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!is_digit(c) && !letter) return fail("a malformed \\u escape");
            unit = unit * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return true;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::size_t values_ = 0;
    std::string why_;
};

}  // namespace

const JsonValue* JsonValue::member(std::string_view name) const {
    const auto found = std::ranges::find(
        members, name, [](const auto& member) -> std::string_view { return member.name; });
    return found == members.end() ? nullptr : &found->value;
}

const std::string* JsonValue::string(std::string_view name) const {
    const JsonValue* value = member(name);
    return value != nullptr && value->is(Type::string) ? &value->text : nullptr;
}

Result<JsonValue> read_json(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        return Error{ErrorCode::json_form, "begins with a byte order mark"};
    }
    if (!is_utf8(bytes)) return Error{ErrorCode::json_form, "the bytes are not UTF-8"};
    JsonValue value;
    Reader reader(bytes);
    if (!reader.read_document(value)) return Error{ErrorCode::json_form, reader.why()};
    return value;
}

}  // namespace recall::crypto
