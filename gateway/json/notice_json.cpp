#include "gateway/json/notice_json.h"

#include "gateway/json/parse.h"
#include "gateway/json/value_writer.h"
#include "gateway/xml/value_reader.h"

namespace recall::json {

void write_notice(Writer& out, const model::Notice& notice) {
    out.begin_object().member("schema", model::notice_schema);
    ValueWriter writer(out);
    fields(writer, notice);
    out.end_object();
}

std::string write_notice(const model::Notice& notice) {
    Writer out;
    write_notice(out, notice);
    return std::move(out).text();
}

Result<model::Notice> read_notice(std::string_view bytes, const xml::Limits& limits) {
    const Result<xml::Document> tree = parse(bytes, limits, "notice");
    if (!tree) return tree.error();
    return xml::read_notice(tree->root(), xml::Face::json);
}

Result<model::Notice> read_kept_notice(std::string_view bytes) {
    const Result<xml::Document> tree = parse(bytes, {}, "notice");
    if (!tree) return tree.error();
    return xml::read_notice(tree->root(), xml::Face::json, xml::Forms::taken);
}

Result<model::Notice> read_stored_notice(std::string_view bytes, long long revision,
                                         std::string_view state) {
    Result<model::Notice> notice = read_kept_notice(bytes);
    if (!notice) return notice;
    notice->revision = revision;
    if (state == "vanished") notice->status = state;
    return notice;
}

}  // namespace recall::json
