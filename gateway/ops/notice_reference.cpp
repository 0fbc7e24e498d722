#include "gateway/ops/notice_reference.h"

#include "gateway/mapping/member_form.h"
#include "gateway/model/notice_fields.h"
#include "gateway/ops/mappings.h"

namespace recall::ops {
namespace {

// A visitor over the field list that writes a row for each member.
class Rows {
  public:
    explicit Rows(const mapping::CodeTables& tables) : tables_(tables) {}

    template <class T>
    std::string of() {
        T value;
        form_of_ = model::form_of<T>;
        fields(*this, value);
        return std::move(out_);
    }

    void text(std::string_view name, std::string&) { row(name, "text", form(name)); }
    void number(std::string_view name, long long&) { row(name, "whole number", ""); }
    void flag(std::string_view name, std::optional<bool>&) { row(name, "`true` or `false`", ""); }
    void date(std::string_view name, std::optional<Date>&) {
        row(name, "date", "yyyy-MM-dd, yyyy-MM or yyyy");
    }
    void code(std::string_view name, ErrorCode&) {
        row(name, "text", "a code of [errors](errors.md)");
    }
    void texts(std::string_view name, std::vector<std::string>&) { row(name, "texts", form(name)); }
    template <class T>
    void object(std::string_view name, T&, bool) {
        group<T>(name, "object");
    }
    template <class T>
    void object(std::string_view name, std::optional<T>&) {
        group<T>(name, "object");
    }
    template <class T>
    void objects(std::string_view name, std::vector<T>&) {
        group<T>(name, "objects");
    }
    void objects(std::string_view name, model::Texts&) { row(name, "texts in languages", ""); }

  private:
    std::string form(std::string_view name) const {
        const model::Form form = form_of_(name);
        if (form == model::Form::any) return {};
        constexpr std::string_view lead = "; expected ";
        const std::string said = mapping::expectation(form, "", tables_);
        const std::size_t at = said.find(lead);
        return at == std::string::npos ? said : said.substr(at + lead.size());
    }

    void row(std::string_view name, std::string_view is, const std::string& form) {
        out_ +=
            "| `" + prefix_ + std::string(name) + "` | " + std::string(is) + " | " + form + " |\n";
    }

    template <class T>
    void group(std::string_view name, std::string_view is) {
        row(name, is, "");
        const std::string outer = prefix_;
        const auto outer_form = form_of_;
        prefix_ += std::string(name) + "/";
        T value;
        form_of_ = model::form_of<T>;
        fields(*this, value);
        prefix_ = outer;
        form_of_ = outer_form;
    }

    const mapping::CodeTables& tables_;
    model::Form (*form_of_)(std::string_view) = nullptr;
    std::string prefix_;
    std::string out_;
};

constexpr std::string_view head =
    "<!-- Generated from gateway/model by `recallgw doctor --write-references`. Do not edit. -->\n"
    "# The notice\n\n"
    "The members of a notice in the order in which they are written; a `<notice>` of a mapping "
    "file "
    "has\nelements of the same names. What is absent is left out. `objects` and `texts` may "
    "repeat. "
    "Texts in\nlanguages have `lang`, `text`, and `made_by` where a machine translated them. `id`, "
    "`source`,\n`revision`, `provenance` and the status `vanished` are the gateway's to set, the "
    "rest is a mapping's.\nCodes come from the tables of `mappings/codes`.\n\n"
    "| member | is | may be |\n|---|---|---|\n";

}  // namespace

std::string notice_reference() {
    const mapping::MappingFolder mappings = open_mappings("");
    return std::string(head) + Rows(mappings.tables()).of<model::Notice>();
}

}  // namespace recall::ops
