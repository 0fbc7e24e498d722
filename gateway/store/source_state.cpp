#include "gateway/store/source_state.h"

#include "gateway/store/column_text.h"
#include "gateway/store/page.h"

#include <algorithm>

namespace recall::store {
namespace {

constexpr Sql list_cursors{"source_cursor.list",
                           "select name, value from source_cursor where source = :source", "tt"};
constexpr Sql find_cursor{"source_cursor.get",
                          "select value from source_cursor where source = :source and name = :name",
                          "t"};
constexpr Sql set_cursor{
    "source_cursor.set",
    "insert into source_cursor (source, name, value) values (:source, :name, :value) "
    "on conflict (source, name) do update set value = excluded.value"};
constexpr Sql erase_cursor{"source_cursor.erase",
                           "delete from source_cursor where source = :source and name = :name"};

constexpr Sql find_fingerprint{"record_fingerprint.get",
                               "select content_hash, is_present from record_fingerprint "
                               "where source = :source and record_key = :record_key",
                               "tn"};
constexpr Sql set_fingerprint{
    "record_fingerprint.set",
    "insert into record_fingerprint (source, record_key, content_hash, last_run, is_present) "
    "values (:source, :record_key, :content_hash, :run, 1) on conflict (source, record_key) "
    "do update set content_hash = excluded.content_hash, last_run = excluded.last_run, "
    "is_present = 1"};
constexpr Sql list_unseen{
    "record_fingerprint.unseen",
    "select record_key from record_fingerprint where source = :source and is_present = 1 "
    "and last_run < :run and record_key > :after order by record_key limit :rows",
    "t"};
constexpr Sql set_absent{"record_fingerprint.mark_absent",
                         "update record_fingerprint set is_present = 0 "
                         "where source = :source and record_key = :record_key"};
constexpr Sql clear_hashes{
    "record_fingerprint.forget",
    "update record_fingerprint set content_hash = '' where source = :source"};
constexpr Sql count_present{
    "record_fingerprint.present_count",
    "select count(*) from record_fingerprint where source = :source and is_present = 1", "n"};

constexpr Sql add_coverage{
    "field_coverage.add",
    "insert into field_coverage (source, path, mapped, ignored, unmapped) "
    "values (:source, :path, :mapped, :ignored, :unmapped) on conflict (source, path) "
    "do update set mapped = field_coverage.mapped + excluded.mapped, "
    "ignored = field_coverage.ignored + excluded.ignored, "
    "unmapped = field_coverage.unmapped + excluded.unmapped"};
constexpr Sql list_coverage{
    "field_coverage.list",
    "select path, mapped, ignored, unmapped from field_coverage where source = :source "
    "order by path",
    "tnnn"};
constexpr Sql clear_coverage{"field_coverage.clear",
                             "delete from field_coverage where source = :source"};

}  // namespace

std::map<std::string, std::string> Cursors::all(std::string_view source) {
    std::map<std::string, std::string> found;
    Rows rows = session_.query(list_cursors, {{"source", source}});
    while (rows.next())
        found.emplace(rows.text(0), rows.text(1));
    return found;
}

std::optional<std::string> Cursors::get(std::string_view source, std::string_view name) {
    Rows rows = session_.query(find_cursor, {{"source", source}, {"name", name}});
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

void Cursors::set(std::string_view source, std::string_view name, std::string_view value) {
    session_.execute(set_cursor, {{"source", source}, {"name", name}, {"value", value}});
}

void Cursors::erase(std::string_view source, std::string_view name) {
    session_.execute(erase_cursor, {{"source", source}, {"name", name}});
}

Seen Fingerprints::touch(std::string_view source, std::string_view key,
                         std::string_view content_hash, long long run) {
    Seen seen = Seen::created;
    {
        Rows rows = session_.query(find_fingerprint, {{"source", source}, {"record_key", key}});
        if (rows.next()) {
            const bool is_same = rows.text(0) == content_hash;
            seen = rows.number(1) == 0 ? Seen::returned : is_same ? Seen::unchanged : Seen::changed;
        }
    }
    session_.execute(
        set_fingerprint,
        {{"source", source}, {"record_key", key}, {"content_hash", content_hash}, {"run", run}});
    return seen;
}

std::optional<std::string> Fingerprints::find(std::string_view source, std::string_view key) {
    Rows rows = session_.query(find_fingerprint, {{"source", source}, {"record_key", key}});
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

std::vector<std::string> Fingerprints::unseen(std::string_view source, long long run,
                                              std::string_view after_key, std::size_t rows) {
    const auto wanted = static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
    std::vector<std::string> keys;
    Rows found = session_.query(
        list_unseen, {{"source", source}, {"run", run}, {"after", after_key}, {"rows", wanted}});
    while (found.next())
        keys.push_back(found.text(0));
    return keys;
}

void Fingerprints::mark_absent(std::string_view source, std::string_view key) {
    session_.execute(set_absent, {{"source", source}, {"record_key", key}});
}

void Fingerprints::forget(std::string_view source) {
    session_.execute(clear_hashes, {{"source", source}});
}

long long Fingerprints::present_count(std::string_view source) {
    Rows rows = session_.query(count_present, {{"source", source}});
    return rows.next() ? rows.number(0) : 0;
}

void FieldCoverage::add(std::string_view source, const std::vector<FieldCount>& counts) {
    for (const FieldCount& count : counts) {
        session_.execute(add_coverage, {{"source", source},
                                        {"path", shown_text(count.path)},
                                        {"mapped", count.mapped},
                                        {"ignored", count.ignored},
                                        {"unmapped", count.unmapped}});
    }
}

std::vector<FieldCount> FieldCoverage::list(std::string_view source) {
    std::vector<FieldCount> counts;
    Rows rows = session_.query(list_coverage, {{"source", source}});
    while (rows.next()) {
        counts.push_back({rows.text(0), rows.number(1), rows.number(2), rows.number(3)});
    }
    return counts;
}

void FieldCoverage::clear(std::string_view source) {
    session_.execute(clear_coverage, {{"source", source}});
}

}  // namespace recall::store
