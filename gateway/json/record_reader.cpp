#include "gateway/json/record_reader.h"

#include <vector>

#include "gateway/json/parse.h"

namespace recall::json {
namespace {

constexpr std::size_t chunk_bytes = 256U << 10U;
constexpr std::size_t name_bytes_max = 1000;  // of a member name on the way to the records

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Cuts the bytes into records by brackets and strings alone; what a record holds is judged by
// json::parse afterwards.
class Splitter {
  public:
    Splitter(std::span<const std::string> path, const xml::Limits& limits, const RecordSinks& sinks,
             TrailingComma trailing_comma)
        : path_(path), limits_(limits), sinks_(sinks), trailing_comma_(trailing_comma) {}

    Result<void> feed(std::string_view bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            if (in_string_) {
                at = read_string(bytes, at);
            } else if (!step(bytes[at++])) {
                return error_;
            }
        }
        return {};
    }

    Result<void> finish() {
        if (in_record_ || depth_ > 0 || in_string_) {
            const Error cut{ErrorCode::truncated, "the document ends before it is closed"};
            if (in_record_) sinks_.refused(record_, cut);
            return cut;
        }
        if (!found_) {
            return {ErrorCode::wrong_document,
                    path_.empty() ? "neither an array nor an object" : "no array " + path_.back()};
        }
        return {};
    }

  private:
    // Where the array of records stands: that many levels are open inside it.
    std::size_t level() const { return path_.size() + 1; }

    std::size_t read_string(std::string_view bytes, std::size_t at) {
        const std::size_t from = at;
        while (at < bytes.size()) {
            const char c = bytes[at++];
            if (is_escaped_) {
                is_escaped_ = false;
            } else if (c == '\\') {
                is_escaped_ = true;
            } else if (c == '"') {
                in_string_ = false;
                break;
            }
        }
        const std::string_view piece = bytes.substr(from, at - from);
        if (in_record_) {
            keep(piece);
        } else if (name_.size() < name_bytes_max) {
            name_ += piece;
        }
        if (!in_string_ && !in_record_ && !name_.empty()) name_.pop_back();
        if (!in_string_ && in_record_ && depth_ == record_depth_) return end_record(at);
        return at;
    }

    std::size_t end_record(std::size_t at) {
        deliver();
        return at;
    }

    bool step(char c) {
        if (in_record_) return step_in_record(c);
        if (is_blank(c)) return true;
        if (is_done_) return fail("something follows the records");
        if (in_array_ && depth_ == level()) return step_between(c);
        return step_outside(c);
    }

    // Between two elements of the array of records.
    bool step_between(char c) {
        if (c == ']') {
            if (after_comma_ && trailing_comma_ == TrailingComma::refused)
                return fail("a comma before the end of the array");
            --depth_;
            in_array_ = false;
            is_done_ = depth_ == 0;
            return true;
        }
        if (c == ',') {
            if (!after_element_) return fail("a comma without an element before it");
            after_element_ = false;
            after_comma_ = true;
            return true;
        }
        if (after_element_) return fail("no comma between two elements");
        begin_record(c);
        return true;
    }

    // On the way to the array, or after it.
    bool step_outside(char c) {
        switch (c) {
            case '"':
                in_string_ = true;
                name_.clear();
                break;
            case '[':
                ++depth_;
                if (!found_ && depth_ == level() && matched_ == path_.size()) {
                    found_ = in_array_ = true;
                    after_element_ = after_comma_ = false;
                }
                break;
            case '{':
                // In place of the array one object, which is then the only record.
                if (depth_ == path_.size() && matched_ == depth_ && (!found_ || path_.empty())) {
                    found_ = true;
                    begin_record(c);
                    break;
                }
                ++depth_;
                break;
            case '}':
            case ']':
                if (depth_ == 0) return fail("a bracket is closed that was not opened");
                --depth_;
                if (matched_ > depth_) matched_ = depth_;
                break;
            case ':':
                if (!found_ && depth_ == matched_ + 1 && matched_ < path_.size()) {
                    if (name_ == path_[matched_]) ++matched_;
                }
                break;
            case ',':
                if (matched_ == depth_ && matched_ > 0) --matched_;
                break;
            default:
                if (depth_ == 0) return fail("neither an array nor an object");
                break;
        }
        return true;
    }

    void begin_record(char c) {
        in_record_ = true;
        after_comma_ = false;
        record_.clear();
        is_over_ = false;
        record_depth_ = depth_;
        step_in_record(c);
    }

    bool step_in_record(char c) {
        const bool closes_array = depth_ == record_depth_ && (c == ',' || c == ']' || c == '}');
        if (closes_array) {  // a bare word or number ends at what follows it
            deliver();
            return step(c);
        }
        keep({&c, 1});
        if (c == '"') {
            in_string_ = true;
        } else if (c == '{' || c == '[') {
            ++depth_;
        } else if (c == '}' || c == ']') {
            if (--depth_ == record_depth_) deliver();
        }
        return true;
    }

    void keep(std::string_view bytes) {
        if (record_.size() + bytes.size() > limits_.bytes_max) is_over_ = true;
        if (!is_over_) record_ += bytes;
    }

    void deliver() {
        in_record_ = false;
        after_element_ = true;
        if (is_over_) {
            sinks_.refused(record_,
                           {ErrorCode::limit,
                            "a record over " + std::to_string(limits_.bytes_max) + " bytes"});
            record_ = std::string();
            return;
        }
        const auto tree = json::parse(record_, limits_);
        if (tree) {
            sinks_.record(*tree, record_);
        } else {
            sinks_.refused(record_, tree.error());
        }
    }

    bool fail(const char* why) {
        error_ = {ErrorCode::bad_json, why};
        return false;
    }

    std::span<const std::string> path_;
    const xml::Limits& limits_;
    const RecordSinks& sinks_;
    TrailingComma trailing_comma_;
    Error error_;

    std::size_t depth_ = 0;    // open brackets, those of the record included
    std::size_t matched_ = 0;  // names of the path that lead here
    bool in_string_ = false;
    bool is_escaped_ = false;
    std::string name_;  // the last string outside records

    bool found_ = false;     // the array, or an object at the top
    bool in_array_ = false;  // the array is open
    bool is_done_ = false;   // the document is closed
    bool after_element_ = false;
    bool after_comma_ = false;

    bool in_record_ = false;
    std::size_t record_depth_ = 0;
    std::string record_;
    bool is_over_ = false;
};

}  // namespace

Result<void> read_records(const ByteSource& source, std::span<const std::string> path,
                          const xml::Limits& limits, const RecordSinks& sinks,
                          TrailingComma trailing_comma) {
    Splitter splitter(path, limits, sinks, trailing_comma);
    std::vector<char> buffer(chunk_bytes);
    bool is_first = true;
    for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
        std::string_view bytes(buffer.data(), size);
        if (is_first && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
        is_first = false;
        if (const auto fed = splitter.feed(bytes); !fed) return fed;
    }
    return splitter.finish();
}

}  // namespace recall::json
