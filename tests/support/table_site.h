#pragma once
// A site on a loopback port that serves files by their paths, whatever its host is called: what
// polls of tables need. Files may be changed while it runs. It answers If-None-Match with 304 where
// a file has an ETag. Thread-safe.

#include <map>
#include <mutex>
#include <string>

#include "tests/support/raw_server.h"

namespace recall::test {

struct SiteFile {
    std::string bytes;
    std::string media_type = "application/zip";
    std::string etag = {};
};

class TableSite {
  public:
    TableSite();

    std::string url() const { return server_.url(""); }
    // `path` without its query.
    void put(const std::string& path, SiteFile file);

  private:
    void answer(RawPeer& peer);

    mutable std::mutex mutex_;
    std::map<std::string, SiteFile> files_;  // guarded by mutex_
    RawServer server_;
};

// A ZIP container with one member. Its bytes differ with the day on which it was made.
std::string zipped(const std::string& name, const std::string& text, int day = 1);

}  // namespace recall::test
