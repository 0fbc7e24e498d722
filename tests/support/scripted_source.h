#pragma once
// A source polled from a server that answers as a test scripts it, by path and query: for sources
// that the stand-in does not play, and for genuine replies one after the other. robots.txt is not
// asked for. One thread but for the answers, which come from the server's.

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/poll_world.h"
#include "tests/support/raw_server.h"

namespace recall::test {

struct ScriptedReply {
    std::string body;
    int status = 200;
    std::string headers = {};  // whole lines with their ends
    std::string media_type = "application/json";
};

class ScriptedSource {
  public:
    using Answer = std::function<ScriptedReply(const std::string& target)>;

    ScriptedSource(TestStore& store, const std::string& source);

    void answer_with(Answer answer);
    mapping::FetchPlan& plan() { return *source_.mapping.fetch; }

    // An hour after the last one; must not be refused.
    ingest::RunReport poll(ingest::Scope scope = ingest::Scope::full);

    std::vector<store::NoticeRevision> revisions(const std::string& key);
    // Paths and queries asked for so far.
    std::vector<std::string> targets() const;

  private:
    void serve(RawPeer& peer);

    TempFolder folder_;
    PollClock clock_;
    std::mutex mutex_;
    Answer answer_;  // guarded by mutex_
    RawServer server_;
    net::Fetcher fetcher_;
    ingest::PolledSource source_;
    ingest::RunParts parts_;
};

}  // namespace recall::test
