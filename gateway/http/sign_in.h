#pragma once
// Signing in and out at the status page: a form that takes an API key and gives a cookie, which
// opens that page and nothing else. Any thread.

#include <memory>

#include "gateway/http/api.h"
#include "gateway/http/browser_sessions.h"
#include "gateway/http/status_words.h"

namespace recall::http {

// POST /sign-in and POST /sign-out.
void add_sign_in_routes(Router& router, Api& api, std::shared_ptr<BrowserSessions> sessions);

// Whom the request's cookie or Authorization header shows to be staff; nothing when neither does.
std::optional<Caller> signed_in(const Request& request, BrowserSessions& sessions);

// A page of ours, in the reader's language, with the headers that all of them have.
Reply page_reply(int status, std::string body, const StatusWords& words);
// The beginning of a page, into its <header>; `more` goes into its head.
std::string page_begin(const StatusWords& words, std::string_view more);
// The form, with a message above it when there is one.
Reply sign_in_page(int status, const StatusWords& words, std::string_view message);

}  // namespace recall::http
