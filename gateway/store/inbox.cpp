#include "gateway/store/inbox.h"

#include <algorithm>

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::string_view list_letters = "nttntttntttttt";
constexpr std::string_view whole_letters = "nttntttnttttttbb";

#define INBOX_LIST_COLUMNS                                                             \
    "position, sender, message_id, sequence, kind, action, subject, subject_version, " \
    "conversation, in_reply_to, format, sha256, canonical_sha256, received_at"

constexpr Sql find_message{"inbox.find",
                           "select " INBOX_LIST_COLUMNS
                           ", content, receipt from inbox "
                           "where sender = :sender and message_id = :id",
                           whole_letters};
constexpr Sql find_sequence{
    "inbox.at_sequence",
    "select message_id from inbox where sender = :sender and sequence = :sequence", "t"};
constexpr Sql find_version{"inbox.latest_version",
                           "select coalesce(max(subject_version), 0) from inbox "
                           "where sender = :sender and subject = :subject",
                           "n"};
constexpr Sql find_in_conversation{
    "inbox.in_conversation",
    "select " INBOX_LIST_COLUMNS
    ", content, receipt from inbox "
    "where conversation = :conversation and kind = :kind order by position limit 1",
    whole_letters};
constexpr Sql insert_message{
    "inbox.add",
    "insert into inbox (position, sender, message_id, sequence, kind, action, subject, "
    "subject_version, conversation, in_reply_to, format, content, sha256, canonical_sha256, "
    "receipt, received_at) values (:position, :sender, :id, :sequence, :kind, :action, :subject, "
    ":version, :conversation, :in_reply_to, :format, :content, :sha256, :canonical, :receipt, "
    ":now)"};
constexpr Sql insert_refusal{
    "inbox_refusal.add",
    "insert into inbox_refusal (position, partner, message_id, code, reason, content, sha256, "
    "receipt, received_at) values (:position, :partner, :id, :code, :reason, :content, :sha256, "
    ":receipt, :now)"};
constexpr Sql forget_refusals{
    "inbox_refusal.forget",
    "delete from inbox_refusal where partner = :partner and position <= (select position from "
    "inbox_refusal where partner = :partner order by position desc limit 1 offset :kept)"};
constexpr Sql list_messages{
    "inbox.list",
    "select " INBOX_LIST_COLUMNS
    " from inbox where position > :after "
    "and (:sender = '' or sender = :sender) and (:kind = '' or kind = :kind) "
    "order by position limit :rows",
    list_letters};
constexpr Sql list_refusals{
    "inbox_refusal.list",
    "select position, partner, message_id, code, reason, sha256, received_at from inbox_refusal "
    "where (:partner = '' or partner = :partner) order by position desc limit :rows",
    "ntttttt"};
constexpr Sql count_refusals{"inbox_refusal.count",
                             "select count(*) from inbox_refusal where partner = :partner", "n"};
constexpr Sql find_gaps{
    "inbox.gaps",
    "select previous + 1, sequence - 1 from (select sequence, lag(sequence, 1, cast(0 as bigint)) "
    "over (order by sequence) as previous from inbox where sender = :sender) numbered "
    "where sequence > previous + 1 order by sequence limit :rows",
    "nn"};

#undef INBOX_LIST_COLUMNS

InboxMessage listed(const Rows& row) {
    InboxMessage message;
    message.position = row.number(0);
    message.sender = row.text(1);
    message.message_id = row.text(2);
    message.sequence = row.number(3);
    message.kind = row.text(4);
    message.action = row.text(5);
    message.subject = row.text(6);
    message.subject_version = row.number(7);
    message.conversation = row.text(8);
    message.in_reply_to = row.text(9);
    message.format = row.text(10);
    message.sha256 = row.text(11);
    message.canonical_sha256 = row.text(12);
    message.received_at = row.text(13);
    return message;
}

std::optional<InboxMessage> whole(Rows rows) {
    if (!rows.next()) return std::nullopt;
    InboxMessage message = listed(rows);
    message.content = rows.bytes(14);
    message.receipt = rows.bytes(15);
    return message;
}

long long only_number(Rows rows) {
    RECALL_CHECK(rows.next(), "an aggregate has a row");
    return rows.number(0);
}

long long bounded(std::size_t rows) {
    return static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
}

}  // namespace

std::optional<InboxMessage> Inbox::find(std::string_view sender, std::string_view message_id) {
    return whole(session_.query(find_message, {{"sender", sender}, {"id", message_id}}));
}

std::optional<std::string> Inbox::at_sequence(std::string_view sender, long long sequence) {
    Rows rows = session_.query(find_sequence, {{"sender", sender}, {"sequence", sequence}});
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

long long Inbox::latest_version(std::string_view sender, std::string_view subject) {
    return only_number(session_.query(find_version, {{"sender", sender}, {"subject", subject}}));
}

std::optional<InboxMessage> Inbox::in_conversation(std::string_view kind,
                                                   std::string_view conversation) {
    return whole(
        session_.query(find_in_conversation, {{"conversation", conversation}, {"kind", kind}}));
}

void Inbox::add(const InboxMessage& message, Instant now) {
    session_.execute(insert_message, {{"position", message.position},
                                      {"sender", message.sender},
                                      {"id", message.message_id},
                                      {"sequence", message.sequence},
                                      {"kind", message.kind},
                                      {"action", message.action},
                                      {"subject", message.subject},
                                      {"version", message.subject_version},
                                      {"conversation", message.conversation},
                                      {"in_reply_to", message.in_reply_to},
                                      {"format", message.format},
                                      {"content", Parameter::Bytes{message.content}},
                                      {"sha256", message.sha256},
                                      {"canonical", message.canonical_sha256},
                                      {"receipt", Parameter::Bytes{message.receipt}},
                                      {"now", instant_text(now)}});
}

void Inbox::add_refusal(const InboxRefusal& refusal, Instant now) {
    const std::string_view kept = std::string_view(refusal.content).substr(0, refusal_bytes_kept);
    session_.execute(insert_refusal, {{"position", refusal.position},
                                      {"partner", refusal.partner},
                                      {"id", shown_text(refusal.message_id)},
                                      {"code", refusal.code},
                                      {"reason", shown_text(refusal.reason)},
                                      {"content", Parameter::Bytes{kept}},
                                      {"sha256", refusal.sha256},
                                      {"receipt", Parameter::Bytes{refusal.receipt}},
                                      {"now", instant_text(now)}});
    session_.execute(forget_refusals,
                     {{"partner", refusal.partner}, {"kept", refusals_kept_per_partner}});
}

Result<Page<InboxMessage>> Inbox::list(std::string_view sender, std::string_view kind,
                                       std::string_view cursor, std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<InboxMessage> page;
    Rows found = session_.query(list_messages, {{"after", *position ? (*position)->number : 0},
                                                {"sender", sender},
                                                {"kind", kind},
                                                {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({"", page.rows.back().position});
            break;
        }
        page.rows.push_back(listed(found));
    }
    return page;
}

std::vector<InboxRefusal> Inbox::refusals(std::string_view partner, std::size_t rows) {
    std::vector<InboxRefusal> found;
    Rows list = session_.query(list_refusals, {{"partner", partner}, {"rows", bounded(rows)}});
    while (list.next()) {
        found.push_back({.position = list.number(0),
                         .partner = list.text(1),
                         .message_id = list.text(2),
                         .code = list.text(3),
                         .reason = list.text(4),
                         .content = {},
                         .sha256 = list.text(5),
                         .receipt = {},
                         .received_at = list.text(6)});
    }
    return found;
}

long long Inbox::refusal_count(std::string_view partner) {
    return only_number(session_.query(count_refusals, {{"partner", partner}}));
}

std::vector<SequenceGap> Inbox::gaps(std::string_view sender, std::size_t rows) {
    std::vector<SequenceGap> found;
    Rows list = session_.query(find_gaps, {{"sender", sender}, {"rows", bounded(rows)}});
    while (list.next())
        found.push_back({list.number(0), list.number(1)});
    return found;
}

}  // namespace recall::store
