#include "gateway/mapping/part_join.h"

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/json/notice_json.h"

namespace recall::mapping {
namespace {

constexpr char part_end = '\x1F';  // no name of a part holds it

}  // namespace

Result<void> PartJoin::add(const MappedRecord& record) {
    remarks_.insert(remarks_.end(), record.remarks.begin(), record.remarks.end());
    if (!record.notice) return {};
    if (const std::string& number = record.notice->number; !number.empty()) {
        const auto [place, is_new] = keys_.try_emplace(number, record.key);
        if (!is_new && place->second != record.key) place->second.clear();
    }
    return parts_.add(record.key,
                      record.notice_part + part_end + json::write_notice(*record.notice));
}

std::vector<Remark> PartJoin::remarks_on(const std::string& number) const {
    std::vector<Remark> out;
    if (const auto key = keys_.find(number); key != keys_.end() && key->second.empty()) return out;
    for (const Remark& remark : remarks_) {
        if (std::ranges::find(remark.numbers, number) != remark.numbers.end())
            out.push_back(remark);
    }
    return out;
}

void PartJoin::for_each(const std::function<void(const model::Notice& notice)>& give) {
    std::vector<NoticePart> parts;
    parts_.for_each(
        [&](std::string_view row) {
            const std::size_t end = row.find(part_end);
            Result<model::Notice> notice = json::read_kept_notice(row.substr(end + 1));
            if (!notice) throw Failure(notice.error());
            parts.push_back({std::string(row.substr(0, end)), std::move(*notice)});
        },
        [&](const std::string&) {
            give(assembled(*mapping_.merging, mapping_.about.language, std::move(parts),
                           [this](const std::string& number) { return remarks_on(number); }));
            parts.clear();
        });
}

}  // namespace recall::mapping
