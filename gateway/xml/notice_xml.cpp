#include "gateway/xml/notice_xml.h"

#include "gateway/xml/value_writer.h"

namespace recall::xml {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            // A bare CR would come back as LF (XML 1.0 §2.11).
            case '\r':
                out += "&#13;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

void append_notice(std::string& out, const model::Notice& notice) {
    ValueWriter writer(out);
    writer.text("schema", model::notice_schema);
    fields(writer, notice);
}

std::string write_notice(const model::Notice& notice) {
    std::string out = "<notice xmlns=\"" + std::string(notice_namespace) + "\">";
    append_notice(out, notice);
    return out + "</notice>";
}

Result<model::Notice> read_notice(Node node, Face face, Forms forms) {
    const Node schema = node.child("schema");
    if (!schema || schema.text() != model::notice_schema) {
        return Error{ErrorCode::schema,
                     "not a notice of schema " + std::string(model::notice_schema)};
    }
    return read_value<model::Notice>(node, face, {"schema"}, forms);
}

Result<model::Notice> read_notice(std::string_view bytes, const Limits& limits) {
    const Result<Document> document = parse(bytes, limits);
    if (!document) return document.error();
    const Node root = document->root();
    if (root.name() != "notice" || root.namespace_uri() != notice_namespace) {
        return Error{ErrorCode::schema,
                     "the root element is not notice in " + std::string(notice_namespace)};
    }
    return read_notice(root, Face::xml);
}

}  // namespace recall::xml
