#pragma once
// The visitor that reads any model value described by a field list (model/*_fields.h) from a record
// tree, whether the tree came from JSON or XML. Strict: unknown or doubled members, wrong types,
// empty texts, characters outside XML 1.0, texts outside the vocabularies of a notice and objects
// without what the schemas demand are refused, with the member's path.

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/date.h"
#include "gateway/base/result.h"
#include "gateway/base/utf8.h"
#include "gateway/model/notice_fields.h"
#include "gateway/model/notice_forms.h"
#include "gateway/xml/document.h"

namespace recall::xml {

// Where the tree came from: JSON marks numbers and booleans, XML has text only.
enum class Face { json, xml };

// Whether closed vocabularies and forms are held to (model/notice_forms.h). What we kept is read as
// it is: an earlier version of ours may have written it.
enum class Forms { checked, taken };

class ValueReader {
  public:
    ValueReader(Node node, Face face, Error& error, Forms forms = Forms::checked)
        : node_(node), face_(face), error_(error), forms_(forms) {}

    void text(std::string_view name, std::string& out) {
        if (const Node child = only(name)) out = formed(name, child);
    }
    void number(std::string_view name, long long& out) {
        const Node child = only(name);
        if (!child) return;
        const std::string digits = leaf(child, Mark::number);
        const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (end.ec != std::errc() || end.ptr != digits.data() + digits.size() || out <= 0) {
            fail(child, "not a positive whole number");
        }
    }
    void flag(std::string_view name, std::optional<bool>& out) {
        const Node child = only(name);
        if (!child) return;
        const std::string word = leaf(child, Mark::boolean);
        if (word != "true" && word != "false") return fail(child, "neither true nor false");
        out = word == "true";
    }
    void date(std::string_view name, std::optional<Date>& out) {
        const Node child = only(name);
        if (!child) return;
        const Result<Date> date = parse_date(leaf(child, Mark{}));
        if (!date) return fail(child, date.error().text);
        out = *date;
    }
    void code(std::string_view name, ErrorCode& out) {
        const Node child = only(name);
        if (!child) return fail(node_, "needs a member " + std::string(name));
        const auto code = error_code(leaf(child, Mark{}));
        if (!code) return fail(child, "not one of our codes");
        out = *code;
    }
    void texts(std::string_view name, std::vector<std::string>& out) {
        for (const Node child : all(name))
            out.push_back(formed(name, child));
    }
    template <class T>
    void object(std::string_view name, T& out, bool) {
        if (const Node child = only(name)) read_into(child, out);
    }
    template <class T>
    void object(std::string_view name, std::optional<T>& out) {
        if (const Node child = only(name)) read_into(child, out.emplace());
    }
    template <class T>
    void objects(std::string_view name, std::vector<T>& out) {
        for (const Node child : all(name))
            read_into(child, out.emplace_back());
    }

    // Reads every field of the value, then refuses what is left over.
    template <class T>
    void read(T& out) {
        if (node_.is_leaf()) return fail(node_, "not an object, or an empty one");
        if (forms_ == Forms::checked) form_of_ = model::form_of<T>;
        fields(*this, out);
        refuse_unknown();
        const std::string_view lacks = forms_ == Forms::checked ? model::lacking(out) : "";
        if (!lacks.empty()) fail(node_, "needs a member " + std::string(lacks));
    }

    // Marks a member that the caller reads itself as known.
    void known(std::string_view name) { names_.push_back(name); }
    void refuse_unknown() {
        if (!error_.text.empty()) return;
        for (Node child = node_.first_child(); child; child = child.next_sibling()) {
            bool found = false;
            for (const std::string_view name : names_)
                found = found || name == child.name();
            if (!found) return fail(child, "not a member of this object");
        }
    }

  private:
    template <class T>
    void read_into(Node child, T& out) {
        if (!error_.text.empty()) return;
        ValueReader(child, face_, error_, forms_).read(out);
    }

    std::vector<Node> all(std::string_view name) {
        names_.push_back(name);
        std::vector<Node> found;
        if (!error_.text.empty()) return found;
        for (Node child = node_.first_child(); child; child = child.next_sibling()) {
            if (child.name() == name && child.namespace_uri() == node_.namespace_uri()) {
                found.push_back(child);
            }
        }
        return found;
    }

    Node only(std::string_view name) {
        const std::vector<Node> found = all(name);
        if (found.size() > 1) fail(found[1], "stands there twice");
        return found.empty() ? Node() : found[0];
    }

    std::string formed(std::string_view name, Node child) {
        std::string text = leaf(child, Mark{});
        const model::Form form = form_of_ == nullptr ? model::Form::any : form_of_(name);
        if (!model::fits(form, text)) {
            std::string wanted;
            for (const std::string_view word : model::vocabulary(form))
                wanted += (wanted.empty() ? "one of " : ", ") + std::string(word);
            fail(child, "cannot be \"" + text + "\"; expected " +
                            (wanted.empty() ? std::string(model::meaning(form)) : wanted));
        }
        return text;
    }

    std::string leaf(Node child, Mark wanted) {
        if (!child.is_leaf()) {
            fail(child, "an object where a text belongs");
            return {};
        }
        const bool typed =
            child.marked(Mark::number) || child.marked(Mark::boolean) || child.marked(Mark::null);
        if (face_ == Face::json && (wanted == Mark{} ? typed : !child.marked(wanted))) {
            fail(child, "a value of the wrong type");
        }
        std::string text = child.text();
        if (text.empty()) fail(child, "is empty; what is absent is left out");
        if (!is_xml_text(text)) fail(child, "holds characters that XML cannot carry");
        return text;
    }

    void fail(Node node, const std::string& why) {
        if (error_.text.empty()) error_ = {ErrorCode::schema, "at " + node.path() + ": " + why};
    }

    Node node_;
    Face face_;
    Error& error_;
    Forms forms_;
    model::Form (*form_of_)(std::string_view) = nullptr;
    std::vector<std::string_view> names_;
};

// Reads a whole value from a node. `extra` are members that the caller reads itself.
template <class T>
Result<T> read_value(Node node, Face face, std::initializer_list<std::string_view> extra = {},
                     Forms forms = Forms::checked) {
    Error error;
    T out;
    ValueReader reader(node, face, error, forms);
    for (const std::string_view name : extra)
        reader.known(name);
    reader.read(out);
    if (!error.text.empty()) return error;
    return out;
}

// The canonical notice below `node`, whose first member is the schema version.
Result<model::Notice> read_notice(Node node, Face face, Forms forms = Forms::checked);

}  // namespace recall::xml
