#include "gateway/mapping/row_groups.h"

#include <unistd.h>

#include <algorithm>

#include "gateway/base/failure.h"

namespace recall::mapping {
namespace {

[[noreturn]] void fail() {
    throw Failure(ErrorCode::io, "the temporary file for the rows of a table failed");
}

}  // namespace

Result<void> RowGroups::add(std::string_view key, std::string_view row) {
    if (rows_.size() == rows_max || bytes_ + row.size() > bytes_max)
        return {ErrorCode::limit, "more rows than can be grouped"};
    if (!file_) file_.reset(std::tmpfile());
    if (!file_ || std::fwrite(row.data(), 1, row.size(), file_.get()) != row.size()) fail();
    const auto group =
        groups_.try_emplace(std::string(key), static_cast<std::uint32_t>(groups_.size()));
    rows_.push_back({bytes_, static_cast<std::uint32_t>(row.size()), group.first->second});
    bytes_ += row.size();
    return {};
}

void RowGroups::read(const Row& row, std::string& buffer) const {
    buffer.resize(row.size);
    for (std::size_t at = 0; at < buffer.size();) {
        const ssize_t size = ::pread(fileno(file_.get()), buffer.data() + at, buffer.size() - at,
                                     static_cast<off_t>(row.offset + at));
        if (size <= 0) fail();
        at += static_cast<std::size_t>(size);
    }
}

void RowGroups::for_each(const std::function<void(std::string_view row)>& row,
                         const std::function<void(const std::string& key)>& end) {
    if (rows_.empty()) return;
    if (std::fflush(file_.get()) != 0) fail();
    std::vector<const std::string*> keys(groups_.size());
    for (const auto& [key, group] : groups_)
        keys[group] = &key;
    std::ranges::stable_sort(rows_, {}, &Row::group);
    std::string buffer;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        read(rows_[i], buffer);
        row(buffer);
        const bool is_last = i + 1 == rows_.size() || rows_[i + 1].group != rows_[i].group;
        if (is_last) end(*keys[rows_[i].group]);
    }
}

}  // namespace recall::mapping
