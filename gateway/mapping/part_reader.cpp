// <remark>, <merge> and <notice part="…"> of a mapping file: how a notice is made of parts.

#include <algorithm>
#include <array>

#include "gateway/mapping/file_reader.h"
#include "gateway/mapping/mapping_error.h"

namespace recall::mapping {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

Rule FileReader::remark_value(xml::Node node, std::string_view name) {
    const xml::Node child = node.child(name);
    Rule out;
    out.target = std::string(name);
    if (!child) {
        fail(node, "<remark> needs a <" + out.target + ">");
        return out;
    }
    out.line = child.line();
    read_value(child, {name, MemberKind::text, nullptr}, out);
    return out;
}

RemarkRules FileReader::remark(xml::Node node) {
    constexpr std::array<std::string_view, 3> allowed = {"part", "each", "as"};
    check_attributes(node, allowed);
    const std::string each = needed(node, "each");
    RemarkRules out{
        needed(node, "part"),
        {origin(node, each.empty() ? "." : each), pipeline(node, attribute(node, "as")), {}, true},
        {},
        {}};
    captures_.push_back({"value"});
    out.numbers = remark_value(node, "numbers");
    out.date = remark_value(node, "date");
    captures_.pop_back();
    return out;
}

MemberOrder FileReader::member_order(xml::Node node, const std::vector<std::string>& parts) {
    MemberOrder out;
    out.member = needed(node, "member");
    out.parts = words(needed(node, "parts"));
    out.keeps_all = yes(node, "all", false);
    for (const std::string& part : out.parts) {
        const std::vector<std::string_view> known(parts.begin(), parts.end());
        if (std::ranges::find(known, part) == known.end())
            fail(node, "no part \"" + part + "\"" + expected_one_of(part, known));
    }
    const std::size_t slash = out.member.find('/');
    const Shape* shape = &notice_shape();
    const Member* member = shape->find(out.member.substr(0, slash));
    if (member != nullptr && slash != std::string::npos) {
        shape = out.member.starts_with("products/") ? member->shape : nullptr;
        member = shape == nullptr ? nullptr : shape->find(out.member.substr(slash + 1));
    }
    if (member == nullptr) {
        const auto names = notice_shape().names();
        fail(node, "a notice has no member " + out.member + " that parts could differ in" +
                       expected_one_of(out.member, names));
    }
    return out;
}

Merging FileReader::merging(xml::Node node) {
    Merging out;
    out.parts = words(needed(node, "parts"));
    for (xml::Node child = node.first_child(); child; child = child.next_sibling())
        out.members.push_back(member_order(child, out.parts));
    return out;
}

NoticeRules FileReader::notice(xml::Node node, const std::vector<RemarkRules>& remarks) {
    NoticeRules out{attribute(node, "part"), {}};
    const bool is_remark =
        std::ranges::find(remarks, out.part, &RemarkRules::part) != remarks.end();
    if (is_remark) captures_.push_back({"value"});
    out.rules = rules(node, notice_shape());
    if (is_remark) captures_.pop_back();
    return out;
}

}  // namespace recall::mapping
