#include "gateway/exchange/delivery.h"

#include "gateway/base/log.h"
#include "gateway/exchange/partners.h"
#include "gateway/exchange/seal.h"
#include "gateway/store/leases.h"

namespace recall::exchange {
namespace {

// Longer than one post can take, so that a lease never ends under a message that is on its way.
constexpr std::chrono::minutes lease_length{2};
constexpr std::size_t recipients_per_look = 200;

std::string lease_name(const std::string& recipient) { return "outbox/" + recipient; }

Error bad_receipt(const std::string& why) { return {ErrorCode::bad_receipt, why}; }

// the receipt is for exactly what we sent.
Result<model::Receipt> check_receipt(const model::Message& message,
                                     const store::OutboxMessage& sent, const Identity& identity) {
    const auto* receipt = std::get_if<model::Receipt>(&message.payload);
    if (receipt == nullptr) return bad_receipt("the answer is a " + message.kind);
    if (message.sender != sent.recipient || message.recipient != identity.party) {
        return bad_receipt("the receipt is from " + message.sender + " for " + message.recipient);
    }
    if (receipt->received_sha256 != sent.sha256) {
        return bad_receipt("the receipt is for other bytes than we sent");
    }
    if (receipt->verdict == model::verdict_accepted &&
        (message.in_reply_to != sent.message_id ||
         receipt->canonical_sha256 != sent.canonical_sha256)) {
        return bad_receipt("the receipt is for another message than we sent");
    }
    return *receipt;
}

store::OutboxOutcome refused_outcome(const model::Receipt& receipt) {
    store::OutboxOutcome outcome;
    outcome.state = store::OutboxState::refused;
    outcome.code = receipt.code;
    outcome.reason = receipt.reason;
    return outcome;
}

}  // namespace

Deliverer::Deliverer(DeliveryParts parts, RetryPolicy policy, std::function<double()> share)
    : parts_(std::move(parts)), policy_(policy), share_(std::move(share)) {}

DeliveryCounts Deliverer::deliver_due(const std::stop_token& stop) {
    DeliveryCounts counts;
    std::vector<std::string> recipients;
    {
        const store::SessionLease session = parts_.database.lease();
        recipients =
            store::Outbox(*session).due_recipients(parts_.clock.now(), recipients_per_look);
    }
    for (const std::string& recipient : recipients) {
        if (stop.stop_requested()) break;
        deliver_to(recipient, stop, counts);
    }
    return counts;
}

void Deliverer::deliver_to(const std::string& recipient, const std::stop_token& stop,
                           DeliveryCounts& counts) {
    if (!hold_lease(recipient)) return;
    Instant held_at = parts_.clock.now();
    while (!stop.stop_requested() && deliver_one(recipient, counts) == Step::next_message) {
        const Instant now = parts_.clock.now();
        if (now - held_at < lease_length / 4) continue;
        if (!hold_lease(recipient)) return;
        held_at = now;
    }
    end_lease(recipient);
}

Deliverer::Step Deliverer::deliver_one(const std::string& recipient, DeliveryCounts& counts) {
    std::optional<store::OutboxMessage> message;
    std::optional<model::Partner> partner;
    {
        const store::SessionLease session = parts_.database.lease();
        message = store::Outbox(*session).head(recipient);
        partner = find_partner(*session, recipient);
    }
    if (!message) return Step::leave_line;
    std::string receipt_bytes;
    const Result<model::Receipt> receipt =
        partner
            ? send(*message, *partner, receipt_bytes)
            : Result<model::Receipt>(ErrorCode::not_found, "the partner is no longer registered");
    return settle(*message, receipt, receipt_bytes, counts);
}

Result<model::Receipt> Deliverer::send(const store::OutboxMessage& message,
                                       const model::Partner& partner, std::string& receipt_bytes) {
    if (partner.endpoint.empty()) {
        return Error{ErrorCode::unreachable, "the partner has no endpoint"};
    }
    const auto format = format_of_word(message.format);
    if (!format) return Error{ErrorCode::internal, "the outbox holds a format we do not know"};
    const Instant now = parts_.clock.now();
    Result<LineReply> reply = parts_.line.post(partner, media_type(*format), message.content, now);
    if (!reply) return reply.error();
    // a receipt may come with any status; what is no receipt says nothing about the message.
    const auto reply_format = format_of_media_type(reply->media_type);
    if (!reply_format) {
        return Error{ErrorCode::refused, "the partner answered " + std::to_string(reply->status) +
                                             " without a receipt"};
    }
    const crypto::Trust trust = trust_in(partner, crypto::purpose_receipts);
    const Result<Opened> opened =
        open(reply->body, *reply_format,
             {.trust = trust, .schema = parts_.schema, .now = now, .bytes_max = message_bytes_max});
    if (!opened) return bad_receipt("the receipt is not valid: " + opened.error().line());
    Result<model::Receipt> receipt = check_receipt(opened->message, message, parts_.identity);
    if (receipt) receipt_bytes = std::move(reply->body);
    return receipt;
}

Deliverer::Step Deliverer::settle(const store::OutboxMessage& message,
                                  const Result<model::Receipt>& receipt,
                                  const std::string& receipt_bytes, DeliveryCounts& counts) {
    const Instant now = parts_.clock.now();
    store::OutboxOutcome outcome;
    if (!receipt) {
        outcome = after_attempt(message.attempts, policy_, receipt.error(), share_(), now);
        ++counts.failed;
        log(receipt.error(), "exchange",
            {{"recipient", message.recipient}, {"message", message.message_id}});
    } else if (receipt->verdict == model::verdict_accepted) {
        outcome.state = store::OutboxState::delivered;
        ++counts.delivered;
    } else {
        outcome = refused_outcome(*receipt);
        ++counts.refused;
        log(LogLevel::warning, "exchange", "a partner refused a message",
            {{"recipient", message.recipient},
             {"message", message.message_id},
             {"code", receipt->code}});
    }
    outcome.receipt = receipt_bytes;
    store::in_write_transaction(parts_.database, [&](store::Session& session) {
        store::Outbox outbox(session);
        // Somebody else settled it, if our lease ran out: the first answer stands.
        if (!outbox.settle(message, outcome, now)) return;
        outbox.set_line(message.recipient,
                        receipt ? after_success(now)
                                : after_failure(outbox.line(message.recipient), policy_,
                                                receipt.error().code, share_(), now));
    });
    return receipt ? Step::next_message : Step::leave_line;
}

bool Deliverer::hold_lease(const std::string& recipient) {
    return store::in_write_transaction(parts_.database, [&](store::Session& session) {
        return store::Leases(session).acquire(lease_name(recipient), parts_.node,
                                              parts_.clock.now(), lease_length);
    });
}

void Deliverer::end_lease(const std::string& recipient) {
    store::in_write_transaction(parts_.database, [&](store::Session& session) {
        store::Leases(session).release(lease_name(recipient), parts_.node);
    });
}

}  // namespace recall::exchange
