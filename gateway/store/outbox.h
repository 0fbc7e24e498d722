#pragma once
// What goes to partners: signed messages in one sequence per recipient, kept with their receipts,
// and how each line is doing. A message is added in the transaction of the decision behind it.
// Writes need a WriteTransaction. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

// delivered: a receipt accepted it. refused: a receipt refused it. dead: too many attempts. The
// last two wait for an operator and let the messages behind them pass.
enum class OutboxState { pending, delivered, refused, dead };
std::string_view spelling(OutboxState state);
std::optional<OutboxState> outbox_state(std::string_view word);

struct OutboxMessage {
    std::string recipient;
    long long sequence = 0;
    std::string message_id;
    std::string kind;
    std::string subject;
    long long subject_version = 0;
    std::string conversation;
    std::string format;
    std::string content;  // the signed bytes; lists leave them out
    std::string sha256;
    std::string canonical_sha256;

    // Set by the store.
    OutboxState state = OutboxState::pending;
    long long attempts = 0;
    std::string next_attempt_at;
    std::string last_code;
    std::string last_reason;
    std::string receipt;  // the receipt's bytes; lists leave them out
    std::string created_at;
    std::string settled_at;
};

// What became of an attempt.
struct OutboxOutcome {
    OutboxState state = OutboxState::pending;
    std::string code;
    std::string reason;
    std::string receipt;
    Instant next_attempt;  // of a pending one
};

struct OutboxLine {
    long long failures = 0;  // in a row
    std::string open_until;  // nothing is sent before
    std::string last_code;
    std::string last_success_at;
};

class Outbox {
  public:
    explicit Outbox(Session& session) : session_(session) {}

    // From 1, without a gap, because the transaction that takes a number also adds its message.
    long long next_sequence(std::string_view recipient);
    void add(const OutboxMessage& message, Instant now);

    // Recipients whose first pending message is due and whose line is closed.
    std::vector<std::string> due_recipients(Instant now, std::size_t rows);
    // The first pending message of a recipient, with its content.
    std::optional<OutboxMessage> head(std::string_view recipient);
    // Ends one attempt; nothing happens, and false comes back, when the message is not pending.
    bool settle(const OutboxMessage& message, const OutboxOutcome& outcome, Instant now);
    // A refused or dead message is pending again, with the same bytes. not_found; conflict.
    Result<void> retry(std::string_view message_id, Instant now);

    std::optional<OutboxMessage> find(std::string_view message_id);
    // In order of recipient and sequence; no state and an empty recipient do not filter.
    Result<Page<OutboxMessage>> list(std::optional<OutboxState> state, std::string_view recipient,
                                     std::string_view cursor, std::size_t rows);
    // Whether this kind of message of a conversation was put here.
    bool has(std::string_view kind, std::string_view conversation);
    // The highest version of a subject put here for the recipient; 0 when none.
    long long latest_version(std::string_view recipient, std::string_view subject);
    long long count(OutboxState state);

    OutboxLine line(std::string_view recipient);
    void set_line(std::string_view recipient, const OutboxLine& line);

  private:
    Session& session_;
};

}  // namespace recall::store
