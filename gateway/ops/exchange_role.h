#pragma once
// The exchange as serve runs it, made from the settings: identity, inbox, outbox, cases. Off when
// exchange.party is empty; the cases' endpoints are there in either case. The constructor throws
// Failure(config) when a file that the settings name cannot be used. Start and stop from one
// thread.

#include <memory>
#include <optional>
#include <string>

#include "gateway/exchange/net_line.h"
#include "gateway/exchange/service.h"
#include "gateway/http/api.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

// Nothing when exchange.party is empty.
std::optional<exchange::Identity> load_identity(const settings::Settings& settings);

// gateway/xml/schemas/exchange-1.xsd of the tree the program was built from.
std::string exchange_schema_file();

class ExchangeRole {
  public:
    ExchangeRole(const settings::Settings& settings, http::Api& api, http::Router& router);

    void start();
    void stop();

  private:
    std::optional<exchange::Identity> identity_;
    std::optional<xml::Schema> schema_;
    std::unique_ptr<exchange::NetLine> line_;
    std::unique_ptr<exchange::Service> service_;
};

}  // namespace recall::ops
