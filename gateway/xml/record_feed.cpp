#include "gateway/xml/record_feed.h"

#include "gateway/xml/cdata_filter.h"
#include "gateway/xml/encoding.h"
#include "gateway/xml/tag_watch.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <string_view>
#include <vector>

namespace recall::xml {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

struct Parse {
    Parse(std::span<const std::string> the_path, const Limits& the_limits,
          const RecordSinks& the_sinks)
        : path(the_path), limits(the_limits), sinks(the_sinks) {}

    std::span<const std::string> path;
    const Limits& limits;
    const RecordSinks& sinks;

    std::size_t depth = 0;    // open elements
    std::size_t matched = 0;  // of them, from the root, how many are the path's
    std::size_t started = 0;  // records
    std::size_t passed = 0;   // open elements that are not built, below the one that is too much
    xmlNode* record = nullptr;
    std::size_t record_bytes = 0;
    std::size_t record_nodes = 0;
    std::size_t text_bytes = 0;  // of the text being read
    std::size_t container_bytes = 0;
    Error error{ErrorCode::limit, ""};    // why the record is passed over, when text is there
    Error stop{ErrorCode::internal, ""};  // why the document is given up, when text is there
    std::exception_ptr thrown;            // by a sink; C code must not see it
};

Parse& state_of(void* context) {
    return *static_cast<Parse*>(static_cast<xmlParserCtxt*>(context)->_private);
}

void give_up(void* context, ErrorCode code, std::string text) {
    Parse& parse = state_of(context);
    if (parse.stop.text.empty()) parse.stop = {code, std::move(text)};
    xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    give_up(context, ErrorCode::doctype, "the document carries a DOCTYPE, which is refused");
}

void refuse_record(Parse& parse, std::string text) {
    if (parse.error.text.empty()) parse.error.text = std::move(text);
}

bool is_refused(const Parse& parse) { return !parse.error.text.empty(); }

// True when the element is to be built.
bool admit(Parse& parse, std::size_t cost) {
    if (parse.record == nullptr) {
        parse.container_bytes += cost;
        return parse.container_bytes <= container_bytes_max;
    }
    parse.record_bytes += cost;
    if (++parse.record_nodes > parse.limits.nodes_max) {
        refuse_record(parse, "more than " + std::to_string(parse.limits.nodes_max) + " nodes");
    } else if (parse.record_bytes > parse.limits.bytes_max) {
        refuse_record(parse, "a record over " + std::to_string(parse.limits.bytes_max) + " bytes");
    } else if (parse.depth - parse.path.size() + 1 > parse.limits.depth_max) {
        refuse_record(parse, "nested deeper than " + std::to_string(parse.limits.depth_max));
    }
    return !is_refused(parse);
}

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
              int namespaces, const xmlChar** namespace_list, int attributes, int defaulted,
              const xmlChar** attribute_list) {
    Parse& parse = state_of(context);
    ++parse.depth;
    parse.text_bytes = 0;
    const bool steps = parse.depth == parse.matched + 1 && parse.matched < parse.path.size() &&
                       view(name) == parse.path[parse.matched];
    if (parse.depth == 1 && !steps) {
        give_up(context, ErrorCode::wrong_document,
                "the root element is " + std::string(view(name)) + ", not " + parse.path.front());
        return;
    }
    std::size_t cost = view(name).size() + 16;
    for (int i = 0; i < attributes; ++i) {
        cost += std::size_t(attribute_list[i * 5 + 4] - attribute_list[i * 5 + 3]) + 32;
    }
    if (parse.passed > 0 || (!steps && !admit(parse, cost))) {
        ++parse.passed;
        return;
    }
    xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_list, attributes,
                          defaulted, attribute_list);
    if (!steps) return;
    ++parse.matched;
    if (parse.matched == parse.path.size()) {
        ++parse.started;
        parse.record = static_cast<xmlParserCtxt*>(context)->node;
        parse.record_bytes = cost;
        parse.record_nodes = 1;
        parse.error.text.clear();
    }
}

void deliver(void* context, Parse& parse) {
    xmlNode* record = parse.record;
    parse.record = nullptr;
    try {
        if (is_refused(parse)) {
            parse.sinks.refused(Node(record), parse.error);
        } else {
            parse.sinks.record(Node(record));
        }
    } catch (...) {  // rethrown by read_records
        parse.thrown = std::current_exception();
        xmlStopParser(static_cast<xmlParserCtxt*>(context));
        return;
    }
    xmlUnlinkNode(record);
    xmlFreeNode(record);
}

void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    Parse& parse = state_of(context);
    const bool closes_step = parse.passed == 0 && parse.depth == parse.matched;
    --parse.depth;
    parse.text_bytes = 0;
    if (parse.passed > 0) {
        --parse.passed;
        return;
    }
    xmlSAX2EndElementNs(context, name, prefix, uri);
    if (!closes_step) return;
    const bool closes_record = parse.matched == parse.path.size();
    --parse.matched;
    if (closes_record) deliver(context, parse);
}

void on_text(void* context, const xmlChar* text, int length) {
    Parse& parse = state_of(context);
    const auto size = std::size_t(length);
    if (parse.passed > 0 || is_refused(parse)) return;
    if (parse.record == nullptr) {
        if (is_blank({reinterpret_cast<const char*>(text), size})) return;
        parse.container_bytes += size;
        if (parse.container_bytes > container_bytes_max) return;
    } else {
        parse.record_bytes += size;
        parse.text_bytes += size;
        if (parse.text_bytes > parse.limits.text_bytes_max) {
            refuse_record(parse,
                          "a text over " + std::to_string(parse.limits.text_bytes_max) + " bytes");
        } else if (parse.record_bytes > parse.limits.bytes_max) {
            refuse_record(parse,
                          "a record over " + std::to_string(parse.limits.bytes_max) + " bytes");
        }
        if (is_refused(parse)) return;
    }
    xmlSAX2Characters(context, text, length);
}

void keep_silent(void*, xmlError*) {}

xmlSAXHandler make_handler() {
    xmlSAXHandler handler{};
    xmlSAXVersion(&handler, 2);
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.cdataBlock = on_text;
    handler.ignorableWhitespace = on_text;
    handler.internalSubset = on_doctype;
    handler.comment = nullptr;
    handler.processingInstruction = nullptr;
    handler.error = nullptr;
    handler.warning = nullptr;
    handler.serror = keep_silent;
    return handler;
}

struct ContextFree {
    void operator()(xmlParserCtxt* context) const {
        xmlFreeDoc(context->myDoc);
        xmlFreeParserCtxt(context);
    }
};
using Context = std::unique_ptr<xmlParserCtxt, ContextFree>;

}  // namespace

struct RecordFeed::State {
    State(std::span<const std::string> path, const Limits& limits, const RecordSinks& sinks)
        : parse(path, limits, sinks), handler(make_handler()) {
        context.reset(xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr));
        context->_private = &parse;
        xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_COMPACT);
    }

    bool take(std::string_view bytes, int is_end) {
        const bool is_good =
            xmlParseChunk(context.get(), bytes.data(), int(bytes.size()), is_end) == 0;
        if (parse.thrown) std::rethrow_exception(parse.thrown);
        return is_good && parse.stop.text.empty() && context->wellFormed != 0;
    }

    Parse parse;
    xmlSAXHandler handler;
    Context context;
    CdataFilter filter;
    TagWatch watch{attributes_max};
    bool is_at_end = false;
    Error wrong{ErrorCode::internal, ""};  // what we found ourselves, when text is there
};

RecordFeed::RecordFeed(std::span<const std::string> path, const Limits& limits,
                       const RecordSinks& sinks, long lines_before)
    : state_(std::make_unique<State>(path, limits, sinks)), lines_before_(lines_before) {}

RecordFeed::~RecordFeed() = default;

bool RecordFeed::feed(std::string_view bytes) {
    const std::string_view clean = bytes.substr(0, bytes.find('\0'));
    if (!state_->watch.admits(clean)) {
        state_->wrong = crowded_element();
        return false;
    }
    if (!state_->take(state_->filter.feed(clean), 0)) return false;
    if (clean.size() == bytes.size()) return true;
    state_->wrong = {ErrorCode::bad_encoding, "the document holds a NUL byte"};
    return false;
}

bool RecordFeed::finish() {
    state_->is_at_end = true;
    return state_->take(state_->filter.finish(), 1);
}

std::size_t RecordFeed::started() const { return state_->parse.started; }

bool RecordFeed::is_given_up() const { return !state_->parse.stop.text.empty(); }

Node RecordFeed::open_record() const { return Node(state_->parse.record); }

Document RecordFeed::take_rest() {
    Document rest(state_->context->myDoc);
    state_->context->myDoc = nullptr;
    return rest;
}

Error RecordFeed::error() const {
    if (is_given_up()) return state_->parse.stop;
    if (!state_->wrong.text.empty()) return state_->wrong;
    const xmlError* last = xmlCtxtGetLastError(state_->context.get());
    std::string text =
        last == nullptr || last->message == nullptr ? "not well formed" : last->message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    if (state_->is_at_end)
        return {ErrorCode::truncated, "the document ends inside an element: " + text};
    const int code = last == nullptr ? 0 : last->code;
    const bool encoding = code == XML_ERR_INVALID_ENCODING ||
                          code == XML_ERR_UNSUPPORTED_ENCODING || code == XML_ERR_INVALID_CHAR ||
                          code == XML_ERR_UNKNOWN_ENCODING;
    const bool limit = text.find("uge") != std::string::npos || code == XML_ERR_NAME_TOO_LONG;
    const long line = last == nullptr ? 0 : last->line + lines_before_;
    return {encoding ? ErrorCode::bad_encoding
            : limit  ? ErrorCode::limit
                     : ErrorCode::bad_xml,
            "line " + std::to_string(line) + ": " + text};
}

}  // namespace recall::xml
