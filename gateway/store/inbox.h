#pragma once
// What came from partners: accepted messages under (sender, message id) with the receipts that were
// answered, and the latest refused ones of each partner. Writes need a WriteTransaction. One
// session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

struct InboxMessage {
    long long position = 0;  // in the order of all that was received
    std::string sender;
    std::string message_id;
    long long sequence = 0;
    std::string kind;
    std::string action;
    std::string subject;
    long long subject_version = 0;
    std::string conversation;
    std::string in_reply_to;
    std::string format;
    std::string content;  // the bytes as they came; lists leave them out
    std::string sha256;
    std::string canonical_sha256;
    std::string receipt;  // lists leave it out
    std::string received_at;
};

struct InboxRefusal {
    long long position = 0;
    std::string partner;
    std::string message_id;
    std::string code;
    std::string reason;
    std::string content;  // the beginning of it, lists leave it out
    std::string sha256;   // of the whole
    std::string receipt;  // lists leave it out
    std::string received_at;
};

// Numbers of a sequence that did not come, both inclusive.
struct SequenceGap {
    long long first = 0;
    long long last = 0;
    bool operator==(const SequenceGap&) const = default;
};

inline constexpr long long refusals_kept_per_partner = 1000;
inline constexpr std::size_t refusal_bytes_kept = 64U << 10U;

class Inbox {
  public:
    explicit Inbox(Session& session) : session_(session) {}

    // The place of what is being received. Holds back others who receive until the commit, so what
    // is looked up afterwards stays true.
    long long next_position() { return session_.next_change("exchange_log"); }

    std::optional<InboxMessage> find(std::string_view sender, std::string_view message_id);
    // The id of the message that took this number.
    std::optional<std::string> at_sequence(std::string_view sender, long long sequence);
    // The highest version of a subject that came from the sender; 0 when none.
    long long latest_version(std::string_view sender, std::string_view subject);
    // The first message of a kind in a conversation.
    std::optional<InboxMessage> in_conversation(std::string_view kind,
                                                std::string_view conversation);
    void add(const InboxMessage& message, Instant now);
    // Forgets the partner's oldest refusal when there are too many.
    void add_refusal(const InboxRefusal& refusal, Instant now);

    // Oldest first; an empty sender and kind do not filter.
    Result<Page<InboxMessage>> list(std::string_view sender, std::string_view kind,
                                    std::string_view cursor, std::size_t rows);
    // Latest first.
    std::vector<InboxRefusal> refusals(std::string_view partner, std::size_t rows);
    long long refusal_count(std::string_view partner);
    std::vector<SequenceGap> gaps(std::string_view sender, std::size_t rows);

  private:
    Session& session_;
};

}  // namespace recall::store
