#include "gateway/exchange/partners.h"

#include <algorithm>
#include <array>

#include "gateway/base/failure.h"
#include "gateway/crypto/tls.h"
#include "gateway/exchange/identity.h"
#include "gateway/model/message.h"
#include "gateway/store/partners.h"
#include "gateway/xml/value_reader.h"
#include "gateway/xml/value_writer.h"

namespace recall::exchange {
namespace {

constexpr std::array<std::string_view, 4> sensitivities = {"clear", "green", "amber", "red"};
constexpr std::array<std::string_view, 4> purposes = {
    crypto::purpose_notices, crypto::purpose_receipts, crypto::purpose_checkpoints,
    crypto::purpose_transport};
constexpr std::size_t definition_bytes_max = 1U << 20U;

Error wrong(const std::string& what) { return {ErrorCode::bad_value, what}; }

Result<void> check_times(const std::string& place, const std::string& from,
                         const std::string& until) {
    for (const std::string& text : {from, until}) {
        if (text.empty()) continue;
        if (const auto instant = parse_instant(text); !instant) {
            return wrong(place + ": " + instant.error().text);
        }
    }
    return {};
}

bool holds_now(const std::string& from, const std::string& until, Instant now) {
    const auto begins = from.empty() ? Result<Instant>(now) : parse_instant(from);
    const auto ends =
        until.empty() ? Result<Instant>(now + std::chrono::seconds(1)) : parse_instant(until);
    return begins && ends && *begins <= now && now < *ends;
}

std::string_view algorithm_of(crypto::KeyKind kind) {
    switch (kind) {
        case crypto::KeyKind::p256:
            return "ES256";
        case crypto::KeyKind::p384:
            return "ES384";
        case crypto::KeyKind::ed25519:
            return "EdDSA";
        case crypto::KeyKind::rsa:
            return "PS256";
        case crypto::KeyKind::sm2:
            return "SM2";
    }
    return "";
}

Result<void> complete_key(model::PartnerKey& key, const std::string& place) {
    const auto certificate = crypto::Certificate::from_pem(key.certificate);
    if (!certificate) return wrong(place + ": " + certificate.error().text);
    const crypto::PublicKey& own = certificate->public_key();
    if (key.id.empty()) key.id = own.thumbprint();
    if (key.id != own.thumbprint()) {
        return wrong(place + ": the id is not the key's thumbprint " + own.thumbprint());
    }
    if (key.algorithm.empty()) key.algorithm = algorithm_of(own.kind());
    if (crypto::key_kind(key.algorithm) != own.kind()) {
        return wrong(place + ": the certificate's key does not sign by " + key.algorithm);
    }
    for (const std::string& purpose : key.purposes) {
        if (std::ranges::find(purposes, purpose) == purposes.end()) {
            return wrong(place + ": there is no purpose " + purpose +
                         "; use notices, receipts, checkpoints or transport");
        }
    }
    return check_times(place, key.from, key.until);
}

Result<void> check_connection(model::PartnerConnection& connection, const std::string& place) {
    std::erase(connection.sha256, ':');
    std::ranges::transform(connection.sha256, connection.sha256.begin(), [](char c) {
        return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (connection.sha256.size() != 64 || !std::ranges::all_of(connection.sha256, is_hex)) {
        return wrong(place + ": sha256 is the certificate's fingerprint, 64 hexadecimal digits");
    }
    return check_times(place, connection.from, connection.until);
}

Result<void> check_partner(model::Partner& partner) {
    if (!is_party_id(partner.id)) return wrong("id: " + partner.id + " is no party id");
    if (partner.name.empty()) return wrong("name: a partner has a name");
    if (!partner.endpoint.empty() && !partner.endpoint.starts_with("https://")) {
        return wrong("endpoint: begins with https://");
    }
    if (partner.format.empty()) partner.format = "xml";
    if (partner.format != "xml" && partner.format != "json") {
        return wrong("format: xml or json, not " + partner.format);
    }
    for (std::size_t i = 0; i < partner.keys.size(); ++i) {
        const std::string place = "keys " + std::to_string(i + 1);
        if (auto done = complete_key(partner.keys[i], place); !done) return done;
    }
    for (std::size_t i = 0; i < partner.connections.size(); ++i) {
        const std::string place = "connections " + std::to_string(i + 1);
        if (auto done = check_connection(partner.connections[i], place); !done) return done;
    }
    for (const std::string& kind : partner.kinds) {
        const bool known =
            std::ranges::find(model::message_kinds, kind) != model::message_kinds.end() &&
            kind != model::message_kind::receipt;
        if (!known) return wrong("kinds: no message of kind " + kind + " is sent on its own");
    }
    for (const model::DistributionRule& rule : partner.distribution) {
        if (sensitivity_rank(rule.sensitivity) >= static_cast<int>(sensitivities.size())) {
            return wrong("distribution: sensitivity is clear, green, amber or red");
        }
    }
    return {};
}

std::optional<model::Partner> stored(const std::optional<store::StoredPartner>& row) {
    if (!row) return std::nullopt;
    Result<model::Partner> partner = read_partner(row->definition);
    if (!partner) {
        throw Failure(ErrorCode::database,
                      "partner " + row->id +
                          " is stored in a form that cannot be read: " + partner.error().text);
    }
    return *std::move(partner);
}

}  // namespace

Result<model::Partner> read_partner(std::string_view xml) {
    xml::Limits limits;
    limits.bytes_max = definition_bytes_max;
    const Result<xml::Document> document = xml::parse(xml, limits);
    if (!document) return document.error();
    const xml::Node root = document->root();
    if (root.name() != "partner" || root.namespace_uri() != partner_namespace) {
        return {ErrorCode::schema,
                "the root element is not partner in " + std::string(partner_namespace)};
    }
    Result<model::Partner> partner = xml::read_value<model::Partner>(root, xml::Face::xml);
    if (!partner) return partner;
    if (auto checked = check_partner(*partner); !checked) return checked.error();
    return partner;
}

std::string write_partner(const model::Partner& partner) {
    std::string out = "<partner xmlns=\"" + std::string(partner_namespace) + "\">";
    xml::ValueWriter writer(out);
    fields(writer, partner);
    return out + "</partner>";
}

Result<void> put_partner(store::Session& session, const model::Partner& partner,
                         std::string_view by, Instant now) {
    std::vector<std::string> certificates;
    for (const model::PartnerConnection& connection : partner.connections) {
        certificates.push_back(connection.sha256);
    }
    store::StoredPartner row;
    row.id = partner.id;
    row.definition = write_partner(partner);
    row.added_by = by;
    return store::Partners(session).put(row, certificates, partner.platforms, now);
}

std::optional<model::Partner> find_partner(store::Session& session, std::string_view id) {
    return stored(store::Partners(session).get(id));
}

std::optional<model::Partner> partner_of_platform(store::Session& session,
                                                  std::string_view platform) {
    return stored(store::Partners(session).by_platform(platform));
}

std::optional<model::Partner> partner_of_connection(store::Session& session,
                                                    std::string_view certificate_sha256,
                                                    Instant now) {
    auto partner = stored(store::Partners(session).by_certificate(certificate_sha256));
    if (!partner) return std::nullopt;
    const std::vector<std::string> pinned = pinned_now(*partner, now);
    if (!crypto::is_pinned(certificate_sha256, pinned)) return std::nullopt;
    return partner;
}

std::vector<model::Partner> all_partners(store::Session& session) {
    std::vector<model::Partner> partners;
    for (const store::StoredPartner& row : store::Partners(session).list()) {
        partners.push_back(*stored(row));
    }
    return partners;
}

crypto::Trust trust_in(const model::Partner& partner, std::string_view purpose) {
    crypto::Trust trust;
    for (const model::PartnerKey& key : partner.keys) {
        const auto named = std::ranges::find(key.purposes, purpose);
        if (!key.purposes.empty() && named == key.purposes.end()) continue;
        auto certificate = crypto::Certificate::from_pem(key.certificate);
        if (!certificate) throw Failure(certificate.error());
        crypto::TrustedKey trusted{.key = certificate->public_key(),
                                   .label = partner.id + " " + key.id,
                                   .kid = key.id,
                                   .algorithm = key.algorithm,
                                   .certificate = *certificate,
                                   .valid_from = std::nullopt,
                                   .valid_until = std::nullopt,
                                   .revoked = std::nullopt};
        if (!key.from.empty()) trusted.valid_from = *parse_instant(key.from);
        if (!key.until.empty()) trusted.valid_until = *parse_instant(key.until);
        trust.add(std::move(trusted));
    }
    return trust;
}

std::vector<std::string> pinned_now(const model::Partner& partner, Instant now) {
    std::vector<std::string> pinned;
    for (const model::PartnerConnection& connection : partner.connections) {
        if (holds_now(connection.from, connection.until, now)) pinned.push_back(connection.sha256);
    }
    return pinned;
}

int sensitivity_rank(std::string_view word) {
    if (word.empty()) return 0;
    return static_cast<int>(std::ranges::find(sensitivities, word) - sensitivities.begin());
}

}  // namespace recall::exchange
