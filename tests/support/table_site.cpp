#include "tests/support/table_site.h"

#include <zip.h>

#include <cstdlib>

#include "gateway/base/failure.h"

namespace recall::test {
namespace {

std::string header_of(const std::string& request, const std::string& name) {
    const std::size_t at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 4;
    return request.substr(from, request.find("\r\n", from) - from);
}

}  // namespace

TableSite::TableSite() : server_([this](RawPeer& peer) { answer(peer); }) {}

void TableSite::put(const std::string& path, SiteFile file) {
    const std::scoped_lock lock(mutex_);
    files_[path] = std::move(file);
}

void TableSite::answer(RawPeer& peer) {
    const std::string request = peer.read_request();
    if (request.empty()) return;
    const std::size_t from = request.find(' ') + 1;
    const std::string path = request.substr(from, request.find_first_of(" ?", from) - from);
    SiteFile file;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = files_.find(path);
        if (found == files_.end()) {
            peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        file = found->second;
    }
    const std::string etag = file.etag.empty() ? "" : "ETag: " + file.etag + "\r\n";
    if (!file.etag.empty() && header_of(request, "If-None-Match") == file.etag) {
        peer.send("HTTP/1.1 304 Not Modified\r\n" + etag + "Connection: close\r\n\r\n");
        return;
    }
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: " + file.media_type + "\r\n" + etag +
              "Content-Length: " + std::to_string(file.bytes.size()) +
              "\r\nConnection: close\r\n\r\n");
    peer.send(file.bytes);
}

std::string zipped(const std::string& name, const std::string& text, int day) {
    constexpr std::time_t first_day = 1'767'225'600;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (archive == nullptr) throw Failure(ErrorCode::io, "no ZIP in memory");
    zip_source_t* member = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), member, 0);
    zip_file_set_mtime(archive, zip_uint64_t(index), first_day + day * 86'400L, 0);
    if (zip_close(archive) != 0) throw Failure(ErrorCode::io, "no ZIP in memory");
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(target, &stat);
    std::string out(stat.size, '\0');
    zip_source_open(target);
    zip_source_read(target, out.data(), out.size());
    zip_source_close(target);
    zip_source_free(target);
    return out;
}

}  // namespace recall::test
