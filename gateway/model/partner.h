#pragma once
// A partner of the exchange as the registry knows it: an agency or a platform, its keys, its place
// and what may pass between us. Plain values, read from one XML document per partner
// (config/partners/example.xml); the field lists below name the members once.

#include <string>
#include <type_traits>
#include <vector>

#include "gateway/model/notice_fields.h"

namespace recall::model {

// A key that signs the partner's messages. Empty `from`/`until`: no bound on that side.
struct PartnerKey {
    std::string id;                     // the key id in signatures
    std::string algorithm;              // ES256, EdDSA, …: no other is accepted under this key
    std::string certificate;            // PEM
    std::string from;                   // RFC 3339
    std::string until;                  // RFC 3339
    std::vector<std::string> purposes;  // of crypto/trust.h; none means all
    bool operator==(const PartnerKey&) const = default;
};

// A certificate that the partner's connections show, in either direction.
struct PartnerConnection {
    std::string sha256;  // of the certificate's DER, lower-case hex
    std::string from;
    std::string until;
    bool operator==(const PartnerConnection&) const = default;
};

// A notice that fits every list (an empty list fits all) and is not above the ceiling goes there.
struct DistributionRule {
    std::vector<std::string> jurisdictions;
    std::vector<std::string> hazards;
    std::vector<std::string> origin_countries;
    std::string sensitivity = "clear";  // the ceiling
    bool operator==(const DistributionRule&) const = default;
};

struct Partner {
    std::string id;
    std::string name;
    std::string endpoint;  // https URL that takes messages
    std::string format;    // xml, json: what we send there
    std::vector<PartnerKey> keys;
    std::vector<PartnerConnection> connections;
    std::vector<std::string> kinds;      // that the partner may send us
    std::vector<std::string> platforms;  // whose takedown orders go there
    std::vector<DistributionRule> distribution;
    long long message_bytes_max = 0;        // 0: the gateway's own limit
    long long messages_per_minute_max = 0;  // 0: the gateway's own limit
    bool operator==(const Partner&) const = default;
};

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, PartnerKey>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.text("algorithm", x.algorithm);
    v.text("certificate", x.certificate);
    v.text("from", x.from);
    v.text("until", x.until);
    v.texts("purposes", x.purposes);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, PartnerConnection>
void fields(V& v, T& x) {
    v.text("sha256", x.sha256);
    v.text("from", x.from);
    v.text("until", x.until);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, DistributionRule>
void fields(V& v, T& x) {
    v.texts("jurisdictions", x.jurisdictions);
    v.texts("hazards", x.hazards);
    v.texts("origin_countries", x.origin_countries);
    v.text("sensitivity", x.sensitivity);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Partner>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.text("name", x.name);
    v.text("endpoint", x.endpoint);
    v.text("format", x.format);
    v.objects("keys", x.keys);
    v.objects("connections", x.connections);
    v.texts("kinds", x.kinds);
    v.texts("platforms", x.platforms);
    v.objects("distribution", x.distribution);
    v.number("message_bytes_max", x.message_bytes_max);
    v.number("messages_per_minute_max", x.messages_per_minute_max);
}

}  // namespace recall::model
