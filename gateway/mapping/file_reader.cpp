#include "gateway/mapping/file_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/base/near_miss.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/mapping_error.h"
#include "gateway/mapping/member_form.h"

namespace recall::mapping {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        std::string piece = tidy(text.substr(at, end - at));
        if (!piece.empty()) out.push_back(std::move(piece));
        at = end + 1;
    }
    return out;
}

}  // namespace

void FileReader::fail(xml::Node node, const std::string& text) {
    if (!error_) error_ = mapping_error(file_, node, text);
}

std::string FileReader::attribute(xml::Node node, std::string_view name,
                                  std::string_view otherwise) {
    const auto value = node.attribute(name);
    return value ? *value : std::string(otherwise);
}

std::string FileReader::needed(xml::Node node, std::string_view name) {
    std::string value = attribute(node, name);
    if (value.empty()) {
        fail(node, "<" + std::string(node.name()) + "> needs the attribute " + std::string(name));
    }
    return value;
}

long long FileReader::number(xml::Node node, std::string_view name, long long otherwise) {
    const std::string text = attribute(node, name);
    if (text.empty()) return otherwise;
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) {
        fail(node, std::string(name) + " must be a whole number, not \"" + text + "\"");
    }
    return value;
}

bool FileReader::yes(xml::Node node, std::string_view name, bool otherwise) {
    constexpr std::array<std::string_view, 2> choices = {"no", "yes"};
    return choice(node, name, choices, otherwise ? 1 : 0) == 1;
}

std::size_t FileReader::choice(xml::Node node, std::string_view name,
                               std::span<const std::string_view> choices, std::size_t otherwise) {
    const std::string word = attribute(node, name);
    if (word.empty()) return otherwise;
    const auto found = std::ranges::find(choices, word);
    if (found == choices.end()) {
        fail(node,
             std::string(name) + "=\"" + word + "\" is not known" + expected_one_of(word, choices));
        return otherwise;
    }
    return std::size_t(found - choices.begin());
}

xml::XPath FileReader::path(xml::Node node, std::string_view text) {
    auto compiled = xml::XPath::compile(text, namespaces_);
    if (!compiled) {
        fail(node, compiled.error().text);
        return *xml::XPath::compile(".");
    }
    return std::move(*compiled);
}

// In JSON a member may stand there and say false, or nothing.
xml::XPath FileReader::condition(xml::Node node, std::string_view text) {
    const std::string whole = tidy(text);
    std::string name = whole;
    if (name.starts_with("not(") && name.ends_with(')'))
        name = tidy(name.substr(4, name.size() - 5));
    xml::XPath out = path(node, text);
    const auto asked = xml::XPath::compile(name, namespaces_);
    if (reads_json_ && asked && asked->is_plain()) {
        fail(node, "when=\"" + whole + "\" asks whether " + name +
                       " stands there, and it does when it is false or empty; expected what it "
                       "says: " +
                       name + " = 'true', or " + name + " != ''");
    }
    return out;
}

Pipeline FileReader::pipeline(xml::Node node, std::string_view text) {
    auto compiled = Pipeline::compile(text, tables_);
    if (!compiled) {
        fail(node, compiled.error().text);
        return {};
    }
    return std::move(*compiled);
}

Origin FileReader::origin(xml::Node node, std::string_view text) {
    if (!text.starts_with('$')) return path(node, text);
    const std::string name(text.substr(1));
    std::vector<std::string_view> known;
    for (const auto& loop : captures_)
        known.insert(known.end(), loop.begin(), loop.end());
    if (std::ranges::find(known, name) == known.end()) {
        fail(node, "no loop around this gives $" + name + expected_one_of(name, known));
    }
    return Capture{name};
}

void FileReader::check_attributes(xml::Node node, std::span<const std::string_view> allowed) {
    for (const std::string& name : node.attribute_names()) {
        if (std::ranges::find(allowed, name) == allowed.end()) {
            fail(node, "<" + std::string(node.name()) + "> has no attribute " + name +
                           expected_one_of(name, allowed));
        }
    }
}

void FileReader::check_lines(xml::Node node, const Origin& origin, const Pipeline& as) {
    if (!as.needs_lines() || std::holds_alternative<Capture>(origin)) return;
    fail(node,
         "the text is taken on one line, so that \\n is not in it; expected lines, source-lines or "
         "raw at the beginning of as");
}

// from="a; b" gives the values of a, then those of b.
ValueCase FileReader::value_case(xml::Node node) {
    ValueCase out;
    out.constant = node.attribute("value");
    const auto from = node.attribute("from");
    if (out.constant.has_value() == from.has_value()) {
        fail(node, "<" + std::string(node.name()) + "> needs either from or value");
    }
    for (const std::string& one : split(from.value_or(""), ';'))
        out.from.push_back(origin(node, one));
    out.as = pipeline(node, attribute(node, "as"));
    for (const Origin& one : out.from)
        check_lines(node, one, out.as);
    if (const auto when = node.attribute("when")) out.when = condition(node, *when);
    return out;
}

void FileReader::check_form(xml::Node node, std::string_view name, model::Form form,
                            std::string_view value) {
    if (fits(form, value, tables_)) return;
    fail(node, std::string(name) + " cannot be \"" + std::string(value) + "\"" +
                   expectation(form, value, tables_));
}

void FileReader::read_value(xml::Node node, const Member& member, Rule& rule) {
    constexpr std::array<std::string_view, 9> with_value = {
        "from", "value", "as", "when", "lang", "essential", "quiet", "once", "joins"};
    constexpr std::array<std::string_view, 5> with_cases = {"lang", "essential", "quiet", "once",
                                                            "joins"};
    constexpr std::array<std::string_view, 4> of_case = {"from", "value", "as", "when"};
    rule.language = attribute(node, "lang");
    if (!rule.language.empty() && member.kind != MemberKind::phrases) {
        fail(node, "<" + std::string(member.name) + "> is a text without language");
    }
    if (!rule.language.empty()) check_form(node, "lang", model::Form::language, rule.language);
    rule.form = member.form;
    const auto take = [&](xml::Node from) {
        const ValueCase& one = rule.cases.emplace_back(value_case(from));
        const std::string name = "<" + std::string(member.name) + ">";
        if (one.constant) check_form(from, name, member.form, *one.constant);
        for (const std::string& value : one.as.constants())
            check_form(from, name, member.form, value);
    };
    if (!node.first_child()) {
        check_attributes(node, with_value);
        take(node);
        return;
    }
    check_attributes(node, with_cases);
    for (xml::Node child = node.first_child(); child; child = child.next_sibling()) {
        if (child.name() != "case") {
            fail(child, "<" + std::string(member.name) +
                            "> holds a value: only <case> may stand in it, not <" +
                            std::string(child.name()) + ">");
        }
        check_attributes(child, of_case);
        take(child);
    }
}

void FileReader::read_group(xml::Node node, const Shape& shape, Rule& rule) {
    constexpr std::array<std::string_view, 5> allowed = {"each", "as", "form", "when", "essential"};
    check_attributes(node, allowed);
    rule.is_group = true;
    if (const auto when = node.attribute("when")) rule.when = condition(node, *when);
    std::vector<std::string> names;
    if (const auto each = node.attribute("each")) {
        Loop loop{origin(node, *each), pipeline(node, attribute(node, "as")), {}, false};
        check_lines(node, loop.each, loop.as);
        if (const auto form = node.attribute("form")) {
            auto compiled = Template::compile(*form);
            if (!compiled) {
                fail(node, compiled.error().text);
            } else {
                names = compiled->hole_names();
                loop.form = std::move(*compiled);
            }
        } else if (node.attribute("as") || std::holds_alternative<Capture>(loop.each)) {
            names = {"value"};
        }
        loop.keeps_context = !names.empty();
        rule.loop = std::move(loop);
    } else if (node.attribute("as") || node.attribute("form")) {
        fail(node, "as and form need an each to work on");
    }
    captures_.push_back(std::move(names));
    rule.rules = rules(node, shape);
    captures_.pop_back();
}

Rule FileReader::rule(xml::Node node, const Member& member) {
    Rule out;
    out.target = std::string(member.name);
    out.line = node.line();
    out.is_essential = yes(node, "essential", false);
    out.is_quiet = yes(node, "quiet", false);
    out.is_once = yes(node, "once", false);
    const bool is_group = member.kind == MemberKind::object || member.kind == MemberKind::objects;
    if (is_group) {
        read_group(node, *member.shape, out);
    } else {
        read_value(node, member, out);
    }
    return out;
}

Rule FileReader::key(xml::Node node, bool& joins_languages) {
    constexpr std::array<std::string_view, 1> joins = {"languages"};
    joins_languages = choice(node, "joins", joins, 1) == 0;
    Rule out;
    out.target = "key";
    out.line = node.line();
    read_value(node, {"key", MemberKind::text, nullptr}, out);
    return out;
}

std::vector<Rule> FileReader::rules(xml::Node parent, const Shape& shape) {
    std::vector<Rule> out;
    for (xml::Node node = parent.first_child(); node; node = node.next_sibling()) {
        const std::string name(node.name());
        const Member* member = shape.find(name);
        if (member == nullptr) {
            const auto names = shape.names();
            fail(node, "<" + std::string(parent.name()) + "> has no field " + name +
                           expected_one_of(name, names));
            continue;
        }
        const auto before = std::ranges::find(out, name, &Rule::target);
        const bool may_repeat =
            member->kind != MemberKind::text && member->kind != MemberKind::object;
        if (before != out.end() && !may_repeat) {
            fail(node, "the field " + name + " is given twice, first in line " +
                           std::to_string(before->line) +
                           "; expected one, with <case> for each alternative");
        }
        out.push_back(rule(node, *member));
    }
    return out;
}

RecordForm FileReader::record_form(xml::Node node) {
    constexpr std::array<std::string_view, 5> formats = {"json", "xml", "html", "table", "text"};
    constexpr std::array<std::string_view, 17> allowed = {
        "format",  "path",           "each",      "encoding",  "expand", "values",
        "part",    "trailing-comma", "members",   "separator", "quoted", "header",
        "columns", "cells-min",      "cells-max", "group-by",  "rows"};
    check_attributes(node, allowed);
    RecordForm out;
    needed(node, "format");
    out.format = DocumentFormat(choice(node, "format", formats, 0));
    reads_json_ = reads_json_ || out.format == DocumentFormat::json;
    out.part = attribute(node, "part");
    out.path = split(attribute(node, "path"), '/');
    out.encoding = attribute(node, "encoding", "UTF-8");
    out.has_trailing_comma = yes(node, "trailing-comma", false);
    if (const auto each = node.attribute("each")) out.each = path(node, *each);
    for (const std::string& one : split(attribute(node, "expand"), ';'))
        out.expand.push_back(path(node, one));
    for (const std::string& one : split(attribute(node, "values"), ';'))
        out.values.push_back(path(node, one));
    if (out.format == DocumentFormat::xml && out.path.empty()) {
        fail(node,
             "XML records need path, the elements from the root to the record: "
             "path=\"root/record\"");
    }
    const bool has_each = out.format != DocumentFormat::xml && out.format != DocumentFormat::table;
    if (!has_each && out.each) fail(node, "each is for html, text and json; use path");
    if (out.format == DocumentFormat::table) out.table = table_form(node);
    read_grouping(node, out);
    return out;
}

}  // namespace recall::mapping
