#include "gateway/ingest/fetch_terms.h"

#include <algorithm>
#include <cctype>

#include "gateway/base/failure.h"
#include "gateway/ingest/document_check.h"

namespace recall::ingest {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) ==
               std::tolower(static_cast<unsigned char>(y));
    });
}

}  // namespace

net::Manners manners_of(const mapping::FetchPlan& plan) {
    using std::chrono::milliseconds, std::chrono::seconds;
    const mapping::FetchManners& given = plan.manners;
    net::Manners out;
    out.interval = milliseconds(given.interval_ms);
    out.obeys_robots = given.obeys_robots;
    out.hosts = given.hosts;
    out.redirects_max = static_cast<int>(given.redirects_max);
    out.attempts_max = static_cast<int>(given.attempts_max);
    out.backoff = {milliseconds(given.backoff_ms), milliseconds(given.backoff_max_ms)};
    out.retry_after_max = seconds(given.retry_after_max_s);
    out.read_timeout = milliseconds(given.read_timeout_ms);
    out.deadline = milliseconds(given.deadline_ms);
    return out;
}

net::FetchRequest request_of(const mapping::FetchPlan& plan, const Wanted& wanted) {
    net::FetchRequest out;
    out.url = wanted.url;
    out.bytes_max = static_cast<std::size_t>(rules_of(wanted).bytes_max);
    if (wanted.list != nullptr) {
        out.method = wanted.list->method;
        out.body = wanted.body;
        out.body_type = wanted.list->body_type;
    }
    const auto& own = wanted.list != nullptr ? wanted.list->headers : wanted.detail->headers;
    for (const FetchHeader& header : plan.headers) {
        const bool is_replaced = std::ranges::any_of(
            own, [&](const FetchHeader& mine) { return is_same_name(mine.name, header.name); });
        if (!is_replaced) out.headers.push_back({header.name, header.value});
    }
    for (const FetchHeader& header : own)
        out.headers.push_back({header.name, header.value});
    return out;
}

const DocumentRules& rules_of(const Wanted& wanted) {
    return wanted.list != nullptr ? wanted.list->rules : wanted.detail->rules;
}

Result<void> check_fetched(const DocumentRules& rules, const net::Fetched& fetched) {
    if (Result<void> checked = check_document(rules, fetched.media_type, fetched.head); !checked)
        return checked;
    return check_content(rules, file_source(fetched.body->path()),
                         fetched.is_length_proven ? Ending::proven : Ending::unproven);
}

std::string read_body(const net::Fetched& fetched) {
    std::string out(fetched.bytes, '\0');
    const ByteSource source = file_source(fetched.body->path());
    std::size_t at = 0;
    while (at < out.size()) {
        const std::size_t size = source({out.data() + at, out.size() - at});
        if (size == 0) throw Failure(ErrorCode::io, "a fetched body is shorter than it was");
        at += size;
    }
    return out;
}

}  // namespace recall::ingest
