#pragma once
// Partners as the registry has them: read from XML (urn:recallgw:partner:1), checked, stored, found
// by id, by the certificate of a connection or by platform, and whom of theirs we believe.
// Functions with a Session are for its thread; the others are pure.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/crypto/trust.h"
#include "gateway/model/partner.h"
#include "gateway/store/session.h"

namespace recall::exchange {

inline constexpr std::string_view partner_namespace = "urn:recallgw:partner:1";

// Checked whole: a name that is not known, a key that cannot be used or a time that is none is
// refused, naming the place. A key without id or algorithm gets its thumbprint and its kind's.
// Fails with bad_xml, schema or bad_value.
Result<model::Partner> read_partner(std::string_view xml);
std::string write_partner(const model::Partner& partner);

// conflict when a certificate or platform is another partner's. Needs a WriteTransaction.
Result<void> put_partner(store::Session& session, const model::Partner& partner,
                         std::string_view by, Instant now);

// Throw Failure(database) when what is stored cannot be read.
std::optional<model::Partner> find_partner(store::Session& session, std::string_view id);
std::optional<model::Partner> partner_of_platform(store::Session& session,
                                                  std::string_view platform);
// The partner whose connection shows this certificate now.
std::optional<model::Partner> partner_of_connection(store::Session& session,
                                                    std::string_view certificate_sha256,
                                                    Instant now);
std::vector<model::Partner> all_partners(store::Session& session);

// The partner's keys for a purpose of crypto/trust.h, with their times.
crypto::Trust trust_in(const model::Partner& partner, std::string_view purpose);

// Fingerprints of the certificates that the partner's connections may show now.
std::vector<std::string> pinned_now(const model::Partner& partner, Instant now);

// clear, green, amber, red: 0 to 3; absent is clear; anything else is above them all.
int sensitivity_rank(std::string_view word);

}  // namespace recall::exchange
