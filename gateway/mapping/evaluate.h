#pragma once
// Values of a record: what a case of a rule gives in the scope of the loops around it. Marks what
// it reads. One thread a record.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/issue.h"
#include "gateway/mapping/rule.h"
#include "gateway/xml/document.h"

namespace recall::mapping {

// The node that paths start from, and what the loops around hold.
struct Scope {
    xml::Node context;
    const Captures* captures = nullptr;
    const Scope* outer = nullptr;
    bool is_first = true;  // turn of its loop

    // The value under the name in this scope or one around it; nullptr when there is none.
    const std::string* find(std::string_view name) const;
};

class Evaluator {
  public:
    // `tables`: of the codes that a member may have.
    Evaluator(const std::vector<std::string>& nothing, const CodeTables& tables)
        : nothing_(nothing), tables_(tables) {}

    // The values of the first of the rule's cases that gives any. Of the problems of
    // cases before it only dates count.
    Values values(const Rule& rule, const Scope& scope);
    // The one value of a rule that fills a single place; others beside it are told. A mapping that
    // takes the first on purpose says so: [1], first.
    std::string value(const Rule& rule, const Scope& scope);
    // Whether the values given last came from the mapping file and not from the record.
    bool was_constant() const { return was_constant_; }
    Values values(const ValueCase& one, const Scope& scope, std::vector<Issue>& issues);

    // Calls `body` with the scope of each turn of the loop.
    template <class Body>
    void for_each(const Loop& loop, const Scope& scope, Body body) {
        bool is_first = true;
        if (!loop.keeps_context) {
            for (const xml::Node node : std::get<xml::XPath>(loop.each).nodes(scope.context)) {
                body(Scope{node, nullptr, &scope, is_first});
                is_first = false;
            }
            return;
        }
        for (const Captures& captures : turns(loop, scope)) {
            body(Scope{scope.context, &captures, &scope, is_first});
            is_first = false;
        }
    }

    // From now on an object has no text: of JSON, what its members say is not one value.
    void refuse_objects() { has_objects_ = true; }

    void report(ErrorCode code, std::string path, std::string_view value);
    void report(std::vector<Issue> issues);
    // Whether control characters were taken out of what was read since this was asked last.
    bool take_control_found() { return std::exchange(is_control_found_, false); }
    std::vector<Issue> take_issues() { return std::move(issues_); }

  private:
    std::vector<Captures> turns(const Loop& loop, const Scope& scope);
    // The texts of the origin, in order, and the path that issues name.
    void read(const Origin& origin, const Scope& scope, NodeText form, Values& values,
              std::string& path);
    // Takes out what no notice carries, and tells of it.
    std::string carried(std::string text, const std::string& path);
    bool means_nothing(std::string_view text) const;
    void tell_once(Issue issue);  // what reads it again tells nothing new

    // Takes out what the member cannot be, and tells of it.
    void keep_fitting(model::Form form, Values& values, std::vector<Issue>& issues) const;

    const std::vector<std::string>& nothing_;
    const CodeTables& tables_;
    std::vector<Issue> issues_;
    bool was_constant_ = false;
    bool is_control_found_ = false;
    bool has_objects_ = false;
    // Where the values given last come from.
    struct Piece {
        std::string path;
        Values values;
    };
    // The path of the origin that the value, or the text that was no good, comes from.
    std::string path_of(const std::string& value) const;

    const ValueCase* case_ = nullptr;
    std::string path_;           // of the first origin that gave something
    std::vector<Piece> pieces_;  // each origin's texts, where there are several
};

}  // namespace recall::mapping
