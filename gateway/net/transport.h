#pragma once
// Carries one request to its server, straight, through a proxy or to the stand-in, and brings the
// reply. Every exchange has a connection of its own: sources are asked once a second at most. Any
// thread. Fails as Connection and read_body do, and with forbidden for a name that leads inside.

#include <optional>
#include <string>

#include "gateway/net/connection.h"
#include "gateway/net/hop.h"

namespace recall::net {

struct Reply {
    ReplyHead head;
    std::optional<Fetched> document;  // for statuses that bring one: 200 to 203
};

class Transport {
  public:
    // Throws Failure (config) when the proxy or the stand-in is no URL.
    explicit Transport(const FetcherOptions& options);

    Result<Reply> exchange(const Hop& hop, const WaitLimits& limits);

  private:
    Result<Connection> connect(const Url& url, const WaitLimits& limits);
    Result<Connection> connect_to_source(const Url& url, const WaitLimits& limits) const;
    Result<Connection> connect_through_proxy(const Url& url, const WaitLimits& limits) const;
    Result<void> open_tunnel(Connection& connection, const Url& url) const;
    std::string request_head(const Hop& hop) const;

    std::string spool_folder_;
    bool may_reach_private_hosts_;
    std::optional<Url> proxy_;
    std::string proxy_authorization_;  // a header line, or empty; never logged
    std::optional<Url> stand_in_;
    TlsClient tls_;
};

}  // namespace recall::net
