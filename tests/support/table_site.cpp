#include "tests/support/table_site.h"

#include <cstdlib>

#include "tests/support/zipped.h"

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
    ZipEntry entry{name, text};
    entry.at += day * 86'400L;
    return zip_of({entry});
}

}  // namespace recall::test
