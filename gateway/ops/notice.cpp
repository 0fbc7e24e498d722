// recallgw notice show | export | list: the stored notices.

#include <iostream>

#include "gateway/json/notice_json.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/notices.h"
#include "gateway/xml/notice_xml.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;

std::string json_line(const store::StoredNotice& notice) {
    return notice.json.substr(0, notice.json.size() - 1) +
           ",\"revision\":" + std::to_string(notice.revision) + "}";
}

Result<int> print(const Arguments& arguments, std::string_view format) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one notice ID"};
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    const auto stored = store::Notices(*session).get(arguments.words().front());
    if (!stored) {
        std::cerr << "there is no notice " << arguments.words().front() << '\n';
        return exit_not_so;
    }
    Result<model::Notice> notice = json::read_notice(stored->json);
    if (!notice) return notice.error();
    notice->revision = stored->revision;
    if (format == "xml") {
        std::cout << xml::write_notice(*notice) << '\n';
    } else {
        std::cout << json::write_notice(*notice) << '\n';
    }
    return exit_done;
}

Result<int> show(const Arguments& arguments) { return print(arguments, "json"); }

Result<int> export_one(const Arguments& arguments) {
    const std::string format = arguments.value("format", "json");
    if (format != "json" && format != "xml") {
        return Error{ErrorCode::usage, "--format must be json or xml, not " + format};
    }
    return print(arguments, format);
}

Result<int> list(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
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
        for (const store::StoredNotice& notice : page->rows)
            std::cout << json_line(notice) << '\n';
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

}  // namespace

const Command& notice_show_command() {
    static const Command command{"notice show",
                                 "print a stored notice",
                                 "ID",
                                 with_settings(),
                                 "JSON, one line. Exit 1 when there is no such notice.",
                                 show};
    return command;
}

const Command& notice_export_command() {
    static const Command command{
        "notice export",
        "write a stored notice in a format",
        "ID",
        with_settings({{"format", "FORMAT", "json or xml (json)"}}),
        "The canonical form that the exchange signs. Exit 1 when there is no such notice.",
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
                       {"hazard", "CODE", "only this hazard, such as choking"}}),
        "JSON, one notice a line.",
        list};
    return command;
}

}  // namespace recall::ops
