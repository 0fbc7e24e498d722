// recallgw notice show | export | list: the stored notices.

#include <algorithm>
#include <array>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/base/near_miss.h"
#include "gateway/clusters/cluster_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/notice_page.h"
#include "gateway/ops/notice_reading.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/notices.h"
#include "gateway/translate/wanted.h"
#include "gateway/xml/cap.h"
#include "gateway/xml/notice_xml.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;

Result<model::Notice> read_stored(const store::StoredNotice& stored) {
    return json::read_stored_notice(stored.json, stored.revision, stored.state);
}

// The notice with what CAP needs to know of its revisions besides.
std::string cap(const model::Notice& notice, store::Session& session, std::string_view event) {
    xml::CapOptions options;
    options.event = event;
    store::Notices notices(session);
    for (const store::NoticeRevision& revision : notices.revisions(notice.id)) {
        const Result<Instant> stored = parse_instant(revision.stored_at);
        if (!stored) throw Failure(ErrorCode::database, "a revision's time cannot be read");
        if (revision.revision == notice.revision) options.sent = *stored;
        if (revision.revision == notice.revision - 1) options.before = *stored;
    }
    return xml::write_cap(notice, options);
}

Result<int> print(const Arguments& arguments, std::string_view format) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one notice ID"};
    const PageLanguage language =
        arguments.value("lang", "en") == "zh" ? PageLanguage::chinese : PageLanguage::english;
    const settings::Settings settings = load_settings(arguments);
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    const auto stored = store::Notices(*session).get(arguments.words().front());
    if (!stored) {
        std::cerr << "there is no notice " << arguments.words().front() << '\n';
        return exit_not_so;
    }
    const Result<model::Notice> notice = read_stored(*stored);
    if (!notice) return notice.error();
    if (format == "xml") {
        std::cout << xml::write_notice(*notice) << '\n';
    } else if (format == "json") {
        std::cout << json::write_notice(*notice) << '\n';
    } else {
        const mapping::MappingFolder mappings = open_mappings(settings.data_mappings);
        const mapping::CodeTables& tables = mappings.tables();
        if (format == "reading") {
            std::cout << reading_of(*session, *notice, tables, language);
        } else if (format == "html") {
            std::cout << notice_page(translate::with_readings(*session, *notice), tables, language);
        } else {
            std::cout << cap(*notice, *session,
                             code_word(tables, "kinds", notice->kind, PageLanguage::english));
        }
    }
    return exit_done;
}

// Who else tells the same, if anybody is linked with it.
void print_cluster(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    const std::string& id = arguments.words().front();
    if (!clusters::has_company(*session, id)) return;
    std::cout << clusters::cluster_of_notice(*session, id, clusters::Audience::staff).value()
              << '\n';
}

Result<int> show(const Arguments& arguments) {
    const auto language = read_language(arguments);
    if (!language) return language.error();
    const Result<int> shown = print(arguments, *language ? "reading" : "json");
    if (shown && *shown == exit_done) print_cluster(arguments);
    return shown;
}

Result<int> export_one(const Arguments& arguments) {
    const std::string format = arguments.value("format", "json");
    constexpr std::array<std::string_view, 4> formats = {"json", "xml", "cap", "html"};
    if (std::ranges::find(formats, format) == formats.end()) {
        return Error{ErrorCode::usage, "--format must be json, xml, cap or html, not " + format +
                                           did_you_mean(format, formats)};
    }
    if (const auto language = read_language(arguments); !language) return language.error();
    return print(arguments, format);
}

Result<int> list(const Arguments& arguments) {
    const auto language = read_language(arguments);
    if (!language) return language.error();
    const settings::Settings settings = load_settings(arguments);
    std::optional<mapping::MappingFolder> mappings;
    if (*language) mappings = open_mappings(settings.data_mappings);
    const auto database = open_migrated_database(settings);
    store::NoticeFilter filter;
    filter.text = arguments.value("query");
    filter.source = arguments.value("source");
    filter.kind = arguments.value("kind");
    filter.hazard = arguments.value("hazard");
    const store::SessionLease session = database->lease();
    store::Notices notices(*session);
    std::string cursor;
    do {
        const auto page = notices.list(filter, store::NoticeOrder::newest, cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::StoredNotice& stored : page->rows) {
            const Result<model::Notice> notice = read_stored(stored);
            if (!notice) return notice.error();
            std::cout << (*language ? row_of(*notice, mappings->tables(), **language)
                                    : json::write_notice(*notice) + "\n");
        }
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

}  // namespace

const Command& notice_show_command() {
    static const Command command{
        "notice show",
        "print a stored notice",
        "ID",
        with_settings({{"lang", "LANG",
                        "for people: its line in en or zh, and its texts "
                        "with their translations"}}),
        "JSON, one line; with --lang lines for people. When others tell the same recall, are\n"
        "linked with it or were ruled upon, the cluster follows as JSON on a line of its own.\n"
        "Exit 1 when there is no such notice.",
        show};
    return command;
}

const Command& notice_export_command() {
    static const Command command{
        "notice export",
        "write a stored notice in a format",
        "ID",
        with_settings({{"format", "FORMAT", "json, xml, cap or html (json)"},
                       {"lang", "LANG", "of the headings of html: en or zh (en)"}}),
        "json and xml are the canonical forms that the exchange signs. cap is an alert of the\n"
        "Common Alerting Protocol 1.2, which says less; html is one page for people, which needs\n"
        "nothing from elsewhere. Exit 1 when there is no such notice.",
        export_one};
    return command;
}

const Command& notice_list_command() {
    static const Command command{
        "notice list",
        "list stored notices, newest first",
        "",
        with_settings({{"query", "TEXT", "words that number or titles must hold"},
                       {"source", "ID", "only this source"},
                       {"kind", "KIND", "only this kind, such as recall"},
                       {"hazard", "CODE", "only this hazard, such as choking"},
                       {"lang", "LANG", "for people: each in one line of en or zh"}}),
        "JSON, one notice a line; with --lang: ID, date, line and title, tabs between.",
        list};
    return command;
}

}  // namespace recall::ops
