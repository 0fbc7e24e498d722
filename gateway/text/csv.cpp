#include "gateway/text/csv.h"

namespace recall::text {
namespace {

constexpr int end_of_input = std::istream::traits_type::eof();

}  // namespace

int CsvReader::take() {
    const int c = in_.get();
    if (c == '\n') ++line_;
    return c;
}

// To the end of the line: what a broken row's quotes mean is not known.
void CsvReader::skip_row() {
    for (int c = take(); c != '\n' && c != end_of_input;)
        c = take();
}

std::optional<Result<std::vector<std::string>>> CsvReader::next() {
    if (first_) {
        first_ = false;
        for (const char c : {'\xEF', '\xBB', '\xBF'}) {
            if (in_.peek() != static_cast<unsigned char>(c)) break;
            in_.get();
        }
    }
    while (in_.peek() == '\n' || in_.peek() == '\r')
        take();
    row_line_ = line_;
    if (in_.peek() == end_of_input) return std::nullopt;

    using Row = Result<std::vector<std::string>>;
    std::vector<std::string> fields(1);
    std::size_t bytes = 0;
    enum class State { start, plain, quoted, closed } state = State::start;
    const auto refuse = [&](ErrorCode code, const char* why, int last) -> Row {
        if (last != '\n' && last != end_of_input) skip_row();
        return Error{code, why};
    };
    while (true) {
        const int c = take();
        if (c == end_of_input && state == State::quoted) {
            return refuse(ErrorCode::bad_csv, "a quoted field is not closed", c);
        }
        if (++bytes > limits_.row_bytes_max) {
            return refuse(ErrorCode::limit, "the row is longer than may be", c);
        }
        if (state == State::quoted) {
            if (c != '"') {
                fields.back() += static_cast<char>(c);
            } else if (in_.peek() == '"') {
                fields.back() += static_cast<char>(take());
            } else {
                state = State::closed;
            }
            continue;
        }
        if (c == '\n' || c == end_of_input) return Row(std::move(fields));
        if (c == '\r' && (in_.peek() == '\n' || in_.peek() == end_of_input)) continue;
        if (c == ',') {
            if (fields.size() == limits_.fields_max) {
                return refuse(ErrorCode::limit, "the row has more fields than may be", c);
            }
            fields.emplace_back();
            state = State::start;
        } else if (state == State::closed) {
            return refuse(ErrorCode::bad_csv, "text follows a closing quote", c);
        } else if (c == '"') {
            if (state == State::plain) {
                return refuse(ErrorCode::bad_csv, "a quote inside a field without quotes", c);
            }
            state = State::quoted;
        } else {
            fields.back() += static_cast<char>(c);
            state = State::plain;
        }
    }
}

}  // namespace recall::text
