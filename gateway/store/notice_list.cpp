// The reading side of notices.h: one statement shape, with clauses added by filter.
#include "gateway/store/notices.h"

#include "gateway/store/column_text.h"

#include <algorithm>

namespace recall::store {
namespace {

// clang-format off
#define NOTICE_COLUMNS                                                                        \
    "select n.id, r.json, n.content_hash, n.raw_sha256, n.state, n.revision, n.change, "      \
    "n.first_stored_at, n.updated_at, n.published_on, n.seq from notice n "                   \
    "join notice_revision r on r.notice = n.seq and r.revision = n.revision where "
// clang-format on
constexpr std::string_view column_letters = "tttttnntttn";

constexpr Sql find_notice{"notice.get", NOTICE_COLUMNS "n.id = :id", column_letters};
constexpr Sql find_changed{"notice.changed_after",
                           NOTICE_COLUMNS "n.change > :change order by n.change limit :rows",
                           column_letters};
constexpr Sql find_active{"notice.active_after",
                          NOTICE_COLUMNS
                          "n.change > :change and n.state = 'active' order by n.change "
                          "limit :rows",
                          column_letters};
constexpr Sql count_all{"notice.count", "select count(*) from notice", "n"};
constexpr Sql count_source{"notice.count_source",
                           "select count(*) from notice where source = :source", "n"};

StoredNotice stored_notice(const Rows& row) {
    return {.id = row.text(0),
            .json = row.text(1),
            .content_hash = row.text(2),
            .raw_sha256 = row.text(3),
            .state = row.text(4),
            .revision = row.number(5),
            .change = row.number(6),
            .first_stored_at = row.text(7),
            .updated_at = row.text(8)};
}

std::vector<StoredNotice> stored_notices(Rows rows) {
    std::vector<StoredNotice> found;
    while (rows.next())
        found.push_back(stored_notice(rows));
    return found;
}

long long bounded(std::size_t rows) {
    return static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
}

// A statement that grows by clauses; the texts of the values live as long as it does.
struct Filtered {
    std::string text = NOTICE_COLUMNS "1 = 1";
    std::vector<std::pair<const char*, std::string>> values;

    void add(const char* clause, const char* name, std::string value) {
        if (value.empty()) return;
        text += clause;
        values.emplace_back(name, std::move(value));
    }
};

Filtered filtered(const NoticeFilter& filter) {
    const auto day = [](const std::optional<Date>& date, Date (*bound)(const Date&)) {
        return date ? to_text(bound(*date)) : std::string();
    };
    Filtered statement;
    statement.add(" and n.source = :source", "source", filter.source);
    statement.add(" and n.jurisdiction = :jurisdiction", "jurisdiction", filter.jurisdiction);
    statement.add(" and n.kind = :kind", "kind", filter.kind);
    statement.add(" and n.risk_level = :risk_level", "risk_level", filter.risk_level);
    statement.add(" and n.state = :state", "state", filter.state);
    statement.add(" and n.hazards like :hazard escape '!'", "hazard",
                  filter.hazard.empty() ? "" : containing(' ' + filter.hazard + ' '));
    statement.add(" and n.published_on >= :published_from", "published_from",
                  day(filter.published_from, first_day));
    statement.add(" and n.published_on <> '' and n.published_on <= :published_to", "published_to",
                  day(filter.published_to, last_day));
    statement.add(" and n.updated_at >= :updated_since", "updated_since",
                  filter.updated_since ? instant_text(*filter.updated_since) : "");
    statement.add(" and n.search_text like :text escape '!'", "text",
                  filter.text.empty() ? "" : containing(ascii_lower(filter.text)));
    return statement;
}

}  // namespace

std::optional<StoredNotice> Notices::get(std::string_view id) {
    Rows rows = session_.query(find_notice, {{"id", id}});
    if (!rows.next()) return std::nullopt;
    return stored_notice(rows);
}

std::vector<StoredNotice> Notices::active_after(long long change, std::size_t rows) {
    return stored_notices(
        session_.query(find_active, {{"change", change}, {"rows", bounded(rows)}}));
}

std::vector<StoredNotice> Notices::changed_after(long long change, std::size_t rows) {
    return stored_notices(
        session_.query(find_changed, {{"change", change}, {"rows", bounded(rows)}}));
}

long long Notices::count(std::string_view source) {
    Rows rows = source.empty() ? session_.query(count_all, {})
                               : session_.query(count_source, {{"source", source}});
    return rows.next() ? rows.number(0) : 0;
}

Result<Page<StoredNotice>> Notices::list(const NoticeFilter& filter, NoticeOrder order,
                                         std::string_view cursor, std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const bool is_newest = order == NoticeOrder::newest;
    const bool is_other_order = *position && !is_newest && !(*position)->text.empty();
    if (is_other_order) return {ErrorCode::usage, "the cursor belongs to another order"};

    Filtered statement = filtered(filter);
    if (*position) {
        statement.text += is_newest ? " and (n.published_on, n.seq) < (:at_text, :at_number)"
                                    : " and n.change > :at_number";
    }
    statement.text += is_newest ? " order by n.published_on desc, n.seq desc limit :rows"
                                : " order by n.change limit :rows";
    std::vector<Parameter> parameters;
    for (const auto& [name, value] : statement.values)
        parameters.emplace_back(name, value);
    if (*position && is_newest) parameters.emplace_back("at_text", (*position)->text);
    if (*position) parameters.emplace_back("at_number", (*position)->number);
    const long long wanted = bounded(rows);
    parameters.emplace_back("rows", wanted + 1);  // one more tells whether there is a next page

    Page<StoredNotice> page;
    page.cursor = is_newest ? "" : std::string(cursor);
    Position last;
    Rows found =
        session_.query({"notice.list", statement.text, column_letters, Reuse::once}, parameters);
    while (found.next()) {
        if (static_cast<long long>(page.rows.size()) == wanted) {
            page.cursor = write_cursor(last);
            return page;
        }
        page.rows.push_back(stored_notice(found));
        last = is_newest ? Position{found.text(9), found.number(10)}
                         : Position{"", page.rows.back().change};
    }
    if (!is_newest && !page.rows.empty()) page.cursor = write_cursor(last);
    return page;
}

}  // namespace recall::store
