#pragma once
// The rules of a mapping file as the engine carries them out: a tree in the shape of the notice.
// Plain values made by mapping_file; immutable afterwards; any thread.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/mapping/converter.h"
#include "gateway/mapping/template.h"
#include "gateway/model/notice_forms.h"
#include "gateway/xml/xpath.h"

namespace recall::mapping {

// Where a value comes from: a path into the record, or "$name", what a loop holds.
struct Capture {
    std::string name;
};
using Origin = std::variant<xml::XPath, Capture>;

// One way to come to a value: a constant, or origins and what is done with their texts.
struct ValueCase {
    std::optional<std::string> constant;
    std::vector<Origin> from;
    Pipeline as;
    std::optional<xml::XPath> when;  // tried only when this holds
};

// What a group repeats over. With neither `as` nor `form` each node is the context in turn; else
// the context stays and each value is "$value", or each match of the form gives its holes' names.
struct Loop {
    Origin each;
    Pipeline as;
    std::optional<Template> form;
    bool keeps_context = false;
};

struct Rule {
    std::string target;  // the member's name
    long line = 0;       // in the mapping file
    bool is_essential = false;
    bool is_quiet = false;  // what cannot be read is no issue: another rule carries the text
    bool is_once = false;   // only in the first turn of the loop around it
    std::string language;   // of a text with a language; empty: the mapping's
    model::Form form = model::Form::any;  // of each value; what does not fit is told and left out

    std::vector<ValueCase> cases;  // of a value: the first that gives something is taken

    bool is_group = false;  // of an object or a list of objects
    std::optional<Loop> loop;
    std::optional<xml::XPath> when;
    std::vector<Rule> rules;
};

// What no rule takes, on purpose.
struct Ignored {
    xml::XPath path;
    std::string reason;
};

}  // namespace recall::mapping
