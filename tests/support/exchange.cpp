#include "tests/support/exchange.h"

#include <boost/test/unit_test.hpp>

#include "gateway/base/uuid.h"
#include "gateway/crypto/digest.h"
#include "gateway/exchange/partners.h"
#include "tests/support/pki.h"

namespace recall::test {

const xml::Schema& exchange_schema() {
    static const xml::Schema schema =
        xml::load_schema(RECALLGW_SOURCE_DIR "/gateway/xml/schemas/exchange-1.xsd");
    return schema;
}

exchange::Identity make_party(const std::string& id, crypto::KeyKind kind) {
    auto key = crypto::PrivateKey::generate(kind);
    auto certificate = crypto::make_self_signed(
        certificate_request(id, crypto::CertificateRequest::Use::signing), key);
    return {id, std::move(key), std::move(certificate)};
}

std::string connection_of(const std::string& party) { return crypto::sha256_hex(party); }

model::Partner partner_of(const exchange::Identity& party, const std::string& format) {
    model::Partner partner;
    partner.id = party.party;
    partner.name = "Party " + party.party;
    partner.endpoint = "https://127.0.0.1/exchange/v1/messages";
    partner.format = format;
    model::PartnerKey key;
    key.certificate = party.certificate.to_pem();
    partner.keys = {key};
    partner.connections = {{connection_of(party.party), {}, {}}};
    for (const std::string_view kind : model::message_kinds) {
        if (kind != model::message_kind::receipt) partner.kinds.emplace_back(kind);
    }
    Result<model::Partner> read = exchange::read_partner(exchange::write_partner(partner));
    BOOST_REQUIRE_MESSAGE(read.ok(), (read ? "" : read.error().line()));
    return *std::move(read);
}

model::Notice sample_notice(const std::string& id, const std::string& title) {
    model::Notice notice;
    notice.id = id;
    notice.source = id.substr(0, id.find(':'));
    notice.number = "R-1";
    notice.kind = "recall";
    notice.status = "active";
    notice.jurisdiction = "US";
    notice.title = {{"en", title, {}}};
    model::Product product;
    product.name = {{"en", "Glimmer night lamp", {}}};
    product.brands = {"Glimmer"};
    product.origin_countries = {"CN"};
    notice.products = {product};
    notice.hazards = {{"fire", {}}};
    notice.sensitivity = "clear";
    return notice;
}

model::Message sample_message(const exchange::Identity& sender, const std::string& recipient,
                              long long sequence, Instant now) {
    model::Message message;
    message.id = make_uuid(now);
    message.kind = model::message_kind::notice;
    message.action = "new";
    message.sender = sender.party;
    message.recipient = recipient;
    message.created = to_text(now);
    message.sequence = sequence;
    const std::string id = "xx-test:" + std::to_string(sequence);
    message.subject = {id, 1};
    message.payload = sample_notice(id, "Lamp catches fire");
    return message;
}

void register_partner(store::Database& database, const model::Partner& partner) {
    store::in_write_transaction(database, [&](store::Session& session) {
        const auto put = exchange::put_partner(session, partner, "test", SystemClock().now());
        BOOST_REQUIRE_MESSAGE(put.ok(), (put ? "" : put.error().line()));
    });
}

Result<exchange::LineReply> DirectLine::post(const model::Partner&, std::string_view media_type,
                                             std::string_view body, Instant) {
    const Fault fault = fault_(++posts_);
    if (receiver_ == nullptr || fault == Fault::nothing_arrives) {
        return Error{ErrorCode::unreachable, "the line is down"};
    }
    if (fault == Fault::not_a_receipt)
        return exchange::LineReply{502, "text/html", "<html></html>"};
    Result<exchange::Answer> answer =
        receiver_->receive({own_connection_, std::string(media_type), std::string(body)});
    if (!answer) {
        return exchange::LineReply{facts(answer.error().code).http_status,
                                   "application/problem+json", "{}"};
    }
    if (fault == Fault::reply_is_lost) return Error{ErrorCode::truncated, "the reply was lost"};
    if (fault == Fault::reply_is_altered) {
        const std::size_t at = answer->body.find("accepted");
        if (at != std::string::npos) answer->body.replace(at, 8, "refused!");
        if (at == std::string::npos) answer->body[answer->body.size() / 2] ^= 1;
    }
    return exchange::LineReply{answer->status, answer->media_type, answer->body};
}

}  // namespace recall::test
