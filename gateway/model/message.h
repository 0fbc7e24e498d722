#pragma once
// The message of the exchange: an envelope and one payload. Plain values; absent is absent. Its
// XML and JSON faces have the same names and order; message_fields.h lists them once. What the
// fields mean is docs/protocol.md §1.

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/model/notice.h"

namespace recall::model {

inline constexpr std::string_view message_schema = "1.0";

namespace message_kind {
inline constexpr std::string_view notice = "notice";
inline constexpr std::string_view takedown_order = "takedown_order";
inline constexpr std::string_view takedown_report = "takedown_report";
inline constexpr std::string_view information_request = "information_request";
inline constexpr std::string_view information_reply = "information_reply";
inline constexpr std::string_view sighting = "sighting";
inline constexpr std::string_view proposal = "proposal";
inline constexpr std::string_view receipt = "receipt";
inline constexpr std::string_view test = "test";
}  // namespace message_kind

// The order is that of the schema's enumeration.
inline constexpr std::array<std::string_view, 9> message_kinds = {message_kind::notice,
                                                                  message_kind::takedown_order,
                                                                  message_kind::takedown_report,
                                                                  message_kind::information_request,
                                                                  message_kind::information_reply,
                                                                  message_kind::sighting,
                                                                  message_kind::proposal,
                                                                  message_kind::receipt,
                                                                  message_kind::test};

// What the message is about: a notice, an order.
struct Subject {
    std::string id;
    long long version = 0;
    bool operator==(const Subject&) const = default;
    bool empty() const { return id.empty(); }
};

// Something that was sent before, named by content.
struct MessageReference {
    std::string id;
    long long version = 0;
    std::string sha256;
    bool operator==(const MessageReference&) const = default;
};

// Asks a platform to take one offer down.
struct TakedownOrder {
    std::string order;  // the case's id; the conversation's id too
    std::string platform;
    std::string listing;
    std::string url;
    std::string title;
    std::string notice;         // id of the notice
    std::string notice_number;  // what people quote
    std::string product;
    std::string reason;
    std::vector<std::string> evidence;
    std::string deadline;  // RFC 3339
    std::string legal_basis;
    bool operator==(const TakedownOrder&) const = default;
};

// The platform's answer.
struct TakedownReport {
    std::string order;
    std::string outcome;  // removed, refused, not_found, partly
    std::string done_at;  // RFC 3339
    std::string note;
    bool operator==(const TakedownReport&) const = default;
};

// Free text of a request, a reply, a proposal or a test.
struct Remark {
    std::string text;
    std::string url;
    bool operator==(const Remark&) const = default;
};

// A recalled product that a recipient of the notice saw on offer.
struct Sighting {
    std::string platform;
    std::string url;
    std::string title;
    std::string seen_at;  // RFC 3339
    std::string note;
    bool operator==(const Sighting&) const = default;
};

// What became of a message. `code` and `reason` stand there when it was refused.
struct Receipt {
    std::string received_sha256;   // of the bytes as they came
    std::string canonical_sha256;  // of the bytes that were signed; absent when none were accepted
    std::string verdict;           // accepted, refused
    std::string code;
    std::string reason;
    long long log_position = 0;
    bool operator==(const Receipt&) const = default;
};

inline constexpr std::string_view verdict_accepted = "accepted";
inline constexpr std::string_view verdict_refused = "refused";

using Payload = std::variant<Notice, TakedownOrder, TakedownReport, Remark, Sighting, Receipt>;

struct Message {
    std::string id;  // UUID version 7
    std::string kind;
    std::string action;  // new, update, correct, withdraw, supersede
    Subject subject;
    std::vector<MessageReference> references;
    std::string sender;
    std::string recipient;
    std::string sensitivity;
    std::string created;     // RFC 3339, UTC
    std::string expires;     // RFC 3339, UTC
    long long sequence = 0;  // per sender and recipient, from 1 without gap; receipts have none
    std::string conversation;
    std::string in_reply_to;
    Payload payload;
    bool operator==(const Message&) const = default;
};

}  // namespace recall::model
