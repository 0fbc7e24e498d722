#include "gateway/ingest/record_store.h"

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"

namespace recall::ingest {
namespace {

constexpr std::size_t renumberings_max = 10;  // of one notice, one after the other

model::Notice read_stored(const std::string& json) {
    Result<model::Notice> notice = json::read_kept_notice(json);
    if (!notice) throw Failure(notice.error());
    return std::move(*notice);
}

std::vector<store::StoredRemark> rows_of(const std::vector<mapping::Remark>& remarks,
                                         const std::string& raw_sha256) {
    std::vector<store::StoredRemark> out;
    for (std::size_t i = 0; i < remarks.size(); ++i) {
        const mapping::Remark& remark = remarks[i];
        for (const std::string& number : remark.numbers) {
            store::StoredRemark row{static_cast<long long>(i),
                                    number,
                                    remark.part,
                                    remark.date,
                                    remark.notice.number,
                                    raw_sha256,
                                    json::write_notice(remark.notice)};
            const bool is_known = std::ranges::any_of(out, [&row](const auto& other) {
                return other.position == row.position && other.number == row.number;
            });
            if (!is_known) out.push_back(std::move(row));
        }
    }
    std::ranges::sort(out, {}, [](const store::StoredRemark& row) {
        return std::pair(row.position, row.number);
    });
    return out;
}

// Whether both say the same, wherever they were read.
bool says_same(const std::vector<store::StoredRemark>& left,
               const std::vector<store::StoredRemark>& right) {
    return std::ranges::equal(left, right, [](const auto& one, const auto& other) {
        model::Notice mine = read_stored(one.json);
        model::Notice theirs = read_stored(other.json);
        mine.provenance.reset();
        theirs.provenance.reset();
        return one.number == other.number && one.part == other.part &&
               one.said_on == other.said_on && mine == theirs;
    });
}

}  // namespace

std::optional<RecordStore::Known> RecordStore::known_part(const mapping::MappedRecord& record) {
    for (const auto& row : store::NoticeParts(session_).list(mapping_.source, record.key)) {
        if (row.part == record.notice_part && row.language == record.notice->language)
            return Known{row.content_hash, row.raw_sha256};
    }
    return std::nullopt;
}

RecordStore::Put RecordStore::put(const mapping::MappedRecord& record, const NoticeText& text,
                                  std::string_view raw_sha256) {
    if (!mapping_.merging) {
        return {store_notice(session_, *record.notice, text, raw_sha256, now_), text.content_hash};
    }
    store::NoticeParts(session_).save(
        mapping_.source, record.key,
        {record.notice_part, record.notice->language, record.notice->number, text.content_hash,
         std::string(raw_sha256), text.json});
    const model::Notice notice = assembled(record.key);
    const NoticeText whole = text_of(notice);
    return {store_notice(session_, notice, whole, raw_sha256, now_), whole.content_hash};
}

model::Notice RecordStore::assembled(const std::string& key) {
    std::vector<mapping::NoticePart> parts;
    for (const auto& row : store::NoticeParts(session_).list(mapping_.source, key))
        parts.push_back({row.part, read_stored(row.json)});
    return mapping::assembled(*mapping_.merging, mapping_.about.language, std::move(parts),
                              [this](const std::string& number) { return remarks_on(number); });
}

std::vector<mapping::Remark> RecordStore::remarks_on(const std::string& number) {
    std::vector<mapping::Remark> out;
    store::NoticeParts parts(session_);
    for (const auto& row : parts.remarks_on(mapping_.source, number))
        out.push_back({row.part, {row.number}, read_stored(row.json), row.said_on});
    // A number that two notices have names neither.
    if (!out.empty() && parts.keys_of(mapping_.source, number).size() > 1) out.clear();
    return out;
}

std::string RecordStore::key_of(const std::string& number) {
    store::NoticeParts parts(session_);
    std::vector<std::string> numbers = {number};
    for (std::size_t i = 0; i < numbers.size() && i < renumberings_max; ++i) {
        const auto keys = parts.keys_of(mapping_.source, numbers[i]);
        if (keys.size() == 1) return keys.front();
        if (keys.size() > 1) return {};
        for (std::string& before : parts.numbers_before(mapping_.source, std::string(numbers[i]))) {
            if (std::ranges::find(numbers, before) == numbers.end())
                numbers.push_back(std::move(before));
        }
    }
    return {};
}

// One that vanished stays so, whatever is said of it later.
bool RecordStore::remake(const std::string& key, std::string_view raw_sha256) {
    store::Notices notices(session_);
    const auto before = notices.get(mapping_.source + ":" + key);
    if (!before) return false;
    const model::Notice notice = assembled(key);
    const NoticeText text = text_of(notice);
    if (before->content_hash == text.content_hash) return false;
    store_notice(session_, notice, text, raw_sha256, now_);
    if (before->state == "vanished") {
        const auto marked = notices.mark_vanished(notice.id, now_);
        if (!marked) throw Failure(marked.error());
    }
    return true;
}

long long RecordStore::put_remarks(const std::string& document,
                                   const std::vector<mapping::Remark>& remarks,
                                   const std::string& raw_sha256) {
    if (mapping_.remarks.empty()) return 0;
    store::NoticeParts parts(session_);
    const auto before = parts.remarks_in(mapping_.source, document);
    const auto now = rows_of(remarks, raw_sha256);
    if (says_same(before, now)) return 0;
    parts.replace_remarks(mapping_.source, document, now);
    std::vector<std::string> keys;
    for (const auto* rows : {&before, &now}) {
        for (const store::StoredRemark& row : *rows) {
            std::string key = key_of(row.number);
            if (!key.empty() && std::ranges::find(keys, key) == keys.end())
                keys.push_back(std::move(key));
        }
    }
    return std::ranges::count_if(keys,
                                 [&](const std::string& key) { return remake(key, raw_sha256); });
}

}  // namespace recall::ingest
