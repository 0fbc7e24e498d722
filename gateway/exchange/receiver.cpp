#include "gateway/exchange/receiver.h"

#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/base/uuid.h"
#include "gateway/crypto/digest.h"
#include "gateway/exchange/rules.h"
#include "gateway/store/inbox.h"

namespace recall::exchange {

struct Receiver::Arrival {
    const Incoming& incoming;
    const model::Partner& partner;
    Format format;
    Instant now;
    std::string sha256;
};

namespace {

Answer answer_with(const std::string& receipt, std::string_view format_word, int status) {
    return {status, std::string(media_type(format_of_word(format_word).value_or(Format::xml))),
            receipt};
}

// the same id with the same content is the same message, whenever it comes.
Result<Answer> answer_again(const store::InboxMessage& stored, std::string_view canonical_sha256) {
    if (stored.canonical_sha256 != canonical_sha256) {
        return {ErrorCode::replay_conflict,
                "message " + stored.message_id + " came before with other content"};
    }
    return answer_with(stored.receipt, stored.format, 200);
}

}  // namespace

Receiver::Receiver(store::Database& database, const Clock& clock, const Identity& identity,
                   const xml::Schema& schema, Effects effects)
    : database_(database),
      clock_(clock),
      identity_(identity),
      schema_(schema),
      effects_(std::move(effects)) {}

Result<Answer> Receiver::receive(const Incoming& incoming) {
    const Instant now = clock_.now();
    std::optional<model::Partner> partner;
    {
        const store::SessionLease session = database_.lease();
        partner = partner_of_connection(*session, incoming.certificate_sha256, now);
    }
    if (!partner) {
        return Error{ErrorCode::unauthorised,
                     "no partner is registered with this connection's certificate"};
    }
    if (const auto allowed = take_allowance(*partner, now); !allowed) return allowed.error();
    const auto format = format_of_media_type(incoming.media_type);
    if (!format) {
        return Error{ErrorCode::media_type,
                     "a message is application/xml or application/jose+json"};
    }
    const Arrival arrival{incoming, *partner, *format, now, crypto::sha256_hex(incoming.body)};
    const crypto::Trust trust = trust_in(*partner, crypto::purpose_notices);
    const auto own_limit = static_cast<std::size_t>(partner->message_bytes_max);
    const Result<Opened> opened = open(
        incoming.body, *format,
        {.trust = trust,
         .schema = schema_,
         .now = now,
         .bytes_max = own_limit == 0 ? message_bytes_max : std::min(own_limit, message_bytes_max)});
    if (!opened) return refuse(arrival, nullptr, opened.error());
    const Result<void> fits = check_parties(opened->message, *partner, identity_.party);
    if (!fits) return refuse(arrival, &*opened, fits.error());
    Result<Answer> answer = accept(arrival, *opened);
    if (!answer) return refuse(arrival, &*opened, answer.error());
    return answer;
}

Result<void> Receiver::take_allowance(const model::Partner& partner, Instant now) {
    const long long own = partner.messages_per_minute_max;
    const long long most = own == 0 ? messages_per_minute_max : own;
    const auto minute = std::chrono::floor<std::chrono::minutes>(now);
    const std::scoped_lock lock(mutex_);
    Allowance& allowance = allowances_[partner.id];
    if (allowance.minute != Instant(minute)) allowance = {minute, 0};
    if (allowance.taken >= most) {
        return {ErrorCode::rate_limited,
                "more than " + std::to_string(most) + " messages in a minute"};
    }
    ++allowance.taken;
    return {};
}

Result<Answer> Receiver::accept(const Arrival& arrival, const Opened& opened) {
    return store::in_write_transaction(
        database_, [&](store::Session& session) { return apply(session, arrival, opened); });
}

Result<Answer> Receiver::apply(store::Session& session, const Arrival& arrival,
                               const Opened& opened) {
    const model::Message& message = opened.message;
    const std::string canonical_sha256 = crypto::sha256_hex(opened.canonical);
    store::Inbox inbox(session);
    const long long position = inbox.next_position();
    if (const auto before = inbox.find(message.sender, message.id)) {
        return answer_again(*before, canonical_sha256);
    }
    if (const auto timely = check_time(message, arrival.now); !timely) return timely.error();
    if (const auto whole = check_content(message); !whole) return whole.error();
    if (const auto other = inbox.at_sequence(message.sender, message.sequence)) {
        return Error{ErrorCode::sequence_taken, "number " + std::to_string(message.sequence) +
                                                    " was that of message " + *other};
    }
    // A late message about a subject of which we have a later version changes nothing any more.
    const bool is_late =
        message.subject.version > 0 &&
        inbox.latest_version(message.sender, message.subject.id) > message.subject.version;
    const auto effect = effects_.find(message.kind);
    if (effect != effects_.end() && !is_late) {
        const Received received{.message = message,
                                .partner = arrival.partner,
                                .bytes = arrival.incoming.body,
                                .media_type = media_type(arrival.format),
                                .position = position,
                                .now = arrival.now};
        if (const auto done = effect->second(session, received); !done) return done.error();
    }
    model::Receipt content;
    content.canonical_sha256 = canonical_sha256;
    content.verdict = model::verdict_accepted;
    content.log_position = position;
    const std::string signed_receipt = receipt(arrival, &message, std::move(content));
    inbox.add({.position = position,
               .sender = message.sender,
               .message_id = message.id,
               .sequence = message.sequence,
               .kind = message.kind,
               .action = message.action,
               .subject = message.subject.id,
               .subject_version = message.subject.version,
               .conversation = message.conversation,
               .in_reply_to = message.in_reply_to,
               .format = std::string(spelling(arrival.format)),
               .content = arrival.incoming.body,
               .sha256 = arrival.sha256,
               .canonical_sha256 = canonical_sha256,
               .receipt = signed_receipt,
               .received_at = {}},
              arrival.now);
    return answer_with(signed_receipt, spelling(arrival.format), 200);
}

Answer Receiver::refuse(const Arrival& arrival, const Opened* opened, const Error& error) {
    log(error, "exchange", {{"partner", arrival.partner.id}});
    const model::Message* message = opened == nullptr ? nullptr : &opened->message;
    model::Receipt content;
    if (opened != nullptr) content.canonical_sha256 = crypto::sha256_hex(opened->canonical);
    content.verdict = model::verdict_refused;
    content.code = spelling(error.code);
    content.reason = error.text;
    const std::string signed_receipt = receipt(arrival, message, std::move(content));
    store::in_write_transaction(database_, [&](store::Session& session) {
        store::Inbox inbox(session);
        inbox.add_refusal({.position = inbox.next_position(),
                           .partner = arrival.partner.id,
                           .message_id = message == nullptr ? std::string() : message->id,
                           .code = std::string(spelling(error.code)),
                           .reason = error.text,
                           .content = arrival.incoming.body,
                           .sha256 = arrival.sha256,
                           .receipt = signed_receipt,
                           .received_at = {}},
                          arrival.now);
    });
    return answer_with(signed_receipt, spelling(arrival.format), facts(error.code).http_status);
}

std::string Receiver::receipt(const Arrival& arrival, const model::Message* message,
                              model::Receipt content) const {
    content.received_sha256 = arrival.sha256;
    model::Message receipt;
    receipt.id = make_uuid(arrival.now);
    receipt.kind = model::message_kind::receipt;
    receipt.action = "new";
    receipt.sender = identity_.party;
    receipt.recipient = arrival.partner.id;
    receipt.created = to_text(arrival.now);
    if (message != nullptr) {
        receipt.conversation = message->conversation;
        receipt.in_reply_to = message->id;
    }
    receipt.payload = std::move(content);
    return seal(receipt, arrival.format, identity_).bytes;
}

}  // namespace recall::exchange
