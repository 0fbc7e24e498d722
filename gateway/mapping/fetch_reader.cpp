// The <fetch> element of a mapping file: fetch_plan.h, member for member.

#include <algorithm>
#include <array>
#include <cstdio>

#include "gateway/mapping/clean_text.h"
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

FetchPages pages(FileReader& file, xml::Node node) {
    FetchPages out;
    out.first = file.number(node, "first", out.first);
    out.step = file.number(node, "step", out.step);
    out.pages_max = file.number(node, "pages-max", out.pages_max);
    out.stop_after_known = file.number(node, "stop-after-known", out.stop_after_known);
    out.digits = file.number(node, "digits", out.digits);
    out.stop_after_empty = file.number(node, "stop-after-empty", out.stop_after_empty);
    constexpr std::string_view member = "member:";
    const std::string next = file.attribute(node, "next");
    if (next == "link-header") {
        out.next = NextPage::link_header;
    } else if (next.starts_with(member) && next.size() > member.size()) {
        out.next = NextPage::member;
        out.next_member = next.substr(member.size());
    } else if (!next.empty()) {
        file.fail(node, "next is link-header or member:NAME, not \"" + next + "\"");
    }
    return out;
}

FetchWindows windows(FileReader& file, xml::Node node) {
    constexpr std::array<std::string_view, 2> units = {"month", "year"};
    FetchWindows out;
    const auto from = parse_date(file.needed(node, "from"));
    if (from) {
        out.from = *from;
    } else {
        file.fail(node, from.error().text);
    }
    out.unit = WindowUnit(file.choice(node, "unit", units, 1));
    out.year_begins = file.number(node, "year-begins", out.year_begins);
    if (out.year_begins < 1 || out.year_begins > 12)
        file.fail(node, "year-begins is a month, 1 to 12");
    out.newest = file.number(node, "newest", out.newest);
    return out;
}

// An XPath kept as text, since ingest compiles it on the listing.
std::string checked_path(FileReader& file, xml::Node node, std::string_view name) {
    const std::string text = file.attribute(node, name);
    if (!text.empty()) file.path(node, text);
    return text;
}

FetchEntries entries(FileReader& file, xml::Node node) {
    FetchEntries out;
    file.needed(node, "select");
    file.needed(node, "key");
    out.select = checked_path(file, node, "select");
    out.key = checked_path(file, node, "key");
    out.link = checked_path(file, node, "link");
    out.fingerprint = checked_path(file, node, "fingerprint");
    out.sort = checked_path(file, node, "sort");
    out.total = checked_path(file, node, "total");
    out.namespaces = file.namespaces();
    return out;
}

FetchSchedule schedule(FileReader& file, xml::Node node) {
    FetchSchedule out;
    out.every_minutes = file.number(node, "every-minutes", out.every_minutes);
    out.jitter_percent = file.number(node, "jitter-percent", out.jitter_percent);
    out.rescan_hours = file.number(node, "rescan-hours", out.rescan_hours);
    if (const std::string open = file.attribute(node, "open"); !open.empty()) {
        int from_hour = 0, from_minute = 0, to_hour = 0, to_minute = 0;
        if (std::sscanf(open.c_str(), "%2d:%2d-%2d:%2d", &from_hour, &from_minute, &to_hour,
                        &to_minute) != 4) {
            file.fail(node, "open must read \"06:00-22:00\", not \"" + open + "\"");
        }
        out.open_from_minute = from_hour * 60 + from_minute;
        out.open_to_minute = to_hour * 60 + to_minute;
    }
    if (const std::string offset = file.attribute(node, "utc-offset"); !offset.empty()) {
        int hours = 0, minutes = 0;
        char sign = '+';
        if (std::sscanf(offset.c_str(), "%c%2d:%2d", &sign, &hours, &minutes) != 3 ||
            (sign != '+' && sign != '-')) {
            file.fail(node, "utc-offset must read \"+09:00\", not \"" + offset + "\"");
        }
        out.utc_offset_minutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
    for (const std::string& day : words(file.attribute(node, "weekdays"))) {
        if (day.size() != 1 || day[0] < '1' || day[0] > '7')
            file.fail(node, "weekdays are 1 (Monday) to 7, not " + day);
        out.weekdays.push_back(unsigned(day[0] - '0'));
    }
    return out;
}

FetchManners manners(FileReader& file, xml::Node node) {
    FetchManners out;
    out.interval_ms = file.number(node, "interval-ms", out.interval_ms);
    out.obeys_robots = file.yes(node, "robots", out.obeys_robots);
    out.hosts = words(file.attribute(node, "hosts"));
    out.redirects_max = file.number(node, "redirects-max", out.redirects_max);
    out.attempts_max = file.number(node, "attempts-max", out.attempts_max);
    out.backoff_ms = file.number(node, "backoff-ms", out.backoff_ms);
    out.backoff_max_ms = file.number(node, "backoff-max-ms", out.backoff_max_ms);
    out.retry_after_max_s = file.number(node, "retry-after-max-s", out.retry_after_max_s);
    out.read_timeout_ms = file.number(node, "read-timeout-ms", out.read_timeout_ms);
    out.deadline_ms = file.number(node, "deadline-ms", out.deadline_ms);
    return out;
}

FetchBounds bounds(FileReader& file, xml::Node node) {
    FetchBounds out;
    out.full_min = file.number(node, "full-min", out.full_min);
    out.full_max = file.number(node, "full-max", out.full_max);
    out.incremental_max = file.number(node, "incremental-max", out.incremental_max);
    out.quarantine_percent_max =
        file.number(node, "quarantine-percent-max", out.quarantine_percent_max);
    out.vanished_percent_max = file.number(node, "vanished-percent-max", out.vanished_percent_max);
    if (out.full_min > out.full_max) {
        file.fail(node, "full-min is " + std::to_string(out.full_min) + " and full-max " +
                            std::to_string(out.full_max) + ": no run could keep both");
    }
    return out;
}

}  // namespace

void FileReader::check_placeholders(xml::Node node, std::string_view text,
                                    std::span<const std::string_view> known) {
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) continue;
        const std::string_view name = text.substr(at + 1, end - at - 1);
        const bool is_word =
            !name.empty() && std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
        if (is_word && std::ranges::find(known, name) == known.end()) {
            fail(node,
                 "unknown placeholder {" + std::string(name) + "}" + expected_one_of(name, known));
        }
    }
}

FetchHeader FileReader::header(xml::Node node) { return {needed(node, "name"), tidy(node.text())}; }

DocumentRules FileReader::document_rules(xml::Node node) {
    constexpr std::array<std::string_view, 5> formats = {"json", "xml", "html", "table", "text"};
    DocumentRules out;
    out.format = DocumentFormat(choice(node, "format", formats, 0));
    out.encoding = attribute(node, "encoding", out.encoding);
    out.media_types = words(attribute(node, "media-types"));
    out.root = attribute(node, "root");
    out.marker = attribute(node, "marker");
    out.bytes_max = number(node, "bytes-max", out.bytes_max);
    out.is_packed = yes(node, "packed", out.is_packed);
    return out;
}

FetchList FileReader::fetch_list(xml::Node node) {
    constexpr std::array<std::string_view, 4> uses = {"every_run", "incremental", "full", "first"};
    constexpr std::array<std::string_view, 2> methods = {"GET", "POST"};
    constexpr std::array<std::string_view, 8> placeholders = {
        "page", "since", "from", "to", "today", "recent", "year", "lastyear"};
    FetchList out;
    out.use = ListUse(choice(node, "use", uses, 0));
    out.method = methods[choice(node, "method", methods, 0)];
    out.url = needed(node, "url");
    check_placeholders(node, out.url, placeholders);
    out.rules = document_rules(node);
    out.is_conditional = yes(node, "conditional", out.is_conditional);
    out.is_complete = yes(node, "complete", out.is_complete);
    out.is_absent_empty = yes(node, "empty-when-absent", out.is_absent_empty);
    out.is_provisional = yes(node, "provisional", out.is_provisional);
    out.overlap_days = number(node, "overlap-days", out.overlap_days);
    out.date_form = attribute(node, "dates", out.date_form);
    if (out.date_form != "epoch-ms" && out.date_form.find("yy") == std::string::npos)
        fail(node, "dates must read like \"yyyy/MM/dd\", not \"" + out.date_form + "\"");
    for (xml::Node child = node.first_child(); child; child = child.next_sibling()) {
        if (child.name() == "header") {
            out.headers.push_back(header(child));
        } else if (child.name() == "body") {
            out.body = tidy(child.text());
            out.body_type = needed(child, "type");
            check_placeholders(child, out.body, placeholders);
        } else if (child.name() == "pages") {
            out.pages = pages(*this, child);
        } else if (child.name() == "windows") {
            out.windows = windows(*this, child);
        } else if (child.name() == "entries") {
            out.entries = entries(*this, child);
        } else if (child.name() == "detail") {
            out.detail = fetch_detail(child);
        }
    }
    const bool names_page =
        out.url.find("{page}") != std::string::npos || out.body.find("{page}") != std::string::npos;
    if (out.pages && out.pages->next == NextPage::counted && !names_page) {
        fail(node,
             "<pages> counts, and nothing sends the number: expected {page} in the url or the "
             "body, or next=\"link-header\" or next=\"member:NAME\" in <pages>");
    }
    if (out.pages && out.pages->next == NextPage::counted && out.pages->step == 0)
        fail(node, "<pages> with a step of 0 asks for one page again and again");
    return out;
}

FetchDetail FileReader::fetch_detail(xml::Node node) {
    constexpr std::array<std::string_view, 3> placeholders = {"link", "key", "language"};
    FetchDetail out;
    out.url = attribute(node, "url", out.url);
    check_placeholders(node, out.url, placeholders);
    out.languages = words(attribute(node, "languages"));
    if (out.languages.empty() != (out.url.find("{language}") == std::string::npos))
        fail(node, "languages and {language} in the url go together");
    out.rules = document_rules(node);
    out.is_conditional = yes(node, "conditional", out.is_conditional);
    out.recheck_newest = number(node, "recheck-newest", out.recheck_newest);
    out.per_run_max = number(node, "per-run-max", out.per_run_max);
    for (xml::Node child = node.first_child(); child; child = child.next_sibling())
        out.headers.push_back(header(child));
    return out;
}

FetchPlan FileReader::fetch(xml::Node node) {
    constexpr std::array<std::string_view, 9> adapters = {
        "json_list", "xml_reports",  "rss_pages",      "html_list",  "json_pages",
        "rss_items", "zipped_table", "numbered_pages", "mixed_pages"};
    constexpr std::array<std::string_view, 3> vanishing = {"by_listing", "by_document", "never"};
    FetchPlan out;
    needed(node, "adapter");
    out.adapter = adapters[choice(node, "adapter", adapters, 0)];
    out.vanishing = Vanishing(choice(node, "vanishing", vanishing, 2));
    out.off_because = attribute(node, "because");
    if (yes(node, "enabled", true) != out.off_because.empty())
        fail(node, "enabled=\"no\" and because=\"…\" go together");
    for (xml::Node child = node.first_child(); child; child = child.next_sibling()) {
        const std::string_view name = child.name();
        if (name == "schedule") out.schedule = schedule(*this, child);
        if (name == "manners") out.manners = manners(*this, child);
        if (name == "header") out.headers.push_back(header(child));
        if (name == "list") out.lists.push_back(fetch_list(child));
        if (name == "detail") out.detail = fetch_detail(child);
        if (name == "bounds") out.bounds = bounds(*this, child);
    }
    for (const FetchList& list : out.lists) {
        if (list.entries.has_value() != (list.detail.has_value() || out.detail.has_value())) {
            fail(node, "a list has <entries> exactly when there is a <detail>");
        }
    }
    return out;
}

}  // namespace recall::mapping
