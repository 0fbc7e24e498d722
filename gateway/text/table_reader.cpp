#include "gateway/text/table_reader.h"

#include <algorithm>
#include <cstring>

namespace recall::text {
namespace {

constexpr std::size_t chunk_bytes = 256U << 10U;

}  // namespace

TableReader::TableReader(ByteSource source, TableDialect dialect, TableLimits limits)
    : source_(std::move(source)), dialect_(dialect), limits_(limits), buffer_(chunk_bytes) {}

bool TableReader::fill() {
    at_ = 0;
    size_ = source_(buffer_);
    return size_ > 0;
}

int TableReader::take() {
    const int c = peek();
    if (c == end) return end;
    ++at_;
    if (c == '\n') ++line_;
    return c;
}

void TableReader::skip_mark() {
    for (const unsigned char c : {0xEFU, 0xBBU, 0xBFU}) {
        if (peek() != c) return;
        ++at_;
    }
}

bool TableReader::next() {
    if (is_first_) skip_mark();
    is_first_ = false;
    row_.clear();
    text_.clear();
    bounds_.clear();
    cells_.clear();
    error_.reset();
    while (peek() == '\n' || peek() == '\r')
        take();
    row_line_ = line_;
    if (peek() == end) return false;
    if (dialect_.quoting == Quoting::bare) {
        read_bare();
    } else {
        read_quoted();
    }
    return true;
}

void TableReader::refuse(ErrorCode code, const char* why, int last) {
    error_ = {code, why};
    // To the end of the line: what a broken row's quotes mean is not known.
    while (last != '\n' && last != end)
        last = take();
}

void TableReader::read_bare() {
    while (peek() != end) {
        const char* from = buffer_.data() + at_;
        const auto* stop = static_cast<const char*>(std::memchr(from, '\n', size_ - at_));
        const auto length = stop == nullptr ? size_ - at_ : std::size_t(stop - from);
        if (row_.size() + length > limits_.row_bytes_max) {
            row_.append(from, limits_.row_bytes_max - row_.size());
            return refuse(ErrorCode::limit, "the row is longer than may be", ' ');
        }
        row_.append(from, length);
        at_ += length;
        if (stop != nullptr) break;
    }
    take();
    if (row_.ends_with('\r')) row_.pop_back();
    split_bare();
}

void TableReader::split_bare() {
    const std::string_view row = row_;
    for (std::size_t at = 0; at <= row.size();) {
        if (cells_.size() == limits_.cells_max)
            return refuse(ErrorCode::limit, "the row has more cells than may be", '\n');
        const std::size_t stop = std::min(row.find(dialect_.separator, at), row.size());
        cells_.push_back(row.substr(at, stop - at));
        at = stop + 1;
    }
}

void TableReader::read_quoted() {
    enum class State { start, plain, quoted, closed } state = State::start;
    bounds_.push_back(0);
    while (true) {
        const int c = take();
        if (c == end && state == State::quoted)
            return refuse(ErrorCode::bad_csv, "a quoted field is not closed", c);
        const bool is_quoted = state == State::quoted;
        if (c == end || (c == '\n' && !is_quoted)) break;
        if (row_.size() == limits_.row_bytes_max)
            return refuse(ErrorCode::limit, "the row is longer than may be", c);
        row_ += static_cast<char>(c);
        if (is_quoted) {
            if (c != '"') {
                text_ += static_cast<char>(c);
            } else if (peek() == '"') {
                text_ += static_cast<char>(take());
                row_ += '"';
            } else {
                state = State::closed;
            }
        } else if (c == '\r' && (peek() == '\n' || peek() == end)) {
            row_.pop_back();
        } else if (c == dialect_.separator) {
            if (bounds_.size() == limits_.cells_max)
                return refuse(ErrorCode::limit, "the row has more cells than may be", c);
            bounds_.push_back(text_.size());
            state = State::start;
        } else if (state == State::closed) {
            return refuse(ErrorCode::bad_csv, "text follows a closing quote", c);
        } else if (c == '"' && state == State::plain) {
            return refuse(ErrorCode::bad_csv, "a quote inside a field without quotes", c);
        } else if (c == '"') {
            state = State::quoted;
        } else {
            text_ += static_cast<char>(c);
            state = State::plain;
        }
    }
    bounds_.push_back(text_.size());
    const std::string_view text = text_;
    for (std::size_t i = 0; i + 1 < bounds_.size(); ++i)
        cells_.push_back(text.substr(bounds_[i], bounds_[i + 1] - bounds_[i]));
}

}  // namespace recall::text
