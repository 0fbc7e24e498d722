#pragma once
// A site on a loopback port that answers each path as a test wants: with a whole reply, or by
// saying nothing. Any other path, robots.txt too, is not there. Thread-safe.

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/support/raw_server.h"

namespace recall::test {

inline std::string http_reply(std::string_view status, std::string_view body,
                              std::string_view headers = {}) {
    return "HTTP/1.1 " + std::string(status) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

class PictureSite {
  public:
    PictureSite() : server_([this](RawPeer& peer) { answer(peer); }) {}

    std::string url(const std::string& path) const { return server_.url(path); }
    // An empty reply: the peer is kept waiting until it goes.
    void put(const std::string& path, std::string reply) {
        const std::scoped_lock lock(mutex_);
        replies_[path] = std::move(reply);
    }
    long requests(const std::string& path) const {
        const auto all = server_.requests();
        return std::ranges::count_if(all, [&](const std::string& request) {
            return request.starts_with("GET " + path + " ");
        });
    }

  private:
    void answer(RawPeer& peer) {
        const std::string request = peer.read_request();
        if (request.empty()) return;
        const std::string path = request.substr(4, request.find(' ', 4) - 4);
        std::string reply = http_reply("404 Not Found", "");
        {
            const std::scoped_lock lock(mutex_);
            const auto found = replies_.find(path);
            if (found != replies_.end()) reply = found->second;
        }
        if (reply.empty()) return peer.hold();
        peer.send(reply);
    }

    mutable std::mutex mutex_;
    std::map<std::string, std::string> replies_;  // guarded by mutex_
    RawServer server_;
};

}  // namespace recall::test
