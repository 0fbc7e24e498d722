#include "gateway/store/cases.h"

#include <algorithm>
#include <array>

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 3> state_words{"opened", "ordered", "closed"};
constexpr std::string_view column_letters = "tntttttttttnttt";

#define CASE_COLUMNS                                                                     \
    "id, match_id, platform, listing, notice, state, partner, order_message, deadline, " \
    "outcome, note, report_position, opened_by, opened_at, closed_at"

constexpr Sql insert_case{
    "takedown_case.open",
    "insert into takedown_case (" CASE_COLUMNS
    ") values (:id, :match, :platform, :listing, "
    ":notice, :state, :partner, :order_message, :deadline, '', :note, 0, :by, :opened_at, '')"};
constexpr Sql find_case{"takedown_case.get",
                        "select " CASE_COLUMNS " from takedown_case where id = :id",
                        column_letters};
constexpr Sql find_of_match{"takedown_case.of_match",
                            "select " CASE_COLUMNS " from takedown_case where match_id = :match",
                            column_letters};
constexpr Sql order_case{
    "takedown_case.set_order",
    "update takedown_case set state = 'ordered', partner = :partner, order_message = :message "
    "where id = :id and state = 'opened'"};
constexpr Sql close_case{
    "takedown_case.close",
    "update takedown_case set state = 'closed', outcome = :outcome, note = :note, "
    "report_position = :position, closed_at = :now where id = :id and state = 'ordered'"};
constexpr Sql list_cases{"takedown_case.list",
                         "select " CASE_COLUMNS
                         " from takedown_case where id > :after "
                         "and (:state = '' or state = :state) order by id limit :rows",
                         column_letters};

#undef CASE_COLUMNS

TakedownCase case_of(const Rows& row) {
    TakedownCase found;
    found.id = row.text(0);
    found.match_id = row.number(1);
    found.platform = row.text(2);
    found.listing = row.text(3);
    found.notice = row.text(4);
    found.state = read_word<CaseState>(state_words, row.text(5));
    found.partner = row.text(6);
    found.order_message = row.text(7);
    found.deadline = row.text(8);
    found.outcome = row.text(9);
    found.note = row.text(10);
    found.report_position = row.number(11);
    found.opened_by = row.text(12);
    found.opened_at = row.text(13);
    found.closed_at = row.text(14);
    return found;
}

std::optional<TakedownCase> first(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return case_of(rows);
}

}  // namespace

std::string_view spelling(CaseState state) { return state_words[static_cast<std::size_t>(state)]; }

void Cases::open(const TakedownCase& opened) {
    session_.execute(insert_case, {{"id", opened.id},
                                   {"match", opened.match_id},
                                   {"platform", opened.platform},
                                   {"listing", opened.listing},
                                   {"notice", opened.notice},
                                   {"state", spelling(opened.state)},
                                   {"partner", opened.partner},
                                   {"order_message", opened.order_message},
                                   {"deadline", opened.deadline},
                                   {"note", opened.note},
                                   {"by", opened.opened_by},
                                   {"opened_at", opened.opened_at}});
}

std::optional<TakedownCase> Cases::get(std::string_view id) {
    return first(session_.query(find_case, {{"id", id}}));
}

std::optional<TakedownCase> Cases::of_match(long long match_id) {
    return first(session_.query(find_of_match, {{"match", match_id}}));
}

Result<void> Cases::set_order(std::string_view id, std::string_view partner,
                              std::string_view order_message) {
    if (session_.execute(order_case,
                         {{"partner", partner}, {"message", order_message}, {"id", id}}) == 1) {
        return {};
    }
    return {ErrorCode::conflict, "the case has its order already, or there is no such case"};
}

Result<void> Cases::close(const TakedownCase& closed, Instant now) {
    if (session_.execute(close_case, {{"outcome", closed.outcome},
                                      {"note", closed.note},
                                      {"position", closed.report_position},
                                      {"now", instant_text(now)},
                                      {"id", closed.id}}) == 1) {
        return {};
    }
    return {ErrorCode::conflict, "the case waits for no answer"};
}

Result<Page<TakedownCase>> Cases::list(std::optional<CaseState> state, std::string_view cursor,
                                       std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<TakedownCase> page;
    Rows found =
        session_.query(list_cases, {{"after", *position ? (*position)->text : std::string()},
                                    {"state", state ? spelling(*state) : std::string_view()},
                                    {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({page.rows.back().id, 0});
            break;
        }
        page.rows.push_back(case_of(found));
    }
    return page;
}

}  // namespace recall::store
