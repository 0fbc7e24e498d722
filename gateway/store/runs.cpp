#include "gateway/store/runs.h"

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"
#include "gateway/store/page.h"

#include <algorithm>

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 4> state_words{"running", "healthy", "degraded", "failed"};

constexpr Sql insert_run{
    "run.insert",
    "insert into run (source, started_at, finished_at, state, reason, fetched, created, changed, "
    "unchanged, vanished, quarantined) values (:source, :now, '', 'running', '', 0, 0, 0, 0, 0, 0) "
    "returning id",
    "n"};
constexpr Sql finish_run{
    "run.finish",
    "update run set finished_at = :now, state = :state, reason = :reason, fetched = :fetched, "
    "created = :created, changed = :changed, unchanged = :unchanged, vanished = :vanished, "
    "quarantined = :quarantined where id = :id"};
constexpr Sql list_runs{
    "run.list",
    "select id, source, started_at, finished_at, state, reason, fetched, created, changed, "
    "unchanged, vanished, quarantined from run where (:any_source = 1 or source = :source) "
    "order by id desc limit :rows",
    "ntttttnnnnnn"};
constexpr Sql fail_runs{"run.fail_unfinished",
                        "update run set finished_at = :now, state = 'failed', reason = :reason "
                        "where source = :source and state = 'running'"};

}  // namespace

std::string_view spelling(RunState state) { return state_words[static_cast<std::size_t>(state)]; }

long long Runs::start(std::string_view source, Instant now) {
    Rows rows = session_.query(insert_run, {{"source", source}, {"now", instant_text(now)}});
    RECALL_CHECK(rows.next(), "an insert returns its row");
    return rows.number(0);
}

void Runs::finish(long long id, RunState state, std::string_view reason, const RunCounts& counts,
                  Instant now) {
    const long long finished = session_.execute(finish_run, {{"now", instant_text(now)},
                                                             {"state", spelling(state)},
                                                             {"reason", shown_text(reason)},
                                                             {"fetched", counts.fetched},
                                                             {"created", counts.created},
                                                             {"changed", counts.changed},
                                                             {"unchanged", counts.unchanged},
                                                             {"vanished", counts.vanished},
                                                             {"quarantined", counts.quarantined},
                                                             {"id", id}});
    RECALL_CHECK(finished == 1, "a run that is finished was started");
}

std::optional<Run> Runs::latest(std::string_view source) {
    std::vector<Run> runs = list(source, 1);
    if (runs.empty()) return std::nullopt;
    return std::move(runs.front());
}

std::vector<Run> Runs::list(std::string_view source, std::size_t rows) {
    const auto wanted = static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
    std::vector<Run> runs;
    Rows found = session_.query(
        list_runs,
        {{"any_source", source.empty() ? 1LL : 0LL}, {"source", source}, {"rows", wanted}});
    while (found.next()) {
        runs.push_back({.id = found.number(0),
                        .source = found.text(1),
                        .started_at = found.text(2),
                        .finished_at = found.text(3),
                        .state = read_word<RunState>(state_words, found.text(4)),
                        .reason = found.text(5),
                        .counts = {found.number(6), found.number(7), found.number(8),
                                   found.number(9), found.number(10), found.number(11)}});
    }
    return runs;
}

long long Runs::fail_unfinished(std::string_view source, std::string_view reason, Instant now) {
    return session_.execute(fail_runs,
                            {{"now", instant_text(now)}, {"reason", reason}, {"source", source}});
}

}  // namespace recall::store
