#include "gateway/store/notice_parts.h"

namespace recall::store {
namespace {

constexpr Sql save_part{
    "notice_part.save",
    "insert into notice_part (source, record_key, part, language, number, content_hash, "
    "raw_sha256, json) values (:source, :record_key, :part, :language, :number, :content_hash, "
    ":raw_sha256, :json) on conflict (source, record_key, part, language) do update set "
    "number = excluded.number, content_hash = excluded.content_hash, "
    "raw_sha256 = excluded.raw_sha256, json = excluded.json"};
constexpr Sql list_parts{
    "notice_part.list",
    "select part, language, number, content_hash, raw_sha256, json from notice_part "
    "where source = :source and record_key = :record_key order by part, language",
    "tttttt"};
constexpr Sql list_keys{"notice_part.keys",
                        "select distinct record_key from notice_part where source = :source and "
                        "number = :number limit 2",
                        "t"};
constexpr Sql list_remarks_in{
    "notice_remark.in_document",
    "select position, number, part, said_on, gives, raw_sha256, json from notice_remark "
    "where source = :source and document = :document order by position, number",
    "ntttttt"};
constexpr Sql list_remarks_on{
    "notice_remark.on_number",
    "select position, number, part, said_on, gives, raw_sha256, json from notice_remark "
    "where source = :source and number = :number order by document, position",
    "ntttttt"};
constexpr Sql delete_remarks{
    "notice_remark.delete",
    "delete from notice_remark where source = :source and document = :document"};
constexpr Sql insert_remark{
    "notice_remark.insert",
    "insert into notice_remark (source, document, position, number, part, said_on, gives, "
    "raw_sha256, json) values (:source, :document, :position, :number, :part, :said_on, :gives, "
    ":raw_sha256, :json)"};
constexpr Sql list_before{
    "notice_remark.numbers_before",
    "select distinct number from notice_remark where source = :source and gives = :number", "t"};
constexpr Sql list_payloads{
    "notice_part.payloads",
    "select distinct raw_sha256 from notice_part where source = :source order by raw_sha256", "t"};

std::vector<StoredRemark> read_remarks(Rows rows) {
    std::vector<StoredRemark> out;
    while (rows.next()) {
        out.push_back({rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                       rows.text(5), rows.text(6)});
    }
    return out;
}

std::vector<std::string> first_column(Rows rows) {
    std::vector<std::string> out;
    while (rows.next())
        out.push_back(rows.text(0));
    return out;
}

}  // namespace

void NoticeParts::save(std::string_view source, std::string_view key, const StoredPart& part) {
    session_.execute(save_part, {{"source", source},
                                 {"record_key", key},
                                 {"part", part.part},
                                 {"language", part.language},
                                 {"number", part.number},
                                 {"content_hash", part.content_hash},
                                 {"raw_sha256", part.raw_sha256},
                                 {"json", part.json}});
}

std::vector<StoredPart> NoticeParts::list(std::string_view source, std::string_view key) {
    std::vector<StoredPart> out;
    Rows rows = session_.query(list_parts, {{"source", source}, {"record_key", key}});
    while (rows.next()) {
        out.push_back(
            {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
    }
    return out;
}

std::vector<std::string> NoticeParts::keys_of(std::string_view source, std::string_view number) {
    return first_column(session_.query(list_keys, {{"source", source}, {"number", number}}));
}

std::vector<StoredRemark> NoticeParts::remarks_in(std::string_view source,
                                                  std::string_view document) {
    return read_remarks(
        session_.query(list_remarks_in, {{"source", source}, {"document", document}}));
}

std::vector<StoredRemark> NoticeParts::remarks_on(std::string_view source,
                                                  std::string_view number) {
    return read_remarks(session_.query(list_remarks_on, {{"source", source}, {"number", number}}));
}

void NoticeParts::replace_remarks(std::string_view source, std::string_view document,
                                  const std::vector<StoredRemark>& remarks) {
    session_.execute(delete_remarks, {{"source", source}, {"document", document}});
    for (const StoredRemark& remark : remarks) {
        session_.execute(insert_remark, {{"source", source},
                                         {"document", document},
                                         {"position", remark.position},
                                         {"number", remark.number},
                                         {"part", remark.part},
                                         {"said_on", remark.said_on},
                                         {"gives", remark.gives},
                                         {"raw_sha256", remark.raw_sha256},
                                         {"json", remark.json}});
    }
}

std::vector<std::string> NoticeParts::numbers_before(std::string_view source,
                                                     std::string_view number) {
    return first_column(session_.query(list_before, {{"source", source}, {"number", number}}));
}

std::vector<std::string> NoticeParts::payloads(std::string_view source) {
    return first_column(session_.query(list_payloads, {{"source", source}}));
}

}  // namespace recall::store
