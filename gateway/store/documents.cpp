#include "gateway/store/documents.h"

#include <algorithm>

#include "gateway/store/page.h"

namespace recall::store {
namespace {

constexpr Sql find_document{"source_document.get",
                            "select fingerprint, entry, etag, last_modified from source_document "
                            "where source = :source and document = :document",
                            "tttt"};
constexpr Sql list_without_copy{
    "source_document.without_copy",
    "select document, fingerprint, entry, etag, last_modified from source_document "
    "where source = :source and fingerprint like '@%' order by document limit :rows",
    "ttttt"};
constexpr Sql save_document{
    "source_document.save",
    "insert into source_document (source, document, fingerprint, entry, etag, last_modified, "
    "last_run) values (:source, :document, :fingerprint, :entry, :etag, :last_modified, :run) "
    "on conflict (source, document) do update set fingerprint = excluded.fingerprint, "
    "entry = excluded.entry, etag = excluded.etag, last_modified = excluded.last_modified, "
    "last_run = excluded.last_run"};
constexpr Sql mark_document{
    "source_document.mark_listed",
    "update source_document set last_run = :run where source = :source and document = :document"};
constexpr Sql delete_documents{"source_document.forget_unlisted",
                               "delete from source_document where source = :source and "
                               "last_run < :run"};

constexpr Sql find_noted{"document_record.get",
                         "select last_run from document_record where source = :source and "
                         "document = :document and record_key = :record_key",
                         "n"};
constexpr Sql note_record_row{
    "document_record.note",
    "insert into document_record (source, document, record_key, last_run) "
    "values (:source, :document, :record_key, :run) on conflict (source, document, record_key) "
    "do update set last_run = excluded.last_run"};
constexpr Sql delete_unnoted{"document_record.forget_unnoted",
                             "delete from document_record where source = :source and "
                             "document = :document and last_run < :run"};
constexpr Sql delete_unlisted{
    "document_record.forget_unlisted",
    "delete from document_record where source = :source and document in "
    "(select document from source_document where source = :source and last_run < :run)"};
constexpr Sql count_records{"document_record.count",
                            "select count(*) from document_record where source = :source and "
                            "document = :document",
                            "n"};

constexpr Sql list_adrift{
    "document_record.adrift",
    "select f.record_key from record_fingerprint f where f.source = :source and f.is_present = 1 "
    "and f.record_key > :after and not exists (select 1 from document_record r "
    "left join source_document d on d.source = r.source and d.document = r.document "
    "where r.source = f.source and r.record_key = f.record_key "
    "and (d.last_run >= :run or r.last_run >= :run)) "
    "order by f.record_key limit :rows",
    "t"};
constexpr Sql count_adrift{
    "document_record.adrift_count",
    "select count(*) from record_fingerprint f where f.source = :source and f.is_present = 1 "
    "and not exists (select 1 from document_record r "
    "left join source_document d on d.source = r.source and d.document = r.document "
    "where r.source = f.source and r.record_key = f.record_key "
    "and (d.last_run >= :run or r.last_run >= :run))",
    "n"};

}  // namespace

std::optional<SourceDocument> Documents::find(std::string_view source, std::string_view key) {
    Rows rows = session_.query(find_document, {{"source", source}, {"document", key}});
    if (!rows.next()) return std::nullopt;
    return SourceDocument{std::string(key), rows.text(0), rows.text(1), rows.text(2), rows.text(3)};
}

std::vector<SourceDocument> Documents::without_copy(std::string_view source, std::size_t rows) {
    const auto wanted = static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
    std::vector<SourceDocument> out;
    Rows found = session_.query(list_without_copy, {{"source", source}, {"rows", wanted}});
    while (found.next()) {
        out.push_back({found.text(0), found.text(1), found.text(2), found.text(3), found.text(4)});
    }
    return out;
}

void Documents::save(std::string_view source, const SourceDocument& document, long long run) {
    session_.execute(save_document, {{"source", source},
                                     {"document", document.key},
                                     {"fingerprint", document.fingerprint},
                                     {"entry", document.entry},
                                     {"etag", document.etag},
                                     {"last_modified", document.last_modified},
                                     {"run", run}});
}

void Documents::mark_listed(std::string_view source, std::string_view key, long long run) {
    session_.execute(mark_document, {{"source", source}, {"document", key}, {"run", run}});
}

bool Documents::note_record(std::string_view source, std::string_view key, std::string_view record,
                            long long run) {
    bool is_first = true;
    {
        Rows rows = session_.query(find_noted,
                                   {{"source", source}, {"document", key}, {"record_key", record}});
        if (rows.next()) is_first = rows.number(0) != run;
    }
    session_.execute(note_record_row,
                     {{"source", source}, {"document", key}, {"record_key", record}, {"run", run}});
    return is_first;
}

void Documents::forget_unnoted(std::string_view source, std::string_view key, long long run) {
    session_.execute(delete_unnoted, {{"source", source}, {"document", key}, {"run", run}});
}

long long Documents::record_count(std::string_view source, std::string_view key) {
    Rows rows = session_.query(count_records, {{"source", source}, {"document", key}});
    return rows.next() ? rows.number(0) : 0;
}

std::vector<std::string> Documents::adrift(std::string_view source, long long run,
                                           std::string_view after_record, std::size_t rows) {
    const auto wanted = static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
    std::vector<std::string> keys;
    Rows found = session_.query(
        list_adrift, {{"source", source}, {"run", run}, {"after", after_record}, {"rows", wanted}});
    while (found.next())
        keys.push_back(found.text(0));
    return keys;
}

long long Documents::adrift_count(std::string_view source, long long run) {
    Rows rows = session_.query(count_adrift, {{"source", source}, {"run", run}});
    return rows.next() ? rows.number(0) : 0;
}

void Documents::forget_unlisted(std::string_view source, long long run) {
    session_.execute(delete_unlisted, {{"source", source}, {"run", run}});
    session_.execute(delete_documents, {{"source", source}, {"run", run}});
}

}  // namespace recall::store
