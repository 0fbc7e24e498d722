// recallgw outbox list | retry, inbox list: what goes to partners and what came from them.

#include <iostream>

#include "gateway/json/writer.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/inbox.h"
#include "gateway/store/outbox.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;

void write_present(json::Writer& out, std::string_view name, const std::string& value) {
    if (!value.empty()) out.member(name, value);
}

std::string line_of(const store::OutboxMessage& message) {
    json::Writer out;
    out.begin_object()
        .member("recipient", message.recipient)
        .member("sequence", message.sequence)
        .member("message", message.message_id)
        .member("kind", message.kind);
    write_present(out, "subject", message.subject);
    out.member("state", spelling(message.state)).member("attempts", message.attempts);
    write_present(out, "code", message.last_code);
    write_present(out, "reason", message.last_reason);
    if (message.state == store::OutboxState::pending) {
        out.member("next_attempt_at", message.next_attempt_at);
    }
    out.member("created_at", message.created_at);
    write_present(out, "settled_at", message.settled_at);
    out.end_object();
    return std::move(out).text();
}

Result<int> list_outbox(const Arguments& arguments) {
    const std::string word = arguments.value("state");
    const auto state = store::outbox_state(word);
    if (!word.empty() && !state) {
        return Error{ErrorCode::usage,
                     "--state must be pending, delivered, refused or dead, not " + word};
    }
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    std::string cursor;
    do {
        const auto page =
            store::Outbox(*session).list(state, arguments.value("to"), cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::OutboxMessage& message : page->rows)
            std::cout << line_of(message) << '\n';
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

Result<int> retry_outbox(const Arguments& arguments) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give the message IDs"};
    const auto database = open_migrated_database(load_settings(arguments));
    int outcome = exit_done;
    for (const std::string& id : arguments.words()) {
        const Result<void> retried =
            store::in_write_transaction(*database, [&](store::Session& session) {
                return store::Outbox(session).retry(id, SystemClock().now());
            });
        if (retried) continue;
        std::cerr << id << ": " << retried.error().text << '\n';
        outcome = exit_not_so;
    }
    return outcome;
}

std::string line_of(const store::InboxMessage& message) {
    json::Writer out;
    out.begin_object()
        .member("position", message.position)
        .member("sender", message.sender)
        .member("sequence", message.sequence)
        .member("message", message.message_id)
        .member("kind", message.kind)
        .member("action", message.action);
    write_present(out, "subject", message.subject);
    write_present(out, "conversation", message.conversation);
    out.member("received_at", message.received_at).end_object();
    return std::move(out).text();
}

std::string line_of(const store::InboxRefusal& refusal) {
    json::Writer out;
    out.begin_object()
        .member("position", refusal.position)
        .member("partner", refusal.partner)
        .member("code", refusal.code)
        .member("reason", refusal.reason);
    write_present(out, "message", refusal.message_id);
    out.member("sha256", refusal.sha256).member("received_at", refusal.received_at).end_object();
    return std::move(out).text();
}

Result<int> list_inbox(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    store::Inbox inbox(*session);
    const std::string from = arguments.value("from");
    if (arguments.has("refused")) {
        for (const store::InboxRefusal& refusal : inbox.refusals(from, store::page_rows_max))
            std::cout << line_of(refusal) << '\n';
        return exit_done;
    }
    std::string cursor;
    do {
        const auto page = inbox.list(from, arguments.value("kind"), cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::InboxMessage& message : page->rows)
            std::cout << line_of(message) << '\n';
        cursor = page->cursor;
    } while (!cursor.empty());
    if (from.empty()) return exit_done;
    for (const store::SequenceGap& gap : inbox.gaps(from, store::page_rows_max))
        std::cerr << "missing from " << from << ": " << gap.first << " to " << gap.last << '\n';
    return exit_done;
}

}  // namespace

const Command& outbox_list_command() {
    static const Command command{
        "outbox list",
        "list the messages to partners",
        "",
        with_settings({{"state", "STATE", "only pending, delivered, refused or dead ones"},
                       {"to", "PARTNER", "only those to this partner"}}),
        "JSON, one message a line, in the order of recipient and sequence.",
        list_outbox};
    return command;
}

const Command& outbox_retry_command() {
    static const Command command{
        "outbox retry",
        "send refused or dead messages again",
        "MESSAGE…",
        with_settings(),
        "The same bytes under the same id; do it when what kept them from arriving is mended.\n"
        "Exit 1 when one is neither refused nor dead.",
        retry_outbox};
    return command;
}

const Command& inbox_list_command() {
    static const Command command{
        "inbox list",
        "list the messages from partners",
        "",
        with_settings({{"from", "PARTNER", "only those of this partner; its gaps go to stderr"},
                       {"kind", "KIND", "only this kind, such as takedown_order"},
                       {"refused", "", "the latest refused ones, with code and reason"}}),
        "JSON, one message a line, in the order of arrival; refused ones latest first.",
        list_inbox};
    return command;
}

}  // namespace recall::ops
