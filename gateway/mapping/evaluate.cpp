#include "gateway/mapping/evaluate.h"

#include <algorithm>

#include "gateway/base/utf8.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/engine.h"
#include "gateway/mapping/member_form.h"
#include "gateway/xml/leaves.h"

namespace recall::mapping {
namespace {

std::string node_text(xml::Node node, NodeText form) {
    if (form == NodeText::lines) return xml::block_text(node);
    if (form == NodeText::source_lines && node.name() != "script")
        return xml::block_text(node, xml::LineBreaks::source);
    return node.text();
}

// Part of what an HTML text became.
bool is_expanded(xml::Node node) {
    for (xml::Node at = node; at; at = at.parent()) {
        if (at.marked(xml::Mark::expanded)) return true;
    }
    return false;
}

// Members below it, not what an HTML text became.
bool is_object(xml::Node node) {
    return node.is_element() && !node.is_leaf() && !is_expanded(node);
}

// A text of JSON has the line ends that its source wrote; no browser breaks it otherwise.
NodeText form_in_json(NodeText form, xml::Node node) {
    return form == NodeText::lines && !is_expanded(node) ? NodeText::source_lines : form;
}

bool holds(const Values& values, const std::string& value) {
    return std::ranges::find(values, value) != values.end();
}

}  // namespace

const std::string* Scope::find(std::string_view name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
        if (scope->captures == nullptr) continue;
        for (const auto& [held, value] : *scope->captures) {
            if (held == name) return &value;
        }
    }
    return nullptr;
}

bool Evaluator::means_nothing(std::string_view text) const {
    if (text.empty()) return true;
    constexpr std::size_t nothing_bytes_max = 40;
    if (nothing_.empty() || text.size() > nothing_bytes_max) return false;
    return std::ranges::find(nothing_, folded(text)) != nothing_.end();
}

std::string Evaluator::carried(std::string text, const std::string& path) {
    if (!holds_control_characters(text)) return text;
    is_control_found_ = true;
    const Issue issue = make_issue(ErrorCode::control_character, path, text);
    if (std::ranges::find(issues_, issue) == issues_.end()) report({issue});  // it is read again
    return without_control_characters(text);
}

void Evaluator::read(const Origin& origin, const Scope& scope, NodeText form, Values& values,
                     std::string& path) {
    const auto keep = [&](std::string text) {
        if (!means_nothing(text)) values.push_back(std::move(text));
    };
    if (const auto* capture = std::get_if<Capture>(&origin)) {
        if (path.empty()) path = "$" + capture->name;
        if (const std::string* held = scope.find(capture->name)) keep(*held);
        return;
    }
    const auto& xpath = std::get<xml::XPath>(origin);
    const auto nodes = xpath.nodes(scope.context);
    for (const xml::Node node : nodes) {
        if (path.empty()) path = node.path();
        if (has_objects_ && is_object(node)) {
            tell_once(make_issue(ErrorCode::bad_value, node.path(), node.text()));
            continue;
        }
        node.mark(xml::Mark::read);
        const NodeText how = has_objects_ ? form_in_json(form, node) : form;
        // The same without a copy, where it is the text of one leaf on a line.
        const auto single =
            how == NodeText::line && node.is_element() ? node.single_text() : std::nullopt;
        if (single && !holds_control_characters(*single)) {
            keep(tidy(*single));
            continue;
        }
        std::string text = carried(node_text(node, how), node.path());
        keep(how == NodeText::line ? tidy(text) : std::move(text));
    }
    if (nodes.empty() && xpath.gives_text())
        keep(tidy(carried(xpath.text(scope.context), xpath.expression())));
}

std::string Evaluator::path_of(const std::string& value) const {
    for (const Piece& piece : pieces_) {
        if (holds(piece.values, value)) return piece.path;
        Values alone = piece.values;
        std::vector<Problem> problems;
        if (!alone.empty()) case_->as.run(alone, problems);
        if (holds(alone, value) ||
            std::ranges::find(problems, value, &Problem::value) != problems.end())
            return piece.path;
    }
    return path_;
}

Values Evaluator::values(const ValueCase& one, const Scope& scope, std::vector<Issue>& issues) {
    if (one.when && !one.when->holds(scope.context)) return {};
    if (one.constant) return {*one.constant};
    Values values;
    case_ = &one;
    path_.clear();
    pieces_.clear();
    for (const Origin& origin : one.from) {
        Piece piece;
        read(origin, scope, one.as.node_text(), piece.values, piece.path);
        if (path_.empty()) path_ = piece.path;
        values.insert(values.end(), piece.values.begin(), piece.values.end());
        if (one.from.size() > 1) pieces_.push_back(std::move(piece));
    }
    std::vector<Problem> problems;
    if (!values.empty()) one.as.run(values, problems);
    for (const Problem& problem : problems)
        issues.push_back(make_issue(problem.code, path_of(problem.value), problem.value));
    return values;
}

void Evaluator::keep_fitting(model::Form form, Values& values, std::vector<Issue>& issues) const {
    if (form == model::Form::any) return;
    std::erase_if(values, [&](const std::string& value) {
        const bool is_misfit = !fits(form, value, tables_);
        if (is_misfit) issues.push_back(make_issue(misfit_code(form), path_of(value), value));
        return is_misfit;
    });
}

Values Evaluator::values(const Rule& rule, const Scope& scope) {
    if (rule.is_once && !scope.is_first) return {};
    std::vector<Issue> held;
    for (const ValueCase& one : rule.cases) {
        std::vector<Issue> here;
        Values found = values(one, scope, here);
        if (!one.constant) keep_fitting(rule.form, found, here);
        if (!found.empty()) {
            // A date that is none is told, though another place gave one.
            std::erase_if(held,
                          [](const Issue& issue) { return issue.code != ErrorCode::bad_date; });
            held.insert(held.end(), here.begin(), here.end());
            if (!rule.is_quiet) report(std::move(held));
            was_constant_ = one.constant.has_value();
            return found;
        }
        held.insert(held.end(), here.begin(), here.end());
    }
    if (!rule.is_quiet) report(std::move(held));
    return {};
}

std::string Evaluator::value(const Rule& rule, const Scope& scope) {
    Values found = values(rule, scope);
    if (found.empty()) return {};
    for (const std::string& other : found) {
        if (other != found.front() && !rule.is_quiet)
            report(ErrorCode::second_value, path_of(other), other);
    }
    return std::move(found.front());
}

std::vector<Captures> Evaluator::turns(const Loop& loop, const Scope& scope) {
    Values values;
    std::string path;
    read(loop.each, scope, loop.as.node_text(), values, path);
    std::vector<Problem> problems;
    if (!values.empty()) loop.as.run(values, problems);
    std::vector<Captures> out;
    for (std::string& value : values) {
        if (!loop.form) {
            out.push_back({{"value", std::move(value)}});
            continue;
        }
        Template::Matches matches = loop.form->match_all(value);
        if (!matches.residue.empty())
            problems.push_back({ErrorCode::bad_value, std::move(matches.residue)});
        std::ranges::move(matches.found, std::back_inserter(out));
    }
    for (const Problem& problem : problems)
        report(problem.code, path, problem.value);
    return out;
}

void Evaluator::tell_once(Issue issue) {
    if (std::ranges::find(issues_, issue) == issues_.end()) report({std::move(issue)});
}

void Evaluator::report(ErrorCode code, std::string path, std::string_view value) {
    if (issues_.size() < record_issues_max)
        issues_.push_back(make_issue(code, std::move(path), value));
}

void Evaluator::report(std::vector<Issue> issues) {
    for (Issue& issue : issues) {
        if (issues_.size() < record_issues_max) issues_.push_back(std::move(issue));
    }
}

}  // namespace recall::mapping
