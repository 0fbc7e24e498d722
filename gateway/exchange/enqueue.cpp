#include "gateway/exchange/enqueue.h"

#include "gateway/base/uuid.h"
#include "gateway/crypto/digest.h"
#include "gateway/exchange/seal.h"
#include "gateway/store/outbox.h"

namespace recall::exchange {

std::string enqueue(store::Session& session, const Identity& identity,
                    const model::Partner& partner, model::Message draft, Instant now) {
    store::Outbox outbox(session);
    draft.id = make_uuid(now);
    draft.sender = identity.party;
    draft.recipient = partner.id;
    draft.created = to_text(now);
    draft.expires = to_text(now + message_life);
    draft.sequence = outbox.next_sequence(partner.id);
    const Format format = format_of_word(partner.format).value_or(Format::xml);
    const Sealed sealed = seal(draft, format, identity);
    store::OutboxMessage message;
    message.recipient = partner.id;
    message.sequence = draft.sequence;
    message.message_id = draft.id;
    message.kind = draft.kind;
    message.subject = draft.subject.id;
    message.subject_version = draft.subject.version;
    message.conversation = draft.conversation;
    message.format = spelling(format);
    message.content = sealed.bytes;
    message.sha256 = crypto::sha256_hex(sealed.bytes);
    message.canonical_sha256 = crypto::sha256_hex(sealed.canonical);
    outbox.add(message, now);
    return draft.id;
}

}  // namespace recall::exchange
