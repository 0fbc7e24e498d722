#include "gateway/json/parse.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <simdjson.h>

namespace recall::json {
namespace {

namespace ondemand = simdjson::ondemand;

// Small objects are compared pairwise; larger ones use a set.
constexpr std::size_t pairwise_members_max = 16;

// Member names of one object, to refuse duplicates.
class Names {
  public:
    // False when the name was there before.
    bool add(std::string_view name) {
        if (names_.size() < pairwise_members_max) {
            if (std::ranges::find(names_, name) != names_.end()) return false;
            names_.emplace_back(name);
            return true;
        }
        if (set_.empty()) set_.insert(names_.begin(), names_.end());
        return set_.emplace(name).second;
    }

  private:
    std::vector<std::string> names_;
    std::unordered_set<std::string> set_;
};

// RFC 8259 §6: number = [ minus ] int [ frac ] [ exp ].
bool is_number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t first = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i - first;
    };
    if (i < text.size() && text[i] == '-') ++i;
    const bool zero = i < text.size() && text[i] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (digits() == 0) return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
        if (digits() == 0) return false;
    }
    return i == text.size();
}

std::string_view trimmed(std::string_view token) {
    while (!token.empty() &&
           std::string_view(" \t\r\n").find(token.back()) != std::string_view::npos) {
        token.remove_suffix(1);
    }
    return token;
}

// Builds the tree below one node; stops at the first error.
class Builder {
  public:
    explicit Builder(const xml::Limits& limits) : limits_(limits) {}

    // Fills `node` from `value`: the members of an object, or a leaf's text. An array fills its
    // parent instead, so the caller says under which name its elements go.
    bool fill(xml::Node node, ondemand::value value, std::size_t depth) {
        ondemand::json_type type{};
        if (const auto error = value.type().get(type)) return fail(error, node);
        switch (type) {
            case ondemand::json_type::object:
                return fill_object(node, value, depth);
            case ondemand::json_type::array:
                return fill_array(node, "item", value, depth);
            default:
                return fill_scalar(node, value, type);
        }
    }

    bool fill_array(xml::Node parent, std::string_view name, ondemand::value value,
                    std::size_t depth) {
        if (depth > limits_.depth_max) return too_deep(parent);
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return fail(error, parent);
        for (auto element : array) {
            ondemand::value item;
            if (const auto error = element.get(item)) return fail(error, parent);
            if (!fill(append(parent, name), item, depth + 1)) return false;
        }
        return true;
    }

    const Error& error() const { return error_; }
    const std::string& path() const { return path_; }

  private:
    bool fill_scalar(xml::Node node, ondemand::value value, ondemand::json_type type) {
        if (nodes_ > limits_.nodes_max) {
            return fail(ErrorCode::limit, node,
                        "more than " + std::to_string(limits_.nodes_max) + " nodes");
        }
        if (type == ondemand::json_type::string) {
            std::string_view text;
            if (const auto error = value.get_string().get(text)) return fail(error, node);
            return put_text(node, text);
        }
        const std::string_view token = trimmed(value.raw_json_token());
        if (type == ondemand::json_type::number) {
            if (!is_number(token)) return fail(ErrorCode::bad_json, node, "a number is malformed");
            node.append_text(token);
            node.mark(xml::Mark::number);
        } else if (token == "true" || token == "false") {
            node.append_text(token);
            node.mark(xml::Mark::boolean);
        } else if (token == "null") {
            node.mark(xml::Mark::null);
        } else {
            return fail(ErrorCode::bad_json, node, "not a JSON value");
        }
        return true;
    }

    bool fill_object(xml::Node node, ondemand::value value, std::size_t depth) {
        if (depth > limits_.depth_max) return too_deep(node);
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return fail(error, node);
        Names names;
        for (auto member : object) {
            ondemand::field field;
            if (const auto error = std::move(member).get(field)) return fail(error, node);
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key)) return fail(error, node);
            if (!names.add(key)) {
                return fail(ErrorCode::duplicate_key, node,
                            "the member " + std::string(key) + " twice");
            }
            if (!fill_member(node, std::string(key), field.value(), depth)) return false;
        }
        return true;
    }

    bool fill_member(xml::Node node, const std::string& key, ondemand::value value,
                     std::size_t depth) {
        if (key.size() > limits_.text_bytes_max || key.find('\0') != std::string::npos) {
            return fail(ErrorCode::bad_json, node, "a member name holds NUL or is too long");
        }
        ondemand::json_type type{};
        if (const auto error = value.type().get(type)) return fail(error, node);
        const std::string name = xml::xml_name(key);
        if (type == ondemand::json_type::array) return fill_array(node, name, value, depth + 1);
        return fill(append(node, name), value, depth + 1);
    }

    xml::Node append(xml::Node parent, std::string_view name) {
        ++nodes_;
        return parent.append(name);
    }

    bool put_text(xml::Node node, std::string_view text) {
        if (text.size() > limits_.text_bytes_max) {
            return fail(ErrorCode::limit, node,
                        "a text over " + std::to_string(limits_.text_bytes_max) + " bytes");
        }
        if (text.find('\0') != std::string_view::npos) {
            return fail(ErrorCode::bad_encoding, node, "a NUL character inside a text");
        }
        node.append_text(text);
        return true;
    }

    bool too_deep(xml::Node node) {
        return fail(ErrorCode::limit, node,
                    "nested deeper than " + std::to_string(limits_.depth_max));
    }

    bool fail(simdjson::error_code error, xml::Node node) {
        const bool encoding = error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR;
        return fail(encoding ? ErrorCode::bad_encoding : ErrorCode::bad_json, node,
                    simdjson::error_message(error));
    }

    bool fail(ErrorCode code, xml::Node node, const std::string& why) {
        path_ = node.path();
        error_ = {code, (path_.empty() ? "" : "at " + path_ + ": ") + why};
        return false;
    }

    const xml::Limits& limits_;
    std::size_t nodes_ = 1;
    Error error_;
    std::string path_;  // where the error is
};

}  // namespace

Result<xml::Document> parse(std::string_view bytes, const xml::Limits& limits,
                            std::string_view root_name, std::string* path) {
    if (bytes.size() > limits.bytes_max) {
        return Error{ErrorCode::limit, "the JSON has " + std::to_string(bytes.size()) +
                                           " bytes, at most " + std::to_string(limits.bytes_max) +
                                           " are read"};
    }
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF")
        return Error{ErrorCode::bad_json, "begins with a byte order mark"};
    thread_local ondemand::parser parser;
    const simdjson::padded_string padded(bytes);
    ondemand::document json;
    if (const auto error = parser.iterate(padded).get(json)) {
        const bool encoding = error == simdjson::UTF8_ERROR;
        return Error{encoding ? ErrorCode::bad_encoding : ErrorCode::bad_json,
                     simdjson::error_message(error)};
    }
    xml::Document document = xml::Document::create(root_name);
    Builder builder(limits);
    ondemand::json_type type{};
    if (const auto error = json.type().get(type)) {
        return Error{ErrorCode::bad_json, simdjson::error_message(error)};
    }
    const bool container =
        type == ondemand::json_type::object || type == ondemand::json_type::array;
    if (!container) {
        return Error{ErrorCode::bad_json, "neither an object nor an array"};
    }
    ondemand::value value;
    if (const auto error = json.get_value().get(value)) {
        return Error{ErrorCode::bad_json, simdjson::error_message(error)};
    }
    if (!builder.fill(document.root(), value, 1)) {
        if (path != nullptr) *path = builder.path();
        return builder.error();
    }
    if (json.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return Error{ErrorCode::bad_json, "something follows the value"};
    }
    return document;
}

}  // namespace recall::json
