#include "gateway/cases/match_store.h"

#include <algorithm>
#include <cmath>

#include "gateway/base/failure.h"
#include "gateway/json/match_json.h"
#include "gateway/store/matches.h"

namespace recall::cases {
namespace {

using store::StoredMatch;

// Databases may give back a number that differs in its last digits.
constexpr double same_score = 1e-9;

std::string evidence_text(const model::Match& match) {
    json::Writer out;
    json::write_evidence(out, match.evidence);
    return std::move(out).text();
}

std::vector<StoredMatch> stored_matches(store::Session& session, const Matched& matched) {
    store::MatchFilter filter;
    filter.platform = matched.platform;
    filter.listing = matched.listing;
    store::Matches matches(session);
    std::vector<StoredMatch> all;
    std::string cursor;
    do {
        auto page = matches.list(filter, cursor, store::page_rows_max);
        if (!page) throw Failure(page.error());
        std::ranges::move(page->rows, std::back_inserter(all));
        cursor = page->cursor;
    } while (!cursor.empty());
    return all;
}

bool is_decided(const std::vector<StoredMatch>& stored, const std::string& notice) {
    return std::ranges::any_of(stored, [&](const StoredMatch& match) {
        return match.notice == notice && match.state != store::MatchState::open;
    });
}

}  // namespace

long long store_matches(store::Session& session, const Matched& matched, Instant now) {
    const std::vector<StoredMatch> stored = stored_matches(session, matched);
    store::Matches matches(session);
    long long written = 0;
    const auto save = [&](const model::Match& match, const StoredMatch* before) {
        const std::string evidence = evidence_text(match);
        if (before != nullptr && before->decision == match.decision &&
            std::abs(before->score - match.score) < same_score &&
            before->evidence_json == evidence) {
            return;
        }
        matches.save(match, matched.platform, evidence, now);
        ++written;
    };
    for (const model::Match& match : matched.matches) {
        if (is_decided(stored, match.notice)) continue;
        const auto before = std::ranges::find_if(stored, [&](const StoredMatch& one) {
            return one.notice == match.notice && one.product == match.product;
        });
        // What never looked like a match need not be remembered.
        if (before == stored.end() && match.decision == model::Decision::no_match) continue;
        save(match, before == stored.end() ? nullptr : &*before);
    }
    for (const StoredMatch& before : stored) {
        if (is_decided(stored, before.notice)) continue;
        const bool found = std::ranges::any_of(matched.matches, [&](const model::Match& match) {
            return match.notice == before.notice && match.product == before.product;
        });
        if (found) continue;
        model::Match gone;
        gone.listing = before.listing;
        gone.notice = before.notice;
        gone.product = before.product;
        save(gone, &before);
    }
    return written;
}

}  // namespace recall::cases
