#pragma once
// Raw payloads exactly as fetched, each stored once under its SHA-256, in compressed chunks so that
// a body of any size passes through a buffer of fixed size. Every chunk carries its own checksum,
// verified when read: a damaged payload throws Failure(database). One session, one thread.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/session.h"

namespace recall::store {

inline constexpr std::size_t raw_chunk_bytes = 1 << 20;

struct RawPayload {
    std::string sha256{};  // lower-case hex of the whole payload, computed by the caller
    std::string media_type{};
    std::string url{};
    Instant fetched_at;
    long long bytes = 0;  // set by the archive
};

enum class PutOutcome { stored, known };

class RawArchive {
  public:
    explicit RawArchive(Session& session) : session_(session) {}

    PutOutcome put(const RawPayload& payload, std::string_view bytes);

    // Fills the buffer from the body and returns how much it put there; 0 at the end.
    using Reader = std::function<std::size_t(std::span<char> buffer)>;
    PutOutcome put(const RawPayload& payload, const Reader& read);

    std::optional<RawPayload> find(std::string_view sha256);

    // The whole payload; not_found, or too_large when it has more than bytes_max.
    Result<std::string> get(std::string_view sha256, long long bytes_max);

    // Hands out the payload piece by piece; not_found.
    using Sink = std::function<void(std::string_view piece)>;
    Result<void> read(std::string_view sha256, const Sink& sink);

  private:
    Session& session_;
};

}  // namespace recall::store
