#include "gateway/json/message_json.h"

#include "gateway/json/notice_json.h"
#include "gateway/json/parse.h"
#include "gateway/json/value_writer.h"
#include "gateway/model/message_fields.h"
#include "gateway/xml/message_xml.h"

namespace recall::json {
namespace {

void write_payload(Writer& out, const model::Notice& notice) { write_notice(out, notice); }

template <class T>
void write_payload(Writer& out, const T& payload) {
    ValueWriter(out).write(payload);
}

}  // namespace

std::string write_message(const model::Message& message) {
    Writer out;
    out.begin_object().member("schema", model::message_schema);
    ValueWriter writer(out);
    fields(writer, message);
    out.key("payload").begin_object();
    std::visit(
        [&out]<class T>(const T& payload) {
            out.key(model::payload_name<T>);
            write_payload(out, payload);
        },
        message.payload);
    out.end_object().end_object();
    return std::move(out).text();
}

Result<model::Message> read_message(std::string_view bytes, const xml::Limits& limits) {
    const Result<xml::Document> tree = parse(bytes, limits, "message");
    if (!tree) return tree.error();
    return xml::read_message(tree->root(), xml::Face::json);
}

}  // namespace recall::json
