#include "gateway/xml/message_xml.h"

#include "gateway/model/message_fields.h"
#include "gateway/xml/notice_xml.h"
#include "gateway/xml/value_writer.h"

namespace recall::xml {
namespace {

void append_payload(std::string& out, const model::Notice& notice) { out += write_notice(notice); }

template <class T>
void append_payload(std::string& out, const T& payload) {
    ValueWriter(out).object(model::payload_name<T>, payload, false);
}

template <class T>
Result<void> read_as(Node node, Face face, model::Payload& out) {
    Result<T> value = read_value<T>(node, face);
    if (!value) return value.error();
    out = *std::move(value);
    return {};
}

template <>
Result<void> read_as<model::Notice>(Node node, Face face, model::Payload& out) {
    if (face == Face::xml && node.namespace_uri() != notice_namespace) {
        return {ErrorCode::schema, "the notice is not in " + std::string(notice_namespace)};
    }
    Result<model::Notice> notice = read_notice(node, face);
    if (!notice) return notice.error();
    out = *std::move(notice);
    return {};
}

// Tries each alternative of the payload by its name.
template <class... T>
Result<void> read_payload(Node node, Face face, std::variant<T...>& out) {
    Result<void> outcome = Error{ErrorCode::schema, "unknown payload " + std::string(node.name())};
    (void)((node.name() == model::payload_name<T> ? (outcome = read_as<T>(node, face, out), true)
                                                  : false) ||
           ...);
    return outcome;
}

}  // namespace

std::string write_message(const model::Message& message) {
    std::string out = "<message xmlns=\"" + std::string(exchange_namespace) + "\">";
    ValueWriter writer(out);
    writer.text("schema", model::message_schema);
    fields(writer, message);
    out += "<payload>";
    std::visit([&out](const auto& payload) { append_payload(out, payload); }, message.payload);
    return out + "</payload></message>";
}

Result<model::Message> read_message(Node node, Face face) {
    const Node schema = node.child("schema");
    if (!schema || schema.text() != model::message_schema) {
        return Error{ErrorCode::schema,
                     "not a message of schema " + std::string(model::message_schema)};
    }
    Result<model::Message> message = read_value<model::Message>(node, face, {"schema", "payload"});
    if (!message) return message;
    const Node holder = node.child("payload");
    const Node payload = holder ? holder.first_child() : Node();
    if (!payload || payload.next_sibling()) {
        return Error{ErrorCode::schema, "a message has one payload with one member"};
    }
    for (Node other = holder.next_sibling(); other; other = other.next_sibling()) {
        if (other.name() == "payload") return Error{ErrorCode::schema, "two payloads"};
    }
    if (payload.name() != model::payload_of(message->kind)) {
        return Error{ErrorCode::schema, "a message of kind " + message->kind + " does not carry " +
                                            std::string(payload.name())};
    }
    if (const Result<void> read = read_payload(payload, face, message->payload); !read) {
        return read.error();
    }
    return message;
}

Result<model::Message> read_message(std::string_view bytes, const Limits& limits) {
    const Result<Document> document = parse(bytes, limits);
    if (!document) return document.error();
    const Node root = document->root();
    if (root.name() != "message" || root.namespace_uri() != exchange_namespace) {
        return Error{ErrorCode::schema,
                     "the root element is not message in " + std::string(exchange_namespace)};
    }
    return read_message(root, Face::xml);
}

}  // namespace recall::xml
