#include "gateway/http/sign_in.h"

#include <algorithm>

#include "gateway/http/guard.h"

namespace recall::http {
namespace {

constexpr std::string_view cookie_name = "recallgw_session";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::size_t key_bytes_max = 256;

// Forms go to ourselves only; no script, nothing from elsewhere.
constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

std::string_view cookie(const Request& request) {
    std::string_view rest = request.header("Cookie");
    while (!rest.empty()) {
        std::string_view pair = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        const std::size_t equals = pair.find('=');
        if (pair.substr(0, equals) == cookie_name && equals != std::string_view::npos) {
            return pair.substr(equals + 1);
        }
    }
    return {};
}

std::string set_cookie(const Api& api, std::string_view token, std::chrono::seconds time) {
    return std::string(cookie_name) + "=" + std::string(token) +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(time.count()) +
           (api.serves_tls ? "; Secure" : "");
}

// The value of a form's field, decoded; empty when it is not there.
std::string field(std::string_view form, std::string_view name) {
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(pair.size() + 1, form.size()));
        const std::size_t equals = pair.find('=');
        if (pair.substr(0, equals) != name || equals == std::string_view::npos) continue;
        std::string blanks(pair.substr(equals + 1));
        std::ranges::replace(blanks, '+', ' ');
        std::string value;
        if (!percent_decode(blanks, value)) return {};
        // What copying a key brings along.
        std::erase_if(value,
                      [](char c) { return c == ' ' || c == '\r' || c == '\n' || c == '\t'; });
        return value;
    }
    return {};
}

// Another site's form must not sign anybody in or out. Browsers say where a request comes from;
// what says nothing is no browser of today and holds no cookie of another's.
bool is_from_us(const Request& request) {
    const std::string_view site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin";
    const std::string_view origin = request.header("Origin");
    if (origin.empty()) return true;
    const std::size_t host = origin.find("://");
    return host != std::string_view::npos && origin.substr(host + 3) == request.header("Host");
}

Result<void> check_form(const Request& request) {
    if (!is_from_us(request)) {
        return {ErrorCode::forbidden, "this form is sent from the gateway's own page only"};
    }
    const std::string_view type = request.header("Content-Type");
    if (!equal_ignoring_case(type.substr(0, type.find(';')), form_type)) {
        return {ErrorCode::media_type, "send " + std::string(form_type)};
    }
    return {};
}

Reply back_to_page(const StatusWords& words, std::string cookie_header) {
    Reply reply;
    reply.status = 303;
    reply.media_type = "text/plain; charset=utf-8";
    reply.headers = {{"Location", "/?lang=" + std::string(words.code)},
                     {"Set-Cookie", std::move(cookie_header)}};
    return reply;
}

Result<Reply> sign_in(const Api& api, BrowserSessions& sessions, const Request& request) {
    if (auto good = check_form(request); !good) return good.error();
    const StatusWords& words =
        status_words(field(request.body, "lang"), request.header("Accept-Language"));
    const std::string key = field(request.body, "key").substr(0, key_bytes_max);
    const Result<Caller> caller = sessions.check_key(key, request.peer_address);
    if (!caller) {
        const bool is_limited = caller.error().code == ErrorCode::rate_limited;
        Reply page = sign_in_page(is_limited ? 429 : 401, words,
                                  is_limited ? words.too_many : words.wrong_key);
        if (is_limited) {
            page.headers.emplace_back("Retry-After", std::to_string(failed_attempts_time.count()));
        }
        return page;
    }
    if (!is_staff_role(caller->role)) return sign_in_page(403, words, words.staff_only);
    return back_to_page(words, set_cookie(api, sessions.open(key), session_time));
}

Result<Reply> sign_out(const Api& api, BrowserSessions& sessions, const Request& request) {
    if (auto good = check_form(request); !good) return good.error();
    sessions.close(cookie(request));
    const StatusWords& words =
        status_words(field(request.body, "lang"), request.header("Accept-Language"));
    return back_to_page(words, set_cookie(api, {}, std::chrono::seconds(0)));
}

}  // namespace

std::optional<Caller> signed_in(const Request& request, BrowserSessions& sessions) {
    std::optional<Caller> caller;
    if (const std::string_view token = cookie(request); !token.empty()) {
        caller = sessions.find(token);
    } else if (const std::string_view key = bearer_key(request); !key.empty()) {
        caller = sessions.of_key(key);
    }
    if (caller && !is_staff_role(caller->role)) caller.reset();
    return caller;
}

Reply page_reply(int status, std::string body, const StatusWords& words) {
    Reply reply;
    reply.status = status;
    reply.media_type = "text/html; charset=utf-8";
    reply.body = std::move(body);
    reply.headers = {{"Content-Security-Policy", std::string(page_policy)},
                     {"Content-Language", std::string(words.language)},
                     // With no referrer at all, browsers would hide where our own forms come from.
                     {"Referrer-Policy", "same-origin"},
                     {"Vary", "Accept-Language, Cookie, Authorization"}};
    return reply;
}

std::string page_begin(const StatusWords& words, std::string_view more) {
    std::string out;
    const auto add = [&](std::string_view text) { out += text; };
    add("<!doctype html>\n<html lang=\"");
    add(words.language);
    add("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    add(words.title);
    add("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    add(more);
    add("<link rel=\"stylesheet\" href=\"/status.css\">\n</head>\n<body>\n<header><h1>");
    add(words.title);
    add("</h1> <a href=\"/?lang=");
    add(words.other_language);
    add("\" hreflang=\"");
    add(words.other_language);
    add("\">");
    add(words.other_name);
    add("</a>");
    return out;
}

Reply sign_in_page(int status, const StatusWords& words, std::string_view message) {
    std::string out = page_begin(words, {});
    const auto add = [&](std::string_view text) { out += text; };
    add("</header>\n<main>\n<p>");
    add(words.intro);
    add("</p>\n");
    if (!message.empty()) {
        add("<p class=\"failed\" role=\"alert\">");
        add(message);
        add("</p>\n");
    }
    add("<form class=\"sign-in\" method=\"post\" action=\"/sign-in\">\n");
    add("<input type=\"hidden\" name=\"lang\" value=\"");
    add(words.code);
    add("\">\n<label for=\"key\">");
    add(words.key_label);
    add("</label>\n<input id=\"key\" name=\"key\" type=\"password\" required autofocus "
        "autocomplete=\"current-password\" maxlength=\"200\">\n<button>");
    add(words.sign_in);
    add("</button>\n<p class=\"hint\">");
    add(words.key_hint);
    add(" <code>recallgw user add</code></p>\n</form>\n</main>\n</body>\n</html>\n");
    return page_reply(status, std::move(out), words);
}

void add_sign_in_routes(Router& router, Api& api, std::shared_ptr<BrowserSessions> sessions) {
    router.add({"POST", "/sign-in", Access::open, [&api, sessions](const Call& call) {
                    return sign_in(api, *sessions, call.request);
                }});
    router.add({"POST", "/sign-out", Access::open, [&api, sessions](const Call& call) {
                    return sign_out(api, *sessions, call.request);
                }});
}

}  // namespace recall::http
