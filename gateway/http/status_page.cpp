// The page at /: how the gateway fares, for staff who signed in; others get the form. It shows
// counts and the health of sources, nothing of any listing, match or partner. No script, nothing
// from elsewhere.

#include <mutex>

#include "gateway/http/api.h"
#include "gateway/http/parameters.h"
#include "gateway/http/sign_in.h"
#include "gateway/http/source_health.h"
#include "gateway/http/status_words.h"
#include "gateway/store/totals.h"
#include "gateway/xml/value_writer.h"

namespace recall::http {
namespace {

using xml::escaped;

// Pages load themselves again, so the database is asked at most this often.
constexpr std::chrono::seconds state_kept{5};

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #c4320a; --dim: #667085; }
body { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
       max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; flex: 1 1 auto; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(7.9rem, 1fr)); gap: .75rem;
     margin: 1.25rem 0; }
dl div { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem;
         display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dt { font-size: .85rem; color: var(--dim); }
dd { margin: 0; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line);
         vertical-align: top; }
td:first-child { min-width: 12rem; } td:nth-child(2), td:nth-child(5) { white-space: nowrap; }
th { font-size: .85rem; color: var(--dim); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td small { display: block; color: var(--dim); }
.healthy { color: var(--good); } .degraded, .failed { color: var(--bad); font-weight: 600; }
.never_run { color: var(--dim); }
code { font-size: .9em; background: #8882; padding: .1rem .35rem; border-radius: .25rem;
       overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.sign-in { max-width: 26rem; margin-top: 1.5rem; } .sign-in label, .hint { flex-basis: 100%; }
input { flex: 1 1 12rem; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line);
        border-radius: .35rem; background: transparent; color: inherit; }
button { font: inherit; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .35rem;
         background: #8882; color: inherit; cursor: pointer; }
header button { padding: 0; border: 0; background: none; text-decoration: underline; }
.hint { color: var(--dim); font-size: .85rem; }
footer { margin-top: 2rem; color: var(--dim); font-size: .85rem; }
)";

// "2026-06-01T09:30:12.000Z" → "2026-06-01 09:30"
std::string shown_time(std::string_view instant) {
    std::string out(instant.substr(0, 16));
    if (out.size() > 10) out[10] = ' ';
    return escaped(out);
}

struct State {
    store::Totals totals;
    std::vector<SourceHealth> sources;
    Instant as_of{};
};

class StatusPage {
  public:
    explicit StatusPage(Api& api) : api_(api) {}

    std::string html(const StatusWords& words) {
        const std::lock_guard lock(mutex_);
        refresh();
        out_.clear();
        begin(words);
        write_totals(words);
        write_next_steps(words);
        if (!state_.sources.empty()) write_sources(words);
        end(words);
        return out_;
    }

  private:
    void refresh() {
        const Instant now = api_.clock.now();
        if (now >= state_.as_of && now - state_.as_of < state_kept) return;
        const store::SessionLease session = api_.database.lease();
        state_ = {store::totals(*session), source_health(*session, api_.sources), now};
    }

    void begin(const StatusWords& words) {
        add(page_begin(words, "<meta http-equiv=\"refresh\" content=\"60\">\n"));
        add(" <form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"lang\" "
            "value=\"");
        add(words.code).add("\"><button>").add(words.sign_out).add("</button></form>");
        add("</header>\n<main>\n<p>").add(words.intro).add("</p>\n");
    }

    void write_totals(const StatusWords& words) {
        const store::Totals& totals = state_.totals;
        const std::pair<std::string_view, long long> rows[] = {
            {words.notices, totals.notices},           {words.listings, totals.listings},
            {words.open_matches, totals.open_matches}, {words.open_reviews, totals.open_reviews},
            {words.open_cases, totals.open_cases},     {words.closed_cases, totals.closed_cases},
            {words.quarantined, totals.quarantined}};
        add("<dl>\n");
        for (const auto& [name, count] : rows) {
            add("<div><dt>").add(name).add("</dt><dd>").add(std::to_string(count));
            add("</dd></div>\n");
        }
        add("</dl>\n");
    }

    void write_next_steps(const StatusWords& words) {
        add("<section><h2>").add(words.next_steps).add("</h2>\n");
        if (state_.sources.empty()) step(words.no_sources, {});
        if (!state_.sources.empty() && state_.totals.notices == 0) {
            step(words.no_notices, "recallgw poll --all");
        }
        if (state_.totals.listings == 0) {
            step(words.no_listings, "recallgw import listings FILE --platform ID");
        }
        if (state_.totals.open_matches + state_.totals.open_reviews > 0) {
            step(words.all_well, "GET /api/v1/matches?state=open");
        } else {
            step(words.no_matches, "recallgw check --title TITLE --brand BRAND");
        }
        add("</section>\n");
    }
    void step(std::string_view text, std::string_view command) {
        add("<p>").add(text);
        if (!command.empty()) add(" <code>").add(command).add("</code>");
        add("</p>\n");
    }

    void write_sources(const StatusWords& words) {
        add("<section><h2>").add(words.sources).add("</h2>\n<div class=\"wide\"><table>\n<tr>");
        for (const std::string_view head : {words.source, words.state})
            add("<th scope=\"col\">").add(head).add("</th>");
        for (const std::string_view head : {words.published, words.waiting})
            add("<th scope=\"col\" class=\"number\">").add(head).add("</th>");
        for (const std::string_view head : {words.last_run, words.outcome})
            add("<th scope=\"col\">").add(head).add("</th>");
        add("</tr>\n");
        for (const SourceHealth& source : state_.sources)
            write_source(words, source);
        add("</table></div></section>\n");
    }

    void write_source(const StatusWords& words, const SourceHealth& source) {
        add("<tr><td>").add(escaped(source.about.id)).add("<small>");
        add(escaped(source.about.title)).add("</small></td><td class=\"").add(source.state);
        add("\">").add(state_word(words, source.state)).add("</td><td class=\"number\">");
        add(std::to_string(source.notices)).add("</td><td class=\"number\">");
        add(std::to_string(source.quarantined)).add("</td><td>");
        if (source.last_run) {
            const store::Run& run = *source.last_run;
            add(shown_time(run.started_at)).add("</td><td>");
            add(std::to_string(run.counts.created)).add(" ").add(words.created).add(", ");
            add(std::to_string(run.counts.changed)).add(" ").add(words.changed);
            if (!run.reason.empty()) add("<small>").add(escaped(run.reason)).add("</small>");
        } else {
            add("</td><td>");
        }
        add("</td></tr>\n");
    }

    static std::string_view state_word(const StatusWords& words, std::string_view state) {
        if (state == "running") return words.running;
        if (state == "healthy") return words.healthy;
        if (state == "degraded") return words.degraded;
        return state == "failed" ? words.failed : words.never_run;
    }

    void end(const StatusWords& words) {
        add("</main>\n<footer>").add(words.as_of).add(" ").add(shown_time(to_text(state_.as_of)));
        add(" UTC · recallgw ").add(escaped(api_.version)).add(" · ").add(words.service);
        add(": ").add(words.description).add(" <code>/api/openapi.json</code>, ");
        add(words.metrics).add(" <code>/metrics</code>, <a href=\"/readyz\">").add(words.readiness);
        add("</a></footer>\n</body>\n</html>\n");
    }

    StatusPage& add(std::string_view text) {
        out_ += text;
        return *this;
    }

    Api& api_;
    std::mutex mutex_;
    State state_;
    std::string out_;
};

}  // namespace

void add_status_routes(Router& router, Api& api) {
    const auto page = std::make_shared<StatusPage>(api);
    const auto sessions = std::make_shared<BrowserSessions>(
        [&api](std::string_view key_hash) { return find_key(api.database, key_hash); }, api.clock);
    add_sign_in_routes(router, api, sessions);
    router.add({"GET", "/", Access::open, [page, sessions](const Call& call) -> Result<Reply> {
                    constexpr std::array<std::string_view, 1> parameters = {"lang"};
                    if (auto known = check_parameters(call.request, parameters); !known) {
                        return known.error();
                    }
                    const StatusWords& words = status_words(call.request.parameter("lang"),
                                                            call.request.header("Accept-Language"));
                    if (!signed_in(call.request, *sessions)) return sign_in_page(401, words, {});
                    return page_reply(200, page->html(words), words);
                }});
    router.add({"GET", "/status.css", Access::open, [](const Call&) -> Result<Reply> {
                    Reply reply;
                    reply.media_type = "text/css; charset=utf-8";
                    reply.body = style;
                    reply.headers = {{"Cache-Control", "public, max-age=3600"}};
                    return reply;
                }});
}

}  // namespace recall::http
