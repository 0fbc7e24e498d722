#pragma once
// A mapping file in memory: who the source is, how it is fetched, where its records are and what
// each field of a notice is made of. Checked when loaded: names, paths, converters and tables, and
// the whole against mappings/mapping.xsd. A wrong file is bad_mapping naming file, line and what
// was expected. Immutable once loaded; any thread.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/mapping/code_table.h"
#include "gateway/mapping/fetch_plan.h"
#include "gateway/mapping/merge_notices.h"
#include "gateway/mapping/rule.h"
#include "gateway/mapping/table_form.h"
#include "gateway/xml/schema.h"

namespace recall::mapping {

struct About {
    std::string title;
    std::string authority;
    std::string country;
    std::string jurisdiction;
    std::string language;  // of texts that do not say otherwise
    // When the source mixes them: each text that does not say otherwise is looked at.
    std::vector<std::string> languages;
    std::string licence;
    std::string home;
};

// Where records are in one of the forms a source comes in.
struct RecordForm {
    DocumentFormat format = DocumentFormat::json;
    std::string part;                  // of the notice that its records are; empty: all of it
    std::vector<std::string> members;  // patterns of the names it has in a ZIP; empty: never in one
    std::optional<TableForm> table;    // of a table
    std::optional<Grouping> group;     // table, json: several rows or objects are one record
    std::vector<std::string> path;     // json: names to the array; xml: elements from the root
    // html: the elements that are records; none: the page. json: within an element of the array.
    std::optional<xml::XPath> each;
    std::string encoding = "UTF-8";   // html, table
    bool has_trailing_comma = false;  // json: maybe one after the last record
    std::vector<xml::XPath> values;   // html: attributes that say something: mapped or ignored too
    std::vector<xml::XPath> expand;   // texts that are HTML and become part of the tree
};

// What the records of a form, or remarks, are made into.
struct NoticeRules {
    std::string part;
    std::vector<Rule> rules;
};

// What records, or the document around them, say in prose of notices that they name by number.
struct RemarkRules {
    std::string part;
    Loop loop;     // each turn is a remark, "$value" its text
    Rule numbers;  // a value rule: whom it names
    Rule date;     // a value rule: when it was made; of two that differ the later counts
};

struct Mapping {
    std::shared_ptr<const CodeTables> tables;  // the rules below refer to them
    std::string source;
    std::string version;
    std::string file;
    About about;
    std::optional<FetchPlan> fetch;
    std::vector<RecordForm> forms;
    Rule key;                          // a value rule
    bool joins_languages = false;      // records of one key in a document are one notice
    std::vector<Ignored> skipped;      // records that are none when the path holds
    std::vector<std::string> nothing;  // folded: words that mean that there is no value
    std::vector<RemarkRules> remarks;
    std::optional<Merging> merging;  // of the parts; nothing: a record is a notice
    std::vector<NoticeRules> notices;
    std::vector<Ignored> ignored;

    // "<source>@<version>", as provenance says it.
    std::string stamp() const { return source + "@" + version; }

    // Of a part that there is.
    const std::vector<Rule>& rules_of(std::string_view part) const;

    // Whether a record may have rows in several documents.
    bool groups_rows() const {
        return std::ranges::any_of(forms, [](const RecordForm& form) {
            return form.format == DocumentFormat::table && form.group.has_value();
        });
    }
};

// The mappings folder: code tables, schema, and one file a source. Code tables are read once.
class MappingFolder {
  public:
    // Fails with bad_mapping.
    static Result<MappingFolder> open(const std::string& path);

    // Every source that has a file, sorted.
    std::vector<std::string> sources() const;

    // Fails with bad_mapping, or not_found when no file is there; the text names near misses.
    // A file that is of another source than its name says is wrong.
    Result<Mapping> load(std::string_view source) const;
    // `source` is what it must say; empty: anything.
    Result<Mapping> load_file(const std::string& path, std::string_view source = {}) const;

    const CodeTables& tables() const { return *tables_; }

  private:
    MappingFolder(std::string path, CodeTables tables, xml::Schema schema)
        : path_(std::move(path)),
          tables_(std::make_shared<const CodeTables>(std::move(tables))),
          schema_(std::move(schema)) {}

    std::string path_;
    std::shared_ptr<const CodeTables> tables_;
    xml::Schema schema_;
};

}  // namespace recall::mapping
