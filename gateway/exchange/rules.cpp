#include "gateway/exchange/rules.h"

#include <algorithm>

namespace recall::exchange {
namespace {

// The id that the payload is about; empty when it names none.
std::string_view payload_subject(const model::Message& message) {
    if (const auto* notice = std::get_if<model::Notice>(&message.payload)) return notice->id;
    if (const auto* order = std::get_if<model::TakedownOrder>(&message.payload)) {
        return order->order;
    }
    if (const auto* report = std::get_if<model::TakedownReport>(&message.payload)) {
        return report->order;
    }
    return {};
}

}  // namespace

Result<void> check_parties(const model::Message& message, const model::Partner& partner,
                           std::string_view own_party) {
    if (message.sender != partner.id) {
        return {ErrorCode::sender_mismatch, "the message names " + message.sender +
                                                " as its sender; key and connection are of " +
                                                partner.id};
    }
    if (message.recipient != own_party) {
        return {ErrorCode::recipient_mismatch,
                "the message is for " + message.recipient + ", not for " + std::string(own_party)};
    }
    if (std::ranges::find(partner.kinds, message.kind) == partner.kinds.end()) {
        return {ErrorCode::kind_not_allowed,
                partner.id + " may not send messages of kind " + message.kind};
    }
    return {};
}

Result<void> check_time(const model::Message& message, Instant now) {
    const Result<Instant> created = parse_instant(message.created);
    if (!created) return {ErrorCode::time_window, "created: " + created.error().text};
    if (*created > now + clock_difference_max) {
        return {ErrorCode::time_window,
                "created at " + message.created + ", which is after " + to_text(now) + " here"};
    }
    if (message.expires.empty()) {
        if (*created >= now - message_age_max) return {};
        return {ErrorCode::time_window,
                "created at " + message.created + ", which is too long ago"};
    }
    const Result<Instant> expires = parse_instant(message.expires);
    if (!expires) return {ErrorCode::time_window, "expires: " + expires.error().text};
    if (*expires <= now) {
        return {ErrorCode::time_window, "expired at " + message.expires};
    }
    return {};
}

Result<void> check_content(const model::Message& message) {
    if (message.sequence <= 0) {
        return {ErrorCode::rule_sequence, "a message has a sequence number"};
    }
    const std::string_view subject = payload_subject(message);
    if (!subject.empty() && subject != message.subject.id) {
        return {ErrorCode::rule_subject, "the subject is " + message.subject.id +
                                             ", the payload is about " + std::string(subject)};
    }
    return {};
}

}  // namespace recall::exchange
