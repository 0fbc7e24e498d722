#include "gateway/store/outbox.h"

#include <algorithm>
#include <array>

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 4> state_words{"pending", "delivered", "refused", "dead"};
constexpr std::string_view whole_letters = "tntttntttttntttttbb";
constexpr std::string_view list_letters = "tntttntttttnttttt";

#define OUTBOX_LIST_COLUMNS                                                                   \
    "recipient, sequence, message_id, kind, subject, subject_version, conversation, format, " \
    "sha256, canonical_sha256, state, attempts, next_attempt_at, last_code, last_reason, "    \
    "created_at, settled_at"

constexpr Sql take_sequence{
    "outbox.next_sequence",
    "insert into outbox_sequence (recipient, last) values (:recipient, 1) on conflict (recipient) "
    "do update set last = outbox_sequence.last + 1 returning last",
    "n"};
constexpr Sql insert_message{
    "outbox.add",
    "insert into outbox (recipient, sequence, message_id, kind, subject, subject_version, "
    "conversation, format, content, sha256, canonical_sha256, state, attempts, next_attempt_at, "
    "last_code, last_reason, receipt, created_at, settled_at) values (:recipient, :sequence, "
    ":message_id, :kind, :subject, :subject_version, :conversation, :format, :content, :sha256, "
    ":canonical, 'pending', 0, :now, '', '', :receipt, :now, '')"};
constexpr Sql find_due{
    "outbox.due",
    "select o.recipient from outbox o where o.state = 'pending' and o.next_attempt_at <= :now "
    "and o.sequence = (select min(p.sequence) from outbox p "
    "where p.recipient = o.recipient and p.state = 'pending') "
    "and not exists (select 1 from outbox_line l "
    "where l.recipient = o.recipient and l.open_until > :now) "
    "order by o.next_attempt_at limit :rows",
    "t"};
constexpr Sql find_head{
    "outbox.head",
    "select " OUTBOX_LIST_COLUMNS
    ", content, receipt from outbox "
    "where recipient = :recipient and state = 'pending' order by sequence limit 1",
    whole_letters};
constexpr Sql find_message{"outbox.find",
                           "select " OUTBOX_LIST_COLUMNS
                           ", content, receipt from outbox where message_id = :id",
                           whole_letters};
constexpr Sql settle_message{
    "outbox.settle",
    "update outbox set state = :state, attempts = attempts + 1, next_attempt_at = :next, "
    "last_code = :code, last_reason = :reason, receipt = :receipt, settled_at = :settled "
    "where recipient = :recipient and sequence = :sequence and state = 'pending'"};
constexpr Sql retry_message{
    "outbox.retry",
    "update outbox set state = 'pending', attempts = 0, next_attempt_at = :now, settled_at = '' "
    "where message_id = :id and (state = 'refused' or state = 'dead')"};
constexpr Sql list_messages{
    "outbox.list",
    "select " OUTBOX_LIST_COLUMNS
    " from outbox where (recipient > :after or "
    "(recipient = :after and sequence > :sequence)) and (:state = '' or state = :state) "
    "and (:recipient = '' or recipient = :recipient) order by recipient, sequence limit :rows",
    list_letters};
constexpr Sql find_conversation{
    "outbox.has", "select count(*) from outbox where conversation = :conversation and kind = :kind",
    "n"};
constexpr Sql find_version{"outbox.latest_version",
                           "select coalesce(max(subject_version), 0) from outbox "
                           "where recipient = :recipient and subject = :subject",
                           "n"};
constexpr Sql count_state{"outbox.count", "select count(*) from outbox where state = :state", "n"};
constexpr Sql find_line{"outbox_line.get",
                        "select failures, open_until, last_code, last_success_at from outbox_line "
                        "where recipient = :recipient",
                        "nttt"};
constexpr Sql put_line{
    "outbox_line.put",
    "insert into outbox_line (recipient, failures, open_until, last_code, last_success_at) "
    "values (:recipient, :failures, :open_until, :code, :success) on conflict (recipient) "
    "do update set failures = excluded.failures, open_until = excluded.open_until, "
    "last_code = excluded.last_code, last_success_at = excluded.last_success_at"};

#undef OUTBOX_LIST_COLUMNS

OutboxMessage listed(const Rows& row) {
    OutboxMessage message;
    message.recipient = row.text(0);
    message.sequence = row.number(1);
    message.message_id = row.text(2);
    message.kind = row.text(3);
    message.subject = row.text(4);
    message.subject_version = row.number(5);
    message.conversation = row.text(6);
    message.format = row.text(7);
    message.sha256 = row.text(8);
    message.canonical_sha256 = row.text(9);
    message.state = read_word<OutboxState>(state_words, row.text(10));
    message.attempts = row.number(11);
    message.next_attempt_at = row.text(12);
    message.last_code = row.text(13);
    message.last_reason = row.text(14);
    message.created_at = row.text(15);
    message.settled_at = row.text(16);
    return message;
}

std::optional<OutboxMessage> whole(Rows rows) {
    if (!rows.next()) return std::nullopt;
    OutboxMessage message = listed(rows);
    message.content = rows.bytes(17);
    message.receipt = rows.bytes(18);
    return message;
}

long long only_number(Rows rows) {
    RECALL_CHECK(rows.next(), "an aggregate has a row");
    return rows.number(0);
}

}  // namespace

std::string_view spelling(OutboxState state) {
    return state_words[static_cast<std::size_t>(state)];
}

std::optional<OutboxState> outbox_state(std::string_view word) {
    const auto* found = std::ranges::find(state_words, word);
    if (found == state_words.end()) return std::nullopt;
    return static_cast<OutboxState>(found - state_words.begin());
}

long long Outbox::next_sequence(std::string_view recipient) {
    return only_number(session_.query(take_sequence, {{"recipient", recipient}}));
}

void Outbox::add(const OutboxMessage& message, Instant now) {
    session_.execute(insert_message, {{"recipient", message.recipient},
                                      {"sequence", message.sequence},
                                      {"message_id", message.message_id},
                                      {"kind", message.kind},
                                      {"subject", message.subject},
                                      {"subject_version", message.subject_version},
                                      {"conversation", message.conversation},
                                      {"format", message.format},
                                      {"content", Parameter::Bytes{message.content}},
                                      {"sha256", message.sha256},
                                      {"canonical", message.canonical_sha256},
                                      {"now", instant_text(now)},
                                      {"receipt", Parameter::Bytes{""}}});
}

std::vector<std::string> Outbox::due_recipients(Instant now, std::size_t rows) {
    const long long wanted =
        static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
    std::vector<std::string> found;
    Rows due = session_.query(find_due, {{"now", instant_text(now)}, {"rows", wanted}});
    while (due.next())
        found.push_back(due.text(0));
    return found;
}

std::optional<OutboxMessage> Outbox::head(std::string_view recipient) {
    return whole(session_.query(find_head, {{"recipient", recipient}}));
}

bool Outbox::settle(const OutboxMessage& message, const OutboxOutcome& outcome, Instant now) {
    const bool is_pending = outcome.state == OutboxState::pending;
    const std::string at = instant_text(now);
    return session_.execute(settle_message,
                            {{"state", spelling(outcome.state)},
                             {"next", is_pending ? instant_text(outcome.next_attempt) : at},
                             {"code", outcome.code},
                             {"reason", shown_text(outcome.reason)},
                             {"receipt", Parameter::Bytes{outcome.receipt}},
                             {"settled", is_pending ? std::string() : at},
                             {"recipient", message.recipient},
                             {"sequence", message.sequence}}) == 1;
}

Result<void> Outbox::retry(std::string_view message_id, Instant now) {
    if (session_.execute(retry_message, {{"now", instant_text(now)}, {"id", message_id}}) == 1) {
        return {};
    }
    const auto message = find(message_id);
    if (!message) return {ErrorCode::not_found, "the outbox has no message of that id"};
    return {ErrorCode::conflict, "the message is " + std::string(spelling(message->state)) +
                                     "; only refused and dead ones are sent again"};
}

std::optional<OutboxMessage> Outbox::find(std::string_view message_id) {
    return whole(session_.query(find_message, {{"id", message_id}}));
}

Result<Page<OutboxMessage>> Outbox::list(std::optional<OutboxState> state,
                                         std::string_view recipient, std::string_view cursor,
                                         std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<OutboxMessage> page;
    Rows found =
        session_.query(list_messages, {{"after", *position ? (*position)->text : std::string()},
                                       {"sequence", *position ? (*position)->number : 0},
                                       {"state", state ? spelling(*state) : std::string_view()},
                                       {"recipient", recipient},
                                       {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({page.rows.back().recipient, page.rows.back().sequence});
            break;
        }
        page.rows.push_back(listed(found));
    }
    return page;
}

bool Outbox::has(std::string_view kind, std::string_view conversation) {
    return only_number(session_.query(find_conversation,
                                      {{"conversation", conversation}, {"kind", kind}})) > 0;
}

long long Outbox::latest_version(std::string_view recipient, std::string_view subject) {
    return only_number(
        session_.query(find_version, {{"recipient", recipient}, {"subject", subject}}));
}

long long Outbox::count(OutboxState state) {
    return only_number(session_.query(count_state, {{"state", spelling(state)}}));
}

OutboxLine Outbox::line(std::string_view recipient) {
    Rows rows = session_.query(find_line, {{"recipient", recipient}});
    if (!rows.next()) return {};
    return {rows.number(0), rows.text(1), rows.text(2), rows.text(3)};
}

void Outbox::set_line(std::string_view recipient, const OutboxLine& line) {
    session_.execute(put_line, {{"recipient", recipient},
                                {"failures", line.failures},
                                {"open_until", line.open_until},
                                {"code", line.last_code},
                                {"success", line.last_success_at}});
}

}  // namespace recall::store
