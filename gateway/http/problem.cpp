#include "gateway/http/problem.h"

#include "gateway/json/writer.h"

namespace recall::http {

Reply problem(const Error& error, std::string_view request_id) {
    const ErrorFacts& known = facts(error.code);
    // Codes that are no failure of a request, such as not-modified, would be our mistake here.
    const int status = known.http_status < 400 ? 500 : known.http_status;
    json::Writer out;
    out.begin_object()
        .member("type", "about:blank")
        .member("title", known.meaning)
        .member("status", static_cast<long long>(status))
        .member("code", known.spelling);
    if (status < 500 && !error.text.empty()) out.member("detail", error.text);
    if (!request_id.empty()) out.member("instance", "urn:uuid:" + std::string(request_id));
    out.member("retry", known.retry == Retry::never   ? "never"
                        : known.retry == Retry::later ? "later"
                                                      : "after_operator");
    out.end_object();
    Reply reply;
    reply.status = status;
    reply.media_type = "application/problem+json";
    reply.body = std::move(out).text();
    if (status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"recallgw\"");
    if (status == 429 || status == 503) reply.headers.emplace_back("Retry-After", "5");
    return reply;
}

}  // namespace recall::http
