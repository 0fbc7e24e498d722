#include "gateway/mapping/table_rows.h"

#include <algorithm>
#include <deque>

#include "gateway/base/failure.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/text/decoder.h"

namespace recall::mapping {
namespace {

// What a record tree cannot hold, and what ends a cell there (record_groups.cpp), become controls
// that it can; like others they are told when the cell is read.
char with_place(char c) {
    if (c == '\0') return '\x1A';  // SUBSTITUTE
    return c == '\x1F' ? '\x1E' : c;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

text::Decoder decoder_for(const RecordForm& form) {
    Result<text::Decoder> decoder = text::Decoder::open(form.encoding);
    if (!decoder) throw Failure(decoder.error());
    return std::move(*decoder);
}

class TableRows {
  public:
    TableRows(const ByteSource& source, const RecordForm& form, const RowSinks& sinks)
        : table_(*form.table),
          sinks_(sinks),
          reader_(source, table_.dialect, {row_bytes_max, cells_max}),
          decoder_(decoder_for(form)),
          columns_(table_.columns) {}

    Result<void> read() {
        bool is_first = table_.header != HeaderRow::no;
        while (reader_.next()) {
            if (reader_.error()) {
                refuse(*reader_.error());
                continue;
            }
            if (!decode()) continue;
            if (is_first) {
                is_first = false;
                const Result<bool> header = take_header();
                if (!header) return header.error();
                if (*header) continue;
            }
            give();
        }
        return {};
    }

  private:
    static constexpr std::size_t row_bytes_max = 1U << 20U;
    static constexpr std::size_t cells_max = 250;

    void refuse(const Error& error) {
        sinks_.refused(reader_.bytes(),
                       {error.code, "line " + std::to_string(reader_.line()) + ": " + error.text});
    }

    // Fills texts_; false when the row was refused.
    bool decode() {
        texts_.clear();
        decoded_.clear();
        for (const std::string_view cell : reader_.cells()) {
            Result<std::string> text = decoder_.decode(cell);
            if (!text) {
                refuse(text.error());
                return false;
            }
            std::ranges::transform(*text, text->begin(), with_place);
            decoded_.push_back(std::move(*text));
            texts_.push_back(decoded_.back());
        }
        return true;
    }

    // Whether the first row is the header.
    Result<bool> take_header() {
        std::vector<std::string> names;
        for (const std::string_view text : texts_)
            names.push_back(xml::xml_name(tidy(text)));
        if (columns_.empty()) {
            columns_ = std::move(names);
            return true;
        }
        if (names.front() != columns_.front()) {
            if (table_.header == HeaderRow::if_there) return false;
            return Error{ErrorCode::wrong_document, "the first row begins with \"" + names.front() +
                                                        "\", not with the header " +
                                                        columns_.front()};
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto named = std::ranges::find(columns_, names[i]);
            if (named == columns_.end() || std::size_t(named - columns_.begin()) == i) continue;
            return Error{ErrorCode::wrong_document,
                         "the column " + names[i] + " stands in another place than it did"};
        }
        return true;
    }

    void give() {
        const std::size_t least = table_.cells_min > 0 ? table_.cells_min : columns_.size();
        const std::size_t most = std::max(table_.cells_max, columns_.size());
        if (texts_.size() < least || texts_.size() > most) {
            const std::string range = least == most
                                          ? std::to_string(most)
                                          : std::to_string(least) + " to " + std::to_string(most);
            refuse({ErrorCode::bad_csv,
                    std::to_string(texts_.size()) + " cells where " + range + " are expected"});
            return;
        }
        const auto layout = table_.layouts.find(texts_.size());
        const bool has_layout = layout != table_.layouts.end();
        const std::vector<std::string>& columns = has_layout ? layout->second : columns_;
        while (extra_.size() + columns.size() < texts_.size())
            extra_.push_back("column-" + std::to_string(columns.size() + extra_.size() + 1));
        // Columns of another layout are numbered apart.
        const std::size_t first = has_layout ? cells_max * texts_.size() : 0;
        cells_.clear();
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            if (is_blank(texts_[i])) continue;
            const bool is_named = i < columns.size();
            cells_.push_back(
                {is_named ? columns[i] : extra_[i - columns.size()], texts_[i], first + i});
        }
        sinks_.row(cells_, reader_.bytes());
    }

    const TableForm& table_;
    const RowSinks& sinks_;
    text::TableReader reader_;
    text::Decoder decoder_;
    std::vector<std::string> columns_;
    std::deque<std::string> extra_;  // names of cells past the last column
    std::deque<std::string> decoded_;
    std::vector<std::string_view> texts_;
    std::vector<Cell> cells_;
};

}  // namespace

Result<void> read_table(const ByteSource& source, const RecordForm& form, const RowSinks& sinks) {
    return TableRows(source, form, sinks).read();
}

bool fits_table(const RecordForm& form, std::string_view head) {
    const TableForm& table = *form.table;
    text::TableReader reader(bytes_source(head), table.dialect);
    if (!reader.next()) return true;
    if (reader.error()) return false;
    const std::size_t cells = reader.cells().size();
    if (table.columns.empty()) return cells > 1;
    const std::size_t least = table.cells_min > 0 ? table.cells_min : table.columns.size();
    return cells >= least && cells <= std::max(table.cells_max, table.columns.size());
}

}  // namespace recall::mapping
