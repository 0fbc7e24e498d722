// /api/v1/check: is this listing a recalled product? Answered from the index in memory; nothing is
// stored.

#include <array>
#include <charconv>

#include "gateway/catalogue/judge.h"
#include "gateway/http/api.h"
#include "gateway/http/parameters.h"
#include "gateway/json/match_json.h"
#include "gateway/json/writer.h"
#include "gateway/match/matcher.h"

namespace recall::http {
namespace {

constexpr std::array<std::string_view, 10> members = {
    "title",  "brand",        "model",          "gtin",     "url",
    "seller", "manufacturer", "origin_country", "category", "lang"};
constexpr std::size_t matches_most = 50;

// A question need not have an id; the reply then calls the listing so.
constexpr std::string_view unnamed = "listing";

struct Question {
    catalogue::Judged judged;
    match::CheckOptions options;
};

Result<void> read_options(const Request& request, match::CheckOptions& options) {
    const std::string_view limit = request.parameter("limit");
    if (!limit.empty()) {
        const auto read = std::from_chars(limit.data(), limit.data() + limit.size(), options.most);
        if (read.ec != std::errc() || read.ptr != limit.data() + limit.size() || options.most < 1 ||
            options.most > matches_most) {
            return {ErrorCode::usage, "limit must be a whole number from 1 to 50"};
        }
    }
    const std::string_view score = request.parameter("min_score");
    if (score.empty()) return {};
    const auto read = std::from_chars(score.data(), score.data() + score.size(), options.min_score);
    if (read.ec != std::errc() || read.ptr != score.data() + score.size() ||
        !(options.min_score >= 0 && options.min_score <= 1)) {
        return {ErrorCode::usage, "min_score must be a number from 0 to 1"};
    }
    return {};
}

model::Listing named(model::Listing listing) {
    if (listing.id.empty()) listing.id = unnamed;
    if (listing.platform.empty()) listing.platform = unnamed;
    return listing;
}

Result<Reply> answer(const match::Matcher& matcher, const Question& question) {
    const catalogue::Judged& judged = question.judged;
    if (!judged.listing) {
        const catalogue::Finding& finding = judged.findings.front();
        const std::string where = finding.member.empty() ? "" : finding.member + ": ";
        return Error{finding.code, where + finding.reason};
    }
    const match::CheckResult result = matcher.check(*judged.listing, question.options);
    json::Writer out;
    out.begin_object();
    out.member("index_version", static_cast<long long>(result.index_version));
    out.key("matches").begin_array();
    for (const model::Match& match : result.matches)
        json::write_match(out, match);
    out.end_array();
    if (!judged.findings.empty()) {
        out.key("set_aside").begin_array();
        for (const catalogue::Finding& finding : judged.findings) {
            out.begin_object().member("field", finding.member);
            out.member("code", spelling(finding.code)).member("reason", finding.reason);
            out.end_object();
        }
        out.end_array();
    }
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

Result<Reply> post(const match::Matcher& matcher, const Call& call) {
    constexpr std::array<std::string_view, 2> parameters = {"limit", "min_score"};
    if (auto known = check_parameters(call.request, parameters); !known) return known.error();
    Question question;
    if (auto read = read_options(call.request, question.options); !read) return read.error();
    std::string member;
    auto listing = json::read_members(call.request.body, member);
    if (!listing) return listing.error();
    if (auto own = call.check_platform(listing->platform); !own) return own.error();
    question.judged = catalogue::judge(named(*std::move(listing)), {});
    return answer(matcher, question);
}

Result<Reply> get(const match::Matcher& matcher, const Call& call) {
    constexpr std::array<std::string_view, 2> own = {"limit", "min_score"};
    std::vector<std::string_view> parameters(members.begin(), members.end());
    parameters.insert(parameters.end(), own.begin(), own.end());
    if (auto known = check_parameters(call.request, parameters); !known) return known.error();
    Question question;
    if (auto read = read_options(call.request, question.options); !read) return read.error();
    model::Listing listing;
    for (const std::string_view member : members) {
        const auto set = json::set_member(listing, member, call.request.parameter(member));
        if (!set) return set.error();
    }
    question.judged = catalogue::judge(named(std::move(listing)), {});
    return answer(matcher, question);
}

}  // namespace

void add_check_routes(Router& router, const match::Matcher& matcher) {
    router.add({"POST", "/api/v1/check", Access::key,
                [&matcher](const Call& call) { return post(matcher, call); }});
    router.add({"GET", "/api/v1/check", Access::key,
                [&matcher](const Call& call) { return get(matcher, call); }});
}

}  // namespace recall::http
