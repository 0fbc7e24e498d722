#pragma once
// The endpoints of the exchange and of the cases. What they work on must outlive the server. Any
// thread.

#include "gateway/exchange/receiver.h"
#include "gateway/http/api.h"

namespace recall::http {

// POST /exchange/v1/messages
void add_exchange_routes(Router& router, exchange::Receiver& receiver);

// /api/v1/matches/{id}/confirm, …/reject, /api/v1/cases… Without an identity no order is sent.
void add_case_routes(Router& router, Api& api, const exchange::Identity* identity);

}  // namespace recall::http
