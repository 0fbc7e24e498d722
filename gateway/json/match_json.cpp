#include "gateway/json/match_json.h"

#include <cmath>

namespace recall::json {
namespace {

double rounded(double value) {
    constexpr double scale = 10'000;
    const double result = std::round(value * scale) / scale;
    return result == 0 ? 0 : result;  // no negative zero
}

}  // namespace

void write_evidence(Writer& out, const std::vector<model::Evidence>& list) {
    out.begin_array();
    for (const model::Evidence& evidence : list) {
        out.begin_object().member("kind", evidence.kind).member("for", evidence.speaks_for);
        out.key("weight").number(rounded(evidence.weight));
        if (!evidence.notice.empty()) out.member("notice", evidence.notice);
        if (!evidence.listing.empty()) out.member("listing", evidence.listing);
        out.end_object();
    }
    out.end_array();
}

void write_match(Writer& out, const model::Match& match) {
    out.begin_object();
    out.member("listing", match.listing).member("notice", match.notice);
    out.member("product", match.product);
    out.key("score").number(match.score);
    out.member("decision", spelling(match.decision));
    out.key("evidence");
    write_evidence(out, match.evidence);
    out.end_object();
}

void append_match_line(std::string& out, const model::Match& match) {
    Writer writer;
    write_match(writer, match);
    out += writer.text();
    out += '\n';
}

}  // namespace recall::json
