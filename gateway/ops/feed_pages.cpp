#include "gateway/ops/feed_pages.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "gateway/base/failure.h"
#include "gateway/ops/mappings.h"
#include "gateway/xml/document.h"

namespace recall::ops {
namespace {

namespace files = std::filesystem;

std::string bytes_of(const files::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// White space as one blank, so that a text is one paragraph or one cell.
std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

// What would end a cell, or begin a tag, is taken literally.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : on_one_line(text)) {
        if (c == '<') {
            out += "&lt;";
        } else {
            if (c == '|') out += '\\';
            out += c;
        }
    }
    return out;
}

std::string code(std::string_view text) {
    if (text.empty()) return {};
    std::string out = "`";
    for (const char c : on_one_line(text)) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out + "`";
}

std::string attribute(xml::Node node, std::string_view name) {
    return node.attribute(name).value_or("");
}

// The comment that ends right before `end`, blanks aside; else nothing.
std::string comment_before(std::string_view file, std::size_t end) {
    constexpr std::string_view opening = "<!--";
    constexpr std::string_view closing = "-->";
    if (end == std::string_view::npos) return {};
    const std::string_view before = file.substr(0, end);
    const std::size_t last = before.find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos || !before.substr(0, last + 1).ends_with(closing)) return {};
    const std::size_t from = before.rfind(opening);
    const std::size_t begin = from + opening.size();
    return plain(before.substr(begin, last + 1 - closing.size() - begin));
}

std::string about_part(const mapping::About& about) {
    std::string out = "| | |\n|---|---|\n";
    std::string language = about.language;
    for (const std::string& other : about.languages) {
        if (other != about.language) {
            language += (language == about.language ? ", and found in its texts: " : ", ") + other;
        }
    }
    const std::pair<const char*, const std::string*> rows[] = {
        {"publisher", &about.authority},       {"country", &about.country},
        {"jurisdiction", &about.jurisdiction}, {"language", &language},
        {"licence", &about.licence},           {"home", &about.home}};
    for (const auto& [label, value] : rows) {
        if (!value->empty()) out += std::string("| ") + label + " | " + plain(*value) + " |\n";
    }
    return out;
}

std::string clock_time(long long minutes) {
    constexpr long long minutes_of_hour = 60;
    const auto two = [](long long number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return two(minutes / minutes_of_hour) + ":" + two(minutes % minutes_of_hour);
}

std::string schedule_in_words(const mapping::FetchSchedule& schedule) {
    constexpr long long whole_day = 24 * 60;
    std::string out = "- polled every " + std::to_string(schedule.every_minutes) + " minutes";
    if (schedule.open_from_minute > 0 || schedule.open_to_minute < whole_day) {
        const long long offset = schedule.utc_offset_minutes;
        out += " from " + clock_time(schedule.open_from_minute) + " to " +
               clock_time(schedule.open_to_minute) + " (UTC" + (offset < 0 ? "-" : "+") +
               clock_time(std::abs(offset)) + ")";
    }
    if (!schedule.weekdays.empty()) {
        out += " on weekdays";
        for (const unsigned day : schedule.weekdays)
            out += " " + std::to_string(day);
        out += " (1 is Monday)";
    }
    return out + (schedule.rescan_hours == 0
                      ? "; every run is a complete listing\n"
                      : "; a complete listing at least every " +
                            std::to_string(schedule.rescan_hours) + " hours\n");
}

std::string detail_in_words(const mapping::FetchDetail& detail) {
    std::string out = "- each entry's document: " + code(detail.url);
    for (const std::string& language : detail.languages)
        out += (language == detail.languages.front() ? ", in " : ", ") + language;
    return out + "; the newest " + std::to_string(detail.recheck_newest) +
           " are read again in every run, at most " + std::to_string(detail.per_run_max) +
           " documents a run\n";
}

std::string list_in_words(const mapping::FetchList& list) {
    constexpr std::string_view uses[] = {"every run", "runs between", "complete runs",
                                         "the first run, in place of a complete one"};
    std::string out = "- " + std::string(uses[static_cast<std::size_t>(list.use)]) + ": " +
                      list.method + " " + code(list.url);
    if (!list.body.empty()) out += " with " + code(list.body);
    if (list.windows) {
        out += ", by " +
               std::string(list.windows->unit == mapping::WindowUnit::year ? "year" : "month") +
               " from " + to_text(list.windows->from);
    }
    if (list.pages) {
        out += ", page by page from " + std::to_string(list.pages->first) + " in steps of " +
               std::to_string(list.pages->step) + ", at most " +
               std::to_string(list.pages->pages_max) + " pages";
    }
    if (!list.is_complete) out += "; it does not name every record";
    out += "\n";
    return list.detail ? out + detail_in_words(*list.detail) : out;
}

std::string bounds_in_words(const mapping::FetchBounds& bounds) {
    return "- a healthy complete run has at least " + std::to_string(bounds.full_min) +
           " records, quarantines at most " + std::to_string(bounds.quarantine_percent_max) +
           " % of them and misses at most " + std::to_string(bounds.vanished_percent_max) +
           " % of those known\n";
}

std::string fetch_part(const mapping::FetchPlan& plan, const std::string& comment) {
    constexpr std::string_view vanishing[] = {"when a complete listing lacks it",
                                              "when its own document lacks it", "never"};
    std::string out = "\n## How it is fetched\n\n";
    if (!plan.off_because.empty())
        out += "**Switched off by default:** " + plain(plan.off_because) + ".\n\n";
    if (!comment.empty()) out += comment + "\n\n";
    out += schedule_in_words(plan.schedule);
    out += "- adapter `" + plan.adapter + "`; a record counts as vanished " +
           std::string(vanishing[static_cast<std::size_t>(plan.vanishing)]) + "\n";
    out += "- " + std::to_string(plan.manners.interval_ms) + " ms between two requests" +
           (plan.manners.obeys_robots ? "; robots.txt is obeyed\n" : "; robots.txt is not asked\n");
    for (const mapping::FetchList& list : plan.lists)
        out += list_in_words(list);
    if (plan.detail) out += detail_in_words(*plan.detail);
    return out + bounds_in_words(plan.bounds);
}

// "jp/caa" of jp-caa; a source of no country has its name twice.
std::string place_of(const std::string& source) {
    const std::string folder = source.substr(0, source.find('-'));
    return folder + "/" + (folder == source ? source : source.substr(folder.size() + 1));
}

// The rows of the table of fields, and the code tables they name.
class FieldRows {
  public:
    void add(xml::Node rule, const std::string& prefix) {
        const std::string path = prefix + std::string(rule.name());
        const xml::Node first = rule.first_child();
        const bool has_cases = first && first.name() == "case";
        if (rule.attribute("from") || rule.attribute("value")) {
            row(path, rule, notes(rule));
        } else if (has_cases) {
            std::string before = notes(rule);
            for (xml::Node one = first; one; one = one.next_sibling()) {
                row(path, one, before + (one.attribute("when") ? notes(one) : ""));
                before = "else ";
            }
        } else {
            if (rule.attribute("each") || rule.attribute("when")) row(path, rule, notes(rule));
            for (xml::Node member = first; member; member = member.next_sibling())
                add(member, path + "/");
        }
    }
    void begin_part(const std::string& part) {
        if (!part.empty()) text_ += "| **" + part + "** | | | |\n";
    }
    const std::string& text() const { return text_; }
    const std::set<std::string>& tables() const { return tables_; }

  private:
    static std::string notes(xml::Node rule) {
        std::string out;
        if (attribute(rule, "essential") == "yes") out += "essential ";
        if (attribute(rule, "quiet") == "yes") out += "quiet ";
        if (attribute(rule, "once") == "yes") out += "once ";
        if (const auto when = rule.attribute("when")) out += "when " + code(*when) + " ";
        return out;
    }

    void row(const std::string& path, xml::Node source, const std::string& note) {
        std::string from = code(attribute(source, "from"));
        if (const auto value = source.attribute("value")) from = "always " + code(*value);
        if (const auto each = source.attribute("each")) from = "each of " + code(*each);
        std::string how = code(attribute(source, "as"));
        if (const auto form = source.attribute("form"))
            how += (how.empty() ? "" : ", ") + ("in the form " + code(*form));
        text_ += "| `" + path + "` | " + from + " | " + how + " | " + on_one_line(note) + " |\n";
        note_tables(attribute(source, "as"));
    }

    void note_tables(const std::string& chain) {
        for (const std::string_view name : {"code(", "words(", "labels("}) {
            for (std::size_t at = chain.find(name); at != std::string::npos;
                 at = chain.find(name, at + 1)) {
                const std::size_t begin = at + name.size();
                tables_.insert(chain.substr(begin, chain.find_first_of(",)", begin) - begin));
            }
        }
    }

    std::string text_;
    std::set<std::string> tables_;
};

std::string merge_in_words(xml::Node merge) {
    std::string out =
        "- of parts, the first that has a member is believed: " + code(attribute(merge, "parts")) +
        "\n";
    for (xml::Node take = merge.first_child(); take; take = take.next_sibling()) {
        out += "    - " + code(attribute(take, "member")) + ": " + code(attribute(take, "parts")) +
               (attribute(take, "all") == "yes" ? ", all of them\n" : "\n");
    }
    return out;
}

std::string record_part(xml::Node root) {
    std::string out = "\n## Records\n\n";
    for (xml::Node node = root.first_child(); node; node = node.next_sibling()) {
        if (node.name() == "record") {
            out += "- " + attribute(node, "format");
            if (const auto path = node.attribute("path")) out += " at " + code(*path);
            if (const auto each = node.attribute("each")) out += ", each " + code(*each);
            if (const auto part = node.attribute("part")) out += ": the part " + code(*part);
            out += "\n";
        } else if (node.name() == "remark") {
            out += "- each of " + code(attribute(node, "each")) + " through " +
                   code(attribute(node, "as")) + ", on notices that it names by number: the part " +
                   code(attribute(node, "part")) + "\n";
        } else if (node.name() == "merge") {
            out += merge_in_words(node);
        } else if (node.name() == "skip") {
            out += "- left out when " + code(attribute(node, "when")) + ": " +
                   plain(attribute(node, "reason")) + "\n";
        }
    }
    return out;
}

std::string field_part(xml::Node root, const mapping::CodeTables& tables) {
    FieldRows rows;
    std::string ignored;
    for (xml::Node node = root.first_child(); node; node = node.next_sibling()) {
        if (node.name() == "key") rows.add(node, "");
        if (node.name() == "notice") {
            rows.begin_part(attribute(node, "part"));
            for (xml::Node rule = node.first_child(); rule; rule = rule.next_sibling())
                rows.add(rule, "");
        }
        if (node.name() == "ignore") {
            ignored += "| " + code(attribute(node, "path")) + " | " +
                       plain(attribute(node, "reason")) + " |\n";
        }
    }
    std::string out =
        "\n## Fields\n\n| field | from | through | |\n|---|---|---|---|\n" + rows.text();
    if (!ignored.empty()) out += "\n## Left out\n\n| value | why |\n|---|---|\n" + ignored;
    if (rows.tables().empty()) return out;
    out += "\n## Code tables\n\n";
    for (const std::string& name : rows.tables()) {
        if (const mapping::CodeTable* table = tables.find(name)) {
            out += "- [" + name + "](../../mappings/codes/" + name +
                   ".xml): " + std::to_string(table->codes().size()) + " codes\n";
        }
    }
    return out;
}

std::string fixture_part(const std::string& folder) {
    const files::path where = files::path(RECALLGW_SOURCE_DIR) / folder;
    std::vector<std::string> names;
    std::error_code status;
    for (const auto& entry : files::directory_iterator(where, status))
        names.push_back(entry.path().filename().string());
    if (names.empty()) return {};
    std::ranges::sort(names);
    std::string out = "\n## Fixtures\n\n" + folder + ":\n\n";
    for (const std::string& name : names)
        out += "- " + code(name) + "\n";
    return out;
}

constexpr std::string_view head =
    "<!-- Generated from the mapping file by `recallgw doctor --write-references`. Do not edit. "
    "-->\n";

std::string page(const mapping::Mapping& mapping, const std::string& file) {
    const std::string bytes = bytes_of(mapping.file);
    const Result<xml::Document> document = xml::parse(bytes);
    if (!document) throw Failure(document.error());
    std::string out =
        std::string(head) + "# " + mapping.source + ": " + plain(mapping.about.title) + "\n\n" +
        comment_before(bytes, bytes.find("<mapping ")) + "\n\n" + about_part(mapping.about) +
        "\nMapping file: [" + file + "](../../" + file + "), version " + mapping.version + ".\n";
    if (mapping.fetch)
        out += fetch_part(*mapping.fetch, comment_before(bytes, bytes.find("<fetch ")));
    out += record_part(document->root());
    out += field_part(document->root(), *mapping.tables);
    return out + fixture_part("tests/fixtures/" + place_of(mapping.source));
}

}  // namespace

std::vector<Generated> feed_pages() {
    const mapping::MappingFolder mappings = open_mappings("");
    std::vector<Generated> out;
    std::string index =
        std::string(head) + "# Sources\n\n| source | what | polled |\n|---|---|---|\n";
    for (const std::string& source : mappings.sources()) {
        const Result<mapping::Mapping> mapping = mappings.load(source);
        if (!mapping) throw Failure(mapping.error());
        const std::string file = "mappings/" + place_of(source) + ".xml";
        out.push_back({"docs/feeds/" + source + ".md", page(*mapping, file)});
        const bool is_off = mapping->fetch && !mapping->fetch->off_because.empty();
        index +=
            "| [" + source + "](" + source + ".md) | " + plain(mapping->about.title) + " | " +
            (is_off ? "off: " + plain(mapping->fetch->off_because)
             : mapping->fetch
                 ? "every " + std::to_string(mapping->fetch->schedule.every_minutes) + " minutes"
                 : std::string("not fetched")) +
            " |\n";
    }
    out.push_back({"docs/feeds/README.md", std::move(index)});
    return out;
}

}  // namespace recall::ops
