#include "gateway/catalogue/row_reader.h"

#include <algorithm>

#include "gateway/base/failure.h"

namespace recall::catalogue {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";
constexpr int end_of_input = std::istream::traits_type::eof();

// What a file is that we do not take, by its first bytes; the text says what to do instead.
struct Stranger {
    std::string_view beginning;
    const char* text;
};

constexpr Stranger strangers[] = {
    {std::string_view("PK\x03\x04", 4),
     "an XLSX or ZIP file, which is not taken yet; save the sheet as CSV UTF-8"},
    {std::string_view("\xD0\xCF\x11\xE0", 4),
     "an old Excel file, which is not taken; save the sheet as CSV UTF-8"},
    {"<", "XML, and product feeds in XML are not taken yet; send CSV or one JSON object a line"},
    {std::string_view("\xFF\xFE", 2), "UTF-16 text; save it as UTF-8"},
    {std::string_view("\xFE\xFF", 2), "UTF-16 text; save it as UTF-8"},
    {"[", "a JSON array; send one object a line (jq -c '.[]' FILE makes such lines)"},
};

// Of two bytes a character, and without the mark that says so.
bool is_wide(std::string_view head) {
    return head.size() >= 2 && (head[0] == '\0') != (head[1] == '\0');
}

// A name as people write it who mean ours: " Title" for title.
std::string plain_name(std::string_view name) {
    const std::size_t first = std::min(name.find_first_not_of(blanks), name.size());
    std::string out(name.substr(first, name.find_last_not_of(blanks) + 1 - first));
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

// Why the header's name number `i` is none.
Error unknown_column(const std::vector<std::string>& header, std::size_t i, const Error& error) {
    const std::string& name = header[i];
    if (header.size() == 1 && name.find_first_of(";\t") != std::string::npos)
        return {ErrorCode::usage, "the header row is not parted by commas"};
    const std::string where = "the header row, column " + std::to_string(i + 1) + ": ";
    const std::string plain = plain_name(name);
    if (plain.empty()) return {ErrorCode::usage, where + "it has no name"};
    if (json::check_member_name(plain))
        return {ErrorCode::usage, where + "\"" + name + "\" must be spelt " + plain};
    return {ErrorCode::usage, where + error.text};
}

void check_readable(const std::istream& in) {
    if (in.bad()) throw Failure(ErrorCode::io, "the file could not be read to its end");
}

}  // namespace

Result<RowReader> RowReader::open(std::istream& in, Expected expected) {
    RowReader reader(in, std::move(expected));
    const std::istream::pos_type begin = in.tellg();
    std::string head(512, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    check_readable(in);
    in.clear();
    if (is_wide(head)) return Error{ErrorCode::usage, "UTF-16 text; save it as UTF-8"};
    std::string_view rest = head;
    if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    for (const Stranger& stranger : strangers) {
        if (rest.starts_with(stranger.beginning)) return Error{ErrorCode::usage, stranger.text};
    }
    const bool has_mark = head.starts_with(byte_order_mark);
    in.seekg(begin + std::istream::off_type(has_mark ? byte_order_mark.size() : 0));
    if (!in) return Error{ErrorCode::usage, "a pipe; give a file, which can be looked at first"};
    if (rest.empty() || rest.front() == '{') return reader;
    reader.csv_.emplace(in);
    if (Result<void> read = reader.read_header(); !read) return read.error();
    return reader;
}

Result<void> RowReader::read_header() {
    auto names = csv_->next();
    check_readable(*in_);
    if (!names) return {};
    if (!*names) return Error{names->error().code, "the header row: " + names->error().text};
    header_ = **std::move(names);
    for (std::size_t i = 0; i < header_.size(); ++i) {
        const auto known = json::check_member_name(header_[i]);
        if (!known) return unknown_column(header_, i, known.error());
        if (std::find(header_.begin(), header_.begin() + long(i), header_[i]) !=
            header_.begin() + long(i)) {
            return Error{ErrorCode::usage, "the header row names " + header_[i] + " twice"};
        }
    }
    for (const char* needed : {"id", "title"}) {
        if (std::ranges::find(header_, needed) == header_.end()) {
            return Error{ErrorCode::usage,
                         std::string("the header row does not name the column ") + needed};
        }
    }
    return {};
}

std::optional<Row> RowReader::next() { return csv_ ? next_record() : next_object(); }

// At most line_bytes_max of a line are kept; the rest of it is passed over.
bool RowReader::read_line(std::string& line, bool& is_cut) {
    line.clear();
    is_cut = false;
    ++line_;
    if (in_->peek() == end_of_input) {
        check_readable(*in_);
        return false;
    }
    for (int c = in_->get(); c != '\n' && c != end_of_input; c = in_->get()) {
        if (line.size() > json::ListingLimits{}.line_bytes_max) {
            is_cut = true;
        } else {
            line += static_cast<char>(c);
        }
    }
    check_readable(*in_);
    return true;
}

std::optional<Row> RowReader::next_object() {
    std::string line;
    bool is_cut = false;
    while (read_line(line, is_cut)) {
        if (line.find_first_not_of(blanks) == std::string::npos) continue;
        return Row{line_, judge_json(line, expected_)};
    }
    return std::nullopt;
}

std::optional<Row> RowReader::next_record() {
    const auto fields = csv_->next();
    check_readable(*in_);
    if (!fields) return std::nullopt;
    Row row{csv_->line(), {}};
    if (!*fields) {
        row.judged = refused("", fields->error());
        return row;
    }
    const std::vector<std::string>& values = **fields;
    if (values.size() != header_.size()) {
        row.judged = refused(
            "", {ErrorCode::bad_csv, "the row has " + std::to_string(values.size()) +
                                         " fields, the header " + std::to_string(header_.size())});
        return row;
    }
    model::Listing listing;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto set = json::set_member(listing, header_[i], values[i]); !set) {
            row.judged = refused(header_[i], set.error());
            return row;
        }
    }
    row.judged = judge(std::move(listing), expected_);
    return row;
}

}  // namespace recall::catalogue
