#pragma once
// A translation service on a loopback port that answers each text as a test wants. Without a reply
// of its own a text is answered with "译文" and its length in bytes. Thread-safe.

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/json/parse.h"
#include "gateway/json/writer.h"
#include "tests/support/raw_server.h"

namespace recall::test {

class TranslationSite {
  public:
    TranslationSite() : server_([this](RawPeer& peer) { answer(peer); }) {}

    std::string url() const { return server_.url("/translate"); }

    static std::string reply(std::string_view status, std::string_view body) {
        return "HTTP/1.1 " + std::string(status) +
               "\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + std::string(body);
    }
    static std::string translated(std::string_view text) {
        json::Writer out;
        out.begin_object().member("translatedText", text).end_object();
        return reply("200 OK", out.text());
    }

    // The whole reply to a text; an empty one: the peer is kept waiting until it goes.
    void put(const std::string& text, std::string reply) {
        const std::scoped_lock lock(mutex_);
        replies_[text] = std::move(reply);
    }
    // To every text, until it is empty.
    void put_all(std::string reply) {
        const std::scoped_lock lock(mutex_);
        reply_to_all_ = std::move(reply);
    }
    // The bodies that came, in their order.
    std::vector<std::string> bodies() const {
        std::vector<std::string> out;
        for (const std::string& request : server_.requests())
            out.push_back(request.substr(request.find("\r\n\r\n") + 4));
        return out;
    }

  private:
    void answer(RawPeer& peer) {
        const std::string request = peer.read_request();
        if (request.empty()) return;
        const auto body =
            json::parse(std::string_view(request).substr(request.find("\r\n\r\n") + 4));
        const std::string text = body.ok() ? body->root().child("q").text() : std::string();
        std::string reply = translated("译文" + std::to_string(text.size()));
        {
            const std::scoped_lock lock(mutex_);
            const auto found = replies_.find(text);
            if (found != replies_.end()) reply = found->second;
            if (!reply_to_all_.empty()) reply = reply_to_all_;
        }
        if (reply.empty()) return peer.hold();
        peer.send(reply);
    }

    mutable std::mutex mutex_;
    std::map<std::string, std::string> replies_;  // guarded by mutex_, as the next
    std::string reply_to_all_;
    RawServer server_;
};

}  // namespace recall::test
