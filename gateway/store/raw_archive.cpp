#include "gateway/store/raw_archive.h"

#include "gateway/store/column_text.h"
#include "gateway/store/compression.h"

#include <cstring>

namespace recall::store {
namespace {

constexpr Sql insert_payload{
    "raw_payload.insert",
    "insert into raw_payload (sha256, media_type, url, fetched_at, bytes) "
    "values (:sha256, :media_type, :url, :fetched_at, 0) on conflict (sha256) do nothing"};
constexpr Sql set_bytes{"raw_payload.set_bytes",
                        "update raw_payload set bytes = :bytes where sha256 = :sha256"};
constexpr Sql insert_chunk{"raw_chunk.insert",
                           "insert into raw_chunk (sha256, position, bytes, content) "
                           "values (:sha256, :position, :bytes, cast(:content as blob))"};
constexpr Sql find_payload{
    "raw_payload.find",
    "select media_type, url, fetched_at, bytes from raw_payload where sha256 = :sha256", "tttn"};
constexpr Sql find_chunk{
    "raw_chunk.find",
    "select bytes, content from raw_chunk where sha256 = :sha256 and position = :position", "nb"};

std::size_t fill(const RawArchive::Reader& read, std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const std::size_t more = read(buffer.subspan(filled));
        if (more == 0) break;
        filled += more;
    }
    return filled;
}

}  // namespace

PutOutcome RawArchive::put(const RawPayload& payload, std::string_view bytes) {
    return put(payload, [&](std::span<char> buffer) {
        const std::size_t size = std::min(buffer.size(), bytes.size());
        std::memcpy(buffer.data(), bytes.data(), size);
        bytes.remove_prefix(size);
        return size;
    });
}

PutOutcome RawArchive::put(const RawPayload& payload, const Reader& read) {
    const long long inserted =
        session_.execute(insert_payload, {{"sha256", payload.sha256},
                                          {"media_type", shown_text(payload.media_type)},
                                          {"url", shown_text(payload.url)},
                                          {"fetched_at", instant_text(payload.fetched_at)}});
    if (inserted == 0) return PutOutcome::known;
    std::string buffer(raw_chunk_bytes, '\0');
    long long total = 0;
    for (long long position = 0;; ++position) {
        const std::string_view piece(buffer.data(), fill(read, buffer));
        if (piece.empty()) break;
        const std::string frame = compressed(piece);
        session_.execute(insert_chunk, {{"sha256", payload.sha256},
                                        {"position", position},
                                        {"bytes", static_cast<long long>(piece.size())},
                                        {"content", Parameter::Bytes{frame}}});
        total += static_cast<long long>(piece.size());
    }
    session_.execute(set_bytes, {{"bytes", total}, {"sha256", payload.sha256}});
    return PutOutcome::stored;
}

std::optional<RawPayload> RawArchive::find(std::string_view sha256) {
    Rows rows = session_.query(find_payload, {{"sha256", sha256}});
    if (!rows.next()) return std::nullopt;
    const Result<Instant> fetched_at = parse_instant(rows.text(2));
    return RawPayload{.sha256 = std::string(sha256),
                      .media_type = rows.text(0),
                      .url = rows.text(1),
                      .fetched_at = fetched_at.value(),
                      .bytes = rows.number(3)};
}

Result<std::string> RawArchive::get(std::string_view sha256, long long bytes_max) {
    const std::optional<RawPayload> payload = find(sha256);
    if (payload && payload->bytes > bytes_max) {
        return {ErrorCode::too_large,
                "the payload has " + std::to_string(payload->bytes) + " bytes; read it in pieces"};
    }
    std::string bytes;
    const Result<void> done = read(sha256, [&](std::string_view piece) { bytes += piece; });
    if (!done) return done.error();
    return bytes;
}

Result<void> RawArchive::read(std::string_view sha256, const Sink& sink) {
    const std::optional<RawPayload> payload = find(sha256);
    if (!payload) return {ErrorCode::not_found, "no raw payload has this SHA-256"};
    long long total = 0;
    for (long long position = 0; total < payload->bytes; ++position) {
        std::string piece;
        {
            Rows rows = session_.query(find_chunk, {{"sha256", sha256}, {"position", position}});
            if (!rows.next()) throw Failure(ErrorCode::database, "a raw payload lacks a chunk");
            piece = decompressed(rows.bytes(1), static_cast<std::size_t>(rows.number(0)));
        }
        total += static_cast<long long>(piece.size());
        sink(piece);
    }
    return {};
}

}  // namespace recall::store
