#pragma once
// Reads the parts of a mapping file from its tree. The first error is kept with file and line and
// every later question answers something harmless, so that reading code stays plain. One thread.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/mapping/code_table.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/mapping/shape.h"
#include "gateway/xml/document.h"

namespace recall::mapping {

class FileReader {
  public:
    FileReader(std::string file, const CodeTables& tables)
        : file_(std::move(file)), tables_(tables) {}

    // The first error.
    const std::optional<Error>& error() const { return error_; }
    // Prefixes that paths may have, as the root declares them.
    void know(xml::XPath::Namespaces namespaces) { namespaces_ = std::move(namespaces); }
    const xml::XPath::Namespaces& namespaces() const { return namespaces_; }
    void fail(xml::Node node, const std::string& text);

    std::string attribute(xml::Node node, std::string_view name, std::string_view otherwise = {});
    std::string needed(xml::Node node, std::string_view name);
    long long number(xml::Node node, std::string_view name, long long otherwise);
    bool yes(xml::Node node, std::string_view name, bool otherwise);
    // The place of the attribute's word among the choices; `otherwise` when it is absent.
    std::size_t choice(xml::Node node, std::string_view name,
                       std::span<const std::string_view> choices, std::size_t otherwise);
    xml::XPath path(xml::Node node, std::string_view text);
    // A path that says whether something is so.
    xml::XPath condition(xml::Node node, std::string_view text);
    Pipeline pipeline(xml::Node node, std::string_view text);
    // A chain that cuts at line ends works on texts that have them.
    void check_lines(xml::Node node, const Origin& origin, const Pipeline& as);

    // What stands in the file as a value of the form: a constant, what a converter is told to give.
    void check_form(xml::Node node, std::string_view name, model::Form form,
                    std::string_view value);

    RecordForm record_form(xml::Node node);
    Rule key(xml::Node node, bool& joins_languages);
    RemarkRules remark(xml::Node node);  // part_reader.cpp, as the next two
    Merging merging(xml::Node node);
    // `remarks`: those that a part may consist of; its rules know their "$value".
    NoticeRules notice(xml::Node node, const std::vector<RemarkRules>& remarks);
    std::vector<Rule> rules(xml::Node parent, const Shape& shape);
    FetchPlan fetch(xml::Node node);  // fetch_reader.cpp

  private:
    Rule remark_value(xml::Node node, std::string_view name);
    MemberOrder member_order(xml::Node node, const std::vector<std::string>& parts);
    TableForm table_form(xml::Node node);  // table_form_reader.cpp, as the next
    void read_grouping(xml::Node node, RecordForm& form);
    ValueCase value_case(xml::Node node);
    Origin origin(xml::Node node, std::string_view text);
    Rule rule(xml::Node node, const Member& member);
    void read_group(xml::Node node, const Shape& shape, Rule& rule);
    void read_value(xml::Node node, const Member& member, Rule& rule);
    void check_attributes(xml::Node node, std::span<const std::string_view> allowed);

    FetchList fetch_list(xml::Node node);
    FetchDetail fetch_detail(xml::Node node);
    DocumentRules document_rules(xml::Node node);
    FetchHeader header(xml::Node node);
    void check_placeholders(xml::Node node, std::string_view text,
                            std::span<const std::string_view> known);

    std::string file_;
    const CodeTables& tables_;
    xml::XPath::Namespaces namespaces_;
    bool reads_json_ = false;  // some <record> before
    std::vector<std::vector<std::string>> captures_ = {
        {"location"}};  // names that the document and each open loop give
    std::optional<Error> error_;
};

}  // namespace recall::mapping
