#include "gateway/ingest/archived_document.h"

#include <algorithm>
#include <memory>

#include "gateway/store/raw_archive.h"

namespace recall::ingest {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

ByteSource owned(std::string bytes) {
    auto held = std::make_shared<const std::string>(std::move(bytes));
    return [held, source = bytes_source(*held)](std::span<char> buffer) { return source(buffer); };
}

}  // namespace

std::string parts_text(std::span<const std::string> sha256s) {
    std::string out;
    for (const std::string& sha256 : sha256s)
        out += sha256 + "\n";
    return out;
}

Result<ArchivedDocument> archived_document(store::Session& session, const std::string& sha256,
                                           long long bytes_max) {
    store::RawArchive archive(session);
    const auto payload = archive.find(sha256);
    if (!payload) return Error{ErrorCode::not_found, sha256 + " is not in the archive"};
    Result<std::string> bytes = archive.get(sha256, bytes_max);
    if (!bytes) return bytes.error();
    ArchivedDocument out{{}, payload->fetched_at};
    const std::string at = to_text(payload->fetched_at);
    if (payload->media_type != parts_media_type) {
        out.parts.push_back({owned(std::move(*bytes)), {at, sha256, payload->url}});
        return out;
    }
    for (const std::string& part : lines_of(*bytes)) {
        const auto found = archive.find(part);
        Result<std::string> read = archive.get(part, bytes_max);
        if (!read) return read.error();
        out.parts.push_back({owned(std::move(*read)), {at, sha256, found ? found->url : ""}});
    }
    return out;
}

}  // namespace recall::ingest
