#pragma once
// The partner registry. The definition is the caller's text, so that the store knows no format; the
// certificates and platforms beside it are for look-ups and belong to one partner each. Writes need
// a WriteTransaction. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/session.h"

namespace recall::store {

struct StoredPartner {
    std::string id;
    std::string definition;
    std::string added_by;
    std::string added_at;
};

class Partners {
  public:
    explicit Partners(Session& session) : session_(session) {}

    // Adds the partner or takes the place of the one with that id. conflict, and nothing done, when
    // a certificate or a platform is another partner's.
    Result<void> put(const StoredPartner& partner, const std::vector<std::string>& certificates,
                     const std::vector<std::string>& platforms, Instant now);
    bool remove(std::string_view id);

    std::optional<StoredPartner> get(std::string_view id);
    std::optional<StoredPartner> by_certificate(std::string_view sha256);
    std::optional<StoredPartner> by_platform(std::string_view platform);
    std::vector<StoredPartner> list();

  private:
    void forget_lookups(std::string_view id);

    Session& session_;
};

}  // namespace recall::store
