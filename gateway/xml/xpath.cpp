#include "gateway/xml/xpath.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <algorithm>
#include <array>

#include "gateway/base/check.h"
#include "gateway/xml/labelled.h"

namespace recall::xml {
namespace {

// What one evaluation may cost: enough for any record, and an end for a hostile one.
constexpr unsigned long operations_max = 20'000'000;

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

void keep_silent(void*, xmlError*) {}
void say_nothing(void*, const char*, ...) {}

// has-class('x'): whether x is among the words of the context node's class attribute.
void has_class(xmlXPathParserContext* context, int arguments) {
    if (arguments != 1) {
        xmlXPathSetArityError(context);
        return;
    }
    xmlChar* wanted = xmlXPathPopString(context);
    xmlNode* node = context->context->node;
    xmlChar* classes = node != nullptr && node->type == XML_ELEMENT_NODE
                           ? xmlGetProp(node, chars("class"))
                           : nullptr;
    bool found = false;
    if (wanted != nullptr && classes != nullptr) {
        const std::string_view name = reinterpret_cast<const char*>(wanted);
        std::string_view rest = reinterpret_cast<const char*>(classes);
        while (!rest.empty() && !found) {
            const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
            found = !name.empty() && rest.substr(0, end) == name;
            rest.remove_prefix(std::min(rest.size(), end + 1));
        }
    }
    xmlFree(wanted);
    xmlFree(classes);
    valuePush(context, xmlXPathNewBoolean(found ? 1 : 0));
}

// labelled('x'): the value beside the label x below the context node (labelled.h).
void labelled_value(xmlXPathParserContext* context, int arguments) {
    if (arguments != 1) {
        xmlXPathSetArityError(context);
        return;
    }
    xmlChar* label = xmlXPathPopString(context);
    xmlXPathObject* found = xmlXPathNewNodeSet(nullptr);
    xmlNode* node = context->context->node;
    if (label != nullptr && node != nullptr && node->type == XML_ELEMENT_NODE) {
        for (const Node value : labelled(Node(node), reinterpret_cast<const char*>(label)))
            xmlXPathNodeSetAddUnique(found->nodesetval, value.raw());
    }
    xmlFree(label);
    valuePush(context, found);
}

struct ContextFree {
    void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
};
struct ObjectFree {
    void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
};
using Object = std::unique_ptr<xmlXPathObject, ObjectFree>;

struct Namespace {
    const char* prefix;
    const char* uri;
};
constexpr std::array<Namespace, 3> known_namespaces = {
    {{"xsi", "http://www.w3.org/2001/XMLSchema-instance"},
     {"dc", "http://purl.org/dc/elements/1.1/"},
     {"atom", "http://www.w3.org/2005/Atom"}}};

void register_known(xmlXPathContext* context) {
    for (const Namespace& known : known_namespaces)
        xmlXPathRegisterNs(context, chars(known.prefix), chars(known.uri));
}

std::unique_ptr<xmlXPathContext, ContextFree> make_context() {
    std::unique_ptr<xmlXPathContext, ContextFree> context(xmlXPathNewContext(nullptr));
    RECALL_CHECK(context != nullptr, "libxml2 gives a context unless memory is out");
    context->opLimit = operations_max;
    context->error = keep_silent;
    xmlSetGenericErrorFunc(nullptr, say_nothing);  // this thread's; we tell what is wrong ourselves
    register_known(context.get());
    xmlXPathRegisterFunc(context.get(), chars("has-class"), has_class);
    xmlXPathRegisterFunc(context.get(), chars("labelled"), labelled_value);
    return context;
}

Object evaluate(xmlXPathCompExpr* compiled, Node node, const XPath::Namespaces& namespaces) {
    thread_local const auto context = make_context();
    if (!namespaces.empty()) {
        for (const auto& [prefix, uri] : namespaces)
            xmlXPathRegisterNs(context.get(), chars(prefix.c_str()), chars(uri.c_str()));
        Object out = evaluate(compiled, node, {});
        // They are this expression's alone.
        for (const auto& [prefix, uri] : namespaces)
            xmlXPathRegisterNs(context.get(), chars(prefix.c_str()), nullptr);
        register_known(context.get());
        return out;
    }
    context->doc = node.raw()->doc;
    context->node = node.raw();
    context->opCount = 0;
    return Object(xmlXPathCompiledEval(compiled, context.get()));
}

std::string prefixes_known(const XPath::Namespaces& namespaces) {
    std::string out;
    for (const Namespace& known : known_namespaces)
        out += (out.empty() ? "" : " ") + std::string(known.prefix);
    for (const auto& [prefix, uri] : namespaces)
        out += " " + prefix;
    return out;
}

bool is_name(std::string_view text) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

Node attribute_of(Node element, std::string_view name) {
    if (!element.is_element()) return {};
    for (xmlAttr* attribute = element.raw()->properties; attribute != nullptr;
         attribute = attribute->next) {
        const Node node(reinterpret_cast<xmlNode*>(attribute));
        if (attribute->ns == nullptr && node.name() == name) return node;
    }
    return {};
}

}  // namespace

bool XPath::compile_steps(std::string_view expression) {
    std::vector<Step> steps;
    while (true) {
        const std::size_t slash = std::min(expression.find('/'), expression.size());
        const std::string_view step = expression.substr(0, slash);
        if (step == ".") {
            steps.push_back({Step::Kind::self, {}});
        } else if (step == "..") {
            steps.push_back({Step::Kind::parent, {}});
        } else if (step.starts_with('@') && is_name(step.substr(1)) && slash == expression.size()) {
            steps.push_back({Step::Kind::attribute, std::string(step.substr(1))});
        } else if (is_name(step)) {
            steps.push_back({Step::Kind::child, std::string(step)});
        } else {
            return false;
        }
        if (slash == expression.size()) break;
        expression.remove_prefix(slash + 1);
    }
    steps_ = std::move(steps);
    return true;
}

Result<XPath> XPath::compile(std::string_view expression, const Namespaces& namespaces) {
    XPath out;
    out.namespaces_ = namespaces;
    out.expression_ = std::string(expression);
    out.is_plain_ = out.compile_steps(expression);
    if (out.is_plain_) return out;
    const auto context = make_context();
    out.compiled_ = std::shared_ptr<xmlXPathCompExpr>(
        xmlXPathCtxtCompile(context.get(), chars(out.expression_.c_str())),
        [](xmlXPathCompExpr* compiled) {
            if (compiled != nullptr) xmlXPathFreeCompExpr(compiled);
        });
    if (out.compiled_ == nullptr) {
        const char* why = context->lastError.message;
        std::string text = why == nullptr ? "not an XPath 1.0 expression" : why;
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return Error{ErrorCode::usage, text + ": " + out.expression_};
    }
    // Unknown functions and prefixes show only when the expression runs.
    const Document trial = Document::create("trial");
    const Object value = evaluate(out.compiled_.get(), trial.root(), namespaces);
    if (value == nullptr) {
        return Error{ErrorCode::usage,
                     "unknown function or prefix, or wrong arguments: " + out.expression_ +
                         "; prefixes known: " + prefixes_known(namespaces)};
    }
    out.gives_text_ = value->type != XPATH_NODESET;
    return out;
}

void XPath::walk(Node context, std::size_t step, std::vector<Node>& out) const {
    if (!context) return;
    if (step == steps_.size()) {
        out.push_back(context);
        return;
    }
    const Step& here = steps_[step];
    switch (here.kind) {
        case Step::Kind::self:
            walk(context, step + 1, out);
            break;
        case Step::Kind::parent:
            walk(context.parent(), step + 1, out);
            break;
        case Step::Kind::attribute:
            walk(attribute_of(context, here.name), step + 1, out);
            break;
        case Step::Kind::child:
            for (Node child = context.first_child(); child; child = child.next_sibling()) {
                if (child.raw()->ns == nullptr && child.name() == here.name)
                    walk(child, step + 1, out);
            }
            break;
    }
}

std::vector<Node> XPath::nodes(Node context) const {
    std::vector<Node> out;
    if (is_plain_) {
        walk(context, 0, out);
        return out;
    }
    const Object object = evaluate(compiled_.get(), context, namespaces_);
    if (object == nullptr || object->type != XPATH_NODESET || object->nodesetval == nullptr)
        return out;
    xmlXPathNodeSetSort(object->nodesetval);
    for (int i = 0; i < object->nodesetval->nodeNr; ++i) {
        xmlNode* node = object->nodesetval->nodeTab[i];
        if (node->type != XML_NAMESPACE_DECL) out.emplace_back(node);
    }
    return out;
}

std::string XPath::text(Node context) const {
    if (is_plain_) {
        const auto found = nodes(context);
        return found.empty() ? std::string() : found.front().text();
    }
    Object object = evaluate(compiled_.get(), context, namespaces_);
    if (object == nullptr) return {};
    // number('about nine') is no number, and no text either.
    if (object->type == XPATH_NUMBER && xmlXPathIsNaN(object->floatval) != 0) return {};
    const Object converted(xmlXPathConvertString(object.release()));
    if (converted == nullptr || converted->stringval == nullptr) return {};
    return reinterpret_cast<const char*>(converted->stringval);
}

bool XPath::holds(Node context) const {
    if (is_plain_) return !nodes(context).empty();
    Object object = evaluate(compiled_.get(), context, namespaces_);
    if (object == nullptr) return false;
    const Object converted(xmlXPathConvertBoolean(object.release()));
    return converted != nullptr && converted->boolval != 0;
}

}  // namespace recall::xml
