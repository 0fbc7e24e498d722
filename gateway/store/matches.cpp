#include "gateway/store/matches.h"

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"

#include <algorithm>

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 3> state_words{"open", "confirmed", "rejected"};
constexpr std::array<std::string_view, 3> decision_words{"match", "review", "no_match"};

constexpr Sql save_match{
    "listing_match.save",
    "insert into listing_match (platform, listing, notice, product, score, decision, evidence, "
    "state, found_at, updated_at, decided_by, decided_at, reason) values (:platform, :listing, "
    ":notice, :product, :score, :decision, :evidence, 'open', :now, :now, '', '', '') "
    "on conflict (platform, listing, notice, product) do update set score = excluded.score, "
    "decision = excluded.decision, evidence = excluded.evidence, updated_at = excluded.updated_at "
    "returning id",
    "n"};
constexpr Sql find_match{
    "listing_match.get",
    "select id, platform, listing, notice, product, score, decision, evidence, state, found_at, "
    "updated_at, decided_by, decided_at, reason from listing_match where id = :id",
    "ntttnrtttttttt"};
constexpr Sql list_matches{
    "listing_match.list",
    "select id, platform, listing, notice, product, score, decision, evidence, state, found_at, "
    "updated_at, decided_by, decided_at, reason from listing_match where id > :after "
    "and (:platform = '' or platform = :platform) and (:listing = '' or listing = :listing) "
    "and (:notice = '' or notice = :notice) and (:state = '' or state = :state) "
    "and (:decision = '' or decision = :decision) order by id limit :rows",
    "ntttnrtttttttt"};
constexpr Sql set_state{
    "listing_match.decide",
    "update listing_match set state = :state, decided_by = :by, decided_at = :now, "
    "reason = :reason, updated_at = :now where id = :id and state = :expected"};
constexpr Sql insert_verdict{
    "match_verdict.insert",
    "insert into match_verdict (match_id, position, state, decided_by, reason, decided_at) "
    "select cast(:id as bigint), count(*), :state, :by, :reason, :now from match_verdict where "
    "match_id = :id"};
constexpr Sql list_verdicts{
    "match_verdict.list",
    "select state, decided_by, reason, decided_at from match_verdict where match_id = :id "
    "order by position",
    "tttt"};

StoredMatch match_of(const Rows& row) {
    return {.id = row.number(0),
            .platform = row.text(1),
            .listing = row.text(2),
            .notice = row.text(3),
            .product = row.number(4),
            .score = row.real(5),
            .decision = read_word<model::Decision>(decision_words, row.text(6)),
            .evidence_json = row.text(7),
            .state = read_word<MatchState>(state_words, row.text(8)),
            .found_at = row.text(9),
            .updated_at = row.text(10),
            .decided_by = row.text(11),
            .decided_at = row.text(12),
            .reason = row.text(13)};
}

}  // namespace

std::string_view spelling(MatchState state) { return state_words[static_cast<std::size_t>(state)]; }

long long Matches::save(const model::Match& match, std::string_view platform,
                        std::string_view evidence_json, Instant now) {
    Rows rows = session_.query(save_match, {{"platform", platform},
                                            {"listing", match.listing},
                                            {"notice", match.notice},
                                            {"product", match.product},
                                            {"score", match.score},
                                            {"decision", model::spelling(match.decision)},
                                            {"evidence", evidence_json},
                                            {"now", instant_text(now)}});
    RECALL_CHECK(rows.next(), "an upsert returns its row");
    return rows.number(0);
}

std::optional<StoredMatch> Matches::get(long long id) {
    Rows rows = session_.query(find_match, {{"id", id}});
    if (!rows.next()) return std::nullopt;
    return match_of(rows);
}

Result<Page<StoredMatch>> Matches::list(const MatchFilter& filter, std::string_view cursor,
                                        std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<StoredMatch> page;
    Rows found = session_.query(
        list_matches, {{"after", *position ? (*position)->number : 0},
                       {"platform", filter.platform},
                       {"listing", filter.listing},
                       {"notice", filter.notice},
                       {"state", filter.state ? spelling(*filter.state) : ""},
                       {"decision", filter.decision ? model::spelling(*filter.decision) : ""},
                       {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({"", page.rows.back().id});
            break;
        }
        page.rows.push_back(match_of(found));
    }
    return page;
}

Result<void> Matches::decide(long long id, MatchState expected, const Verdict& verdict,
                             Instant now) {
    const std::string at = instant_text(now);
    const long long decided = session_.execute(set_state, {{"state", spelling(verdict.state)},
                                                           {"by", verdict.by},
                                                           {"now", at},
                                                           {"reason", verdict.reason},
                                                           {"id", id},
                                                           {"expected", spelling(expected)}});
    if (decided == 0) {
        if (get(id)) return {ErrorCode::conflict, "somebody else decided on this match"};
        return {ErrorCode::not_found, "there is no match " + std::to_string(id)};
    }
    session_.execute(insert_verdict, {{"id", id},
                                      {"state", spelling(verdict.state)},
                                      {"by", verdict.by},
                                      {"reason", verdict.reason},
                                      {"now", at}});
    return {};
}

std::vector<Verdict> Matches::verdicts(long long id) {
    std::vector<Verdict> found;
    Rows rows = session_.query(list_verdicts, {{"id", id}});
    while (rows.next()) {
        found.push_back({read_word<MatchState>(state_words, rows.text(0)), rows.text(1),
                         rows.text(2), rows.text(3)});
    }
    return found;
}

}  // namespace recall::store
