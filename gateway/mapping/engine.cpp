#include "gateway/mapping/engine.h"

#include <algorithm>

#include "gateway/mapping/evaluate.h"
#include "gateway/model/notice_fields.h"
#include "gateway/text/language.h"
#include "gateway/xml/expand.h"
#include "gateway/xml/leaves.h"

namespace recall::mapping {
namespace {

// Whether every value of the rules stands in the mapping file.
bool is_constant(const std::vector<Rule>& rules) {
    return std::ranges::all_of(rules, [](const Rule& rule) {
        return !rule.is_group && std::ranges::all_of(rule.cases, [](const ValueCase& one) {
            return one.constant.has_value();
        });
    });
}

class Engine {
  public:
    explicit Engine(const Mapping& mapping)
        : language_(&mapping.about.language),
          languages_(mapping.about.languages),
          evaluate_(mapping.nothing, *mapping.tables) {}

    // Whether the record said anything of it. A member that only the mapping file speaks of, such
    // as the role beside a name, makes no object where the name is missing.
    template <class T>
    bool fill(T& object, const std::vector<Rule>& rules, const Scope& scope);

    template <class T>
    bool fill_group(T& object, const Rule& rule, const Scope& scope);

    template <class T>
    void append_groups(std::vector<T>& objects, const Rule& rule, const Scope& scope);

    Values values(const Rule& rule, const Scope& scope) { return evaluate_.values(rule, scope); }
    std::string value(const Rule& rule, const Scope& scope) { return evaluate_.value(rule, scope); }
    void essential_is_missing(const Rule& rule) {
        evaluate_.report(ErrorCode::missing_field, rule.target, "");
        is_good_ = false;
    }

    // The text with its language: what the rule says, or what is found among the source's; but what
    // its letters say where they cannot be of that language.
    model::Text text(const Rule& rule, std::string value);
    // For texts that do not say otherwise: what the notice says once it has said it.
    void use_language_of(const model::Notice& notice) { language_ = &notice.language; }
    Evaluator& evaluator() { return evaluate_; }
    bool is_good() const { return is_good_; }

  private:
    const std::string* language_;
    const std::vector<std::string>& languages_;
    Evaluator evaluate_;
    bool is_good_ = true;
};

// A visitor over the members of an object that sets the one its rule names.
class Setter {
  public:
    Setter(Engine& engine, const Rule& rule, const Scope& scope)
        : engine_(engine), rule_(rule), scope_(scope) {}

    void text(std::string_view name, std::string& member) {
        if (name != rule_.target) return;
        member = engine_.value(rule_, scope_);
        is_filled_ = !member.empty();
    }
    void number(std::string_view, long long&) {}
    void flag(std::string_view name, std::optional<bool>& member) {
        if (name != rule_.target) return;
        const std::string value = engine_.value(rule_, scope_);
        if (value == "true" || value == "false") {
            member = value == "true";
        } else if (!value.empty()) {
            engine_.evaluator().report(ErrorCode::bad_value, rule_.target, value);
        }
        is_filled_ = member.has_value();
    }
    void date(std::string_view name, std::optional<Date>& member) {
        if (name != rule_.target) return;
        const std::string value = engine_.value(rule_, scope_);
        if (value.empty()) return;
        if (const auto date = parse_date(value)) {
            member = *date;
        } else {
            engine_.evaluator().report(ErrorCode::bad_date, rule_.target, value);
        }
        is_filled_ = member.has_value();
    }
    void code(std::string_view, ErrorCode&) {}
    void texts(std::string_view name, std::vector<std::string>& member) {
        if (name != rule_.target) return;
        // Several rules may give to one list, each value once.
        const Values found = engine_.values(rule_, scope_);
        if (member.empty()) {
            member = found;
        } else {
            for (const std::string& value : found) {
                if (std::ranges::find(member, value) == member.end()) member.push_back(value);
            }
        }
        is_filled_ = !member.empty();
    }
    template <class T>
    void object(std::string_view name, T& member, bool) {
        if (name == rule_.target) is_filled_ = engine_.fill_group(member, rule_, scope_);
    }
    template <class T>
    void object(std::string_view name, std::optional<T>& member) {
        if (name != rule_.target) return;
        T filled;
        is_filled_ = engine_.fill_group(filled, rule_, scope_);
        if (is_filled_) member = std::move(filled);
    }
    template <class T>
    void objects(std::string_view name, std::vector<T>& member) {
        if (name != rule_.target) return;
        engine_.append_groups(member, rule_, scope_);
        is_filled_ = !member.empty();
    }
    void objects(std::string_view name, model::Texts& member) {
        if (name != rule_.target) return;
        for (std::string& value : engine_.values(rule_, scope_))
            member.push_back(engine_.text(rule_, std::move(value)));
        is_filled_ = !member.empty();
    }

    bool is_filled() const { return is_filled_; }
    // Filled from the record.
    bool is_told() const {
        return is_filled_ && (rule_.is_group || !engine_.evaluator().was_constant());
    }

  private:
    Engine& engine_;
    const Rule& rule_;
    const Scope& scope_;
    bool is_filled_ = false;
};

template <class T>
bool Engine::fill(T& object, const std::vector<Rule>& rules, const Scope& scope) {
    bool is_told = false;
    for (const Rule& rule : rules) {
        Setter setter(*this, rule, scope);
        fields(setter, object);
        is_told = is_told || setter.is_told();
        if (rule.is_essential && !setter.is_filled()) essential_is_missing(rule);
    }
    return is_told || is_constant(rules);
}

template <class T>
bool Engine::fill_group(T& object, const Rule& rule, const Scope& scope) {
    if (rule.when && !rule.when->holds(scope.context)) return false;
    bool is_told = false;
    const auto fill_turn = [&](const Scope& turn) {
        T filled;
        if (!is_told && fill(filled, rule.rules, turn) && model::lacking(filled).empty()) {
            object = std::move(filled);
            is_told = true;
        }
    };
    // A single object takes the first turn that says something.
    if (rule.loop) {
        evaluate_.for_each(*rule.loop, scope, fill_turn);
    } else {
        fill_turn(scope);
    }
    return is_told;
}

template <class T>
void Engine::append_groups(std::vector<T>& objects, const Rule& rule, const Scope& scope) {
    if (rule.when && !rule.when->holds(scope.context)) return;
    const auto append = [&](const Scope& turn) {
        T object;
        const bool is_told = fill(object, rule.rules, turn) && model::lacking(object).empty();
        if (is_told && std::ranges::find(objects, object) == objects.end())
            objects.push_back(std::move(object));
    };
    if (rule.loop) {
        evaluate_.for_each(*rule.loop, scope, append);
    } else {
        append(scope);
    }
}

model::Text Engine::text(const Rule& rule, std::string value) {
    std::string language = rule.language;
    if (language.empty()) {
        language =
            languages_.empty() ? *language_ : text::detect_language(value, *language_, languages_);
    }
    if (auto written_in = text::language_by_script(value, language)) {
        evaluate_.report(ErrorCode::wrong_language, rule.target, value);
        language = *std::move(written_in);
    }
    return {std::move(language), std::move(value), {}};
}

void mark_ignored(const Mapping& mapping, xml::Node record) {
    for (const Ignored& ignored : mapping.ignored) {
        for (const xml::Node node : ignored.path.nodes(record))
            node.mark(xml::Mark::ignored);
    }
}

xml::Attributes attributes_of(const RecordForm& form) {
    // Of HTML, attributes are the page's dress; what matters of them is read by name.
    const bool is_html = form.format == DocumentFormat::html || !form.expand.empty();
    return is_html ? xml::Attributes::passed_over : xml::Attributes::counted;
}

void collect_unread(const RecordForm& form, xml::Node root, Evaluator& evaluate) {
    xml::for_each_unread_leaf(root, attributes_of(form), [&](xml::Node leaf) {
        evaluate.report(ErrorCode::unmapped, leaf.path(), leaf.text());
    });
    for (const xml::XPath& path : form.values) {
        for (const xml::Node node : path.nodes(root)) {
            const bool is_done = node.marked(xml::Mark::read) || node.marked(xml::Mark::ignored);
            if (!is_done && !node.text().empty())
                evaluate.report(ErrorCode::unmapped, node.path(), node.text());
        }
    }
}

void expand_texts(const RecordForm& form, xml::Node record, Evaluator& evaluate) {
    for (const xml::XPath& path : form.expand) {
        for (const xml::Node node : path.nodes(record)) {
            if (const auto expanded = xml::expand_html(node, {}); !expanded) {
                evaluate.report(expanded.error().code, node.path(), expanded.error().text);
            }
        }
    }
}

}  // namespace

Mapped map_record(const Mapping& mapping, const RecordForm& form, xml::Node record,
                  const Stamp& stamp) {
    Engine engine(mapping);
    const Captures document = {{"location", stamp.location}};
    const Scope scope{record, &document};
    expand_texts(form, record, engine.evaluator());
    if (form.format == DocumentFormat::json) engine.evaluator().refuse_objects();
    mark_ignored(mapping, record);
    Mapped out;
    out.key = engine.value(mapping.key, scope);
    // Without them it could be another record's.
    const bool is_key_changed = engine.evaluator().take_control_found();
    if (is_key_changed) out.key.clear();
    out.notice.source = mapping.source;
    out.notice.jurisdiction = mapping.about.jurisdiction;
    out.notice.language = mapping.about.language;
    engine.use_language_of(out.notice);
    engine.fill(out.notice, mapping.rules_of(form.part), scope);
    if (out.key.empty() && !is_key_changed)
        engine.evaluator().report(ErrorCode::missing_field, "key", "");
    out.notice.id = mapping.source + ":" + out.key;
    collect_unread(form, record, engine.evaluator());
    out.is_good = engine.is_good() && !out.key.empty();
    out.issues = engine.evaluator().take_issues();
    out.notice.provenance =
        model::Provenance{stamp.retrieved_at, stamp.raw_sha256, mapping.stamp(), out.issues};
    return out;
}

std::vector<Remark> remarks_of(const Mapping& mapping, xml::Node node, const Stamp& stamp) {
    std::vector<Remark> out;
    const Captures document = {{"location", stamp.location}};
    const Scope scope{node, &document};
    for (const RemarkRules& rules : mapping.remarks) {
        Engine engine(mapping);
        engine.evaluator().for_each(rules.loop, scope, [&](const Scope& turn) {
            Remark remark{rules.part, engine.values(rules.numbers, turn), {}, ""};
            if (remark.numbers.empty()) return;
            remark.date = engine.value(rules.date, turn);
            engine.fill(remark.notice, mapping.rules_of(rules.part), turn);
            remark.notice.source = mapping.source;
            remark.notice.provenance =
                model::Provenance{stamp.retrieved_at, stamp.raw_sha256, mapping.stamp(), {}};
            out.push_back(std::move(remark));
        });
    }
    return out;
}

std::vector<Issue> unmapped_leaves(const Mapping& mapping, const RecordForm& form, xml::Node root) {
    mark_ignored(mapping, root);
    Evaluator evaluate(mapping.nothing, *mapping.tables);
    collect_unread(form, root, evaluate);
    return evaluate.take_issues();
}

}  // namespace recall::mapping
