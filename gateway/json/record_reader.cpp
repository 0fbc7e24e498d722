#include "gateway/json/record_reader.h"

#include <vector>

#include "gateway/json/parse.h"

namespace recall::json {
namespace {

constexpr std::size_t chunk_bytes = 256U << 10U;
constexpr std::size_t open_max = 1U << 20U;   // open brackets of a record that are told apart
constexpr std::size_t name_bytes_max = 1000;  // of a member name on the way to the records

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Cuts the bytes into records by brackets and strings alone; what a record holds is judged by
// json::parse afterwards.
class Splitter {
  public:
    Splitter(std::span<const std::string> path, const xml::Limits& limits, const RecordSinks& sinks,
             TrailingComma trailing_comma)
        : path_(path), limits_(limits), sinks_(sinks), trailing_comma_(trailing_comma) {}

    std::string_view without_mark(std::string_view bytes) {
        constexpr std::string_view mark = "\xEF\xBB\xBF";
        if (!bytes.starts_with(mark)) return bytes;
        consumed_ = mark.size();
        return bytes.substr(mark.size());
    }

    Result<void> feed(std::string_view bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            position_ = consumed_ + at;
            if (in_string_) {
                at = read_string(bytes, at);
            } else if (!step(bytes[at++])) {
                return error_;
            }
        }
        consumed_ += bytes.size();
        return {};
    }

    Result<void> finish() {
        if (in_record_) {
            // What is wrong in it may have hidden its end.
            const Error open{is_malformed_ ? ErrorCode::bad_json : ErrorCode::truncated,
                             place() + " is not closed before the document ends"};
            sinks_.refused(record_, open, path());
            return open;
        }
        if (depth_ > 0 || in_string_)
            return {ErrorCode::truncated, "the document ends before it is closed"};
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
        if (!in_string_ && in_record_ && open_.empty()) deliver();
        return at;
    }

    // Where the record stands.
    std::string path() const { return "[" + std::to_string(number_ - 1) + "]"; }
    std::string place() const {
        return "element " + path() + ", which begins at byte " + std::to_string(begin_) + ",";
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
        is_over_ = is_malformed_ = false;
        open_.clear();
        unkept_ = 0;
        last_ = ',';
        begin_ = position_;
        ++number_;
        step_in_record(c);
    }

    bool step_in_record(char c) {
        const bool ends_value = c == ',' || c == ']' || c == '}';
        if (open_.empty() && ends_value) {  // a bare word or number ends at what follows it
            deliver();
            return step(c);
        }
        // A member begins with its name: the object before was not closed.
        if (c == '{' && last_ == ',' && !open_.empty() && open_.back() == '{' && !leave_objects())
            return step(',') && step(c);
        const bool is_closing = c == '}' || c == ']';
        if (is_closing && !holds(c)) {  // the record was not closed
            deliver();
            return step(c);
        }
        keep({&c, 1});
        if (last_ == '"' && !ends_value && c != ':' && !is_blank(c)) is_malformed_ = true;
        if (!is_blank(c)) last_ = c;
        if (c == '"') {
            in_string_ = true;
        } else if (c == '{' || c == '[') {
            open(c);
        } else if (is_closing) {
            close(c);
        }
        return true;
    }

    static char opener(char c) { return c == '}' ? '{' : '['; }

    bool holds(char c) const { return unkept_ > 0 || open_.find(opener(c)) != std::string::npos; }

    void open(char c) {
        if (open_.size() < open_max) {
            open_ += c;
        } else {
            ++unkept_;
        }
    }

    // Closes with it what should have been closed before.
    void close(char c) {
        if (unkept_ > 0) {
            --unkept_;
            return;
        }
        open_.resize(open_.rfind(opener(c)));
        if (open_.empty()) deliver();
    }

    // To the array around the objects that are open; false when that is the array of records, and
    // the record has ended.
    bool leave_objects() {
        const std::size_t array = open_.rfind('[');
        open_.resize(array == std::string::npos ? 0 : array + 1);
        if (open_.empty()) deliver();
        return !open_.empty();
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
                            place() + " is over " + std::to_string(limits_.bytes_max) + " bytes"},
                           path());
            record_ = std::string();
            return;
        }
        std::string where;
        const auto tree = json::parse(record_, limits_, "record", &where);
        if (tree) return sinks_.record(*tree, record_);
        sinks_.refused(record_, {tree.error().code, place() + " is wrong: " + tree.error().text},
                       where.empty() ? path() : where);
    }

    bool fail(const char* why) {
        error_ = {ErrorCode::bad_json, "at byte " + std::to_string(position_) + ": " + why};
        return false;
    }

    std::span<const std::string> path_;
    const xml::Limits& limits_;
    const RecordSinks& sinks_;
    TrailingComma trailing_comma_;
    Error error_;

    std::size_t depth_ = 0;    // open brackets outside records
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
    std::size_t number_ = 0;  // of the record, from 1
    std::size_t begin_ = 0;   // its first byte in the document
    std::string open_;        // its open brackets
    std::size_t unkept_ = 0;  // open brackets beyond open_max
    char last_ = ',';         // what stood before, outside strings; blanks do not count
    bool is_malformed_ = false;
    std::string record_;
    bool is_over_ = false;

    std::size_t consumed_ = 0;  // bytes before those that are fed
    std::size_t position_ = 0;
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
        if (is_first) bytes = splitter.without_mark(bytes);
        is_first = false;
        if (const auto fed = splitter.feed(bytes); !fed) return fed;
    }
    return splitter.finish();
}

}  // namespace recall::json
