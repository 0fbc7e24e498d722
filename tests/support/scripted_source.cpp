#include "tests/support/scripted_source.h"

namespace recall::test {
namespace {

std::string target_of(const std::string& request) {
    const std::size_t from = std::min(request.find(' '), request.size() - 1) + 1;
    return request.substr(from, request.find(' ', from) - from);
}

}  // namespace

ScriptedSource::ScriptedSource(TestStore& store, const std::string& source)
    : server_([this](RawPeer& peer) { serve(peer); }),
      fetcher_({.spool_folder = folder_.path().string(), .stand_in = server_.url("")}, clock_),
      source_(quick_source(source)),
      parts_{store.database(), fetcher_, clock_, "tester"} {
    plan().manners.obeys_robots = false;
}

void ScriptedSource::answer_with(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
}

void ScriptedSource::serve(RawPeer& peer) {
    const std::string request = peer.read_request();
    if (request.empty()) return;
    ScriptedReply reply;
    {
        const std::lock_guard lock(mutex_);
        reply = answer_(target_of(request));
    }
    peer.send("HTTP/1.1 " + std::to_string(reply.status) +
              " As scripted\r\nContent-Type: " + reply.media_type + "\r\n" + reply.headers +
              "Content-Length: " + std::to_string(reply.body.size()) +
              "\r\nConnection: close\r\n\r\n" + reply.body);
}

ingest::RunReport ScriptedSource::poll(ingest::Scope scope) {
    clock_.turn(std::chrono::hours(1));
    ingest::RunOptions options;
    options.scope = scope;
    const auto report = ingest::run_source(parts_, source_.mapping, source_.adapter, options);
    BOOST_REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().line()));
    return *report;
}

std::vector<store::NoticeRevision> ScriptedSource::revisions(const std::string& key) {
    const auto session = parts_.database.lease();
    return store::Notices(*session).revisions(source_.mapping.source + ":" + key);
}

std::vector<std::string> ScriptedSource::targets() const {
    std::vector<std::string> out;
    for (const std::string& request : server_.requests())
        out.push_back(target_of(request));
    return out;
}

}  // namespace recall::test
