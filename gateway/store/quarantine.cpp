#include "gateway/store/quarantine.h"

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"
#include "gateway/store/compression.h"

#include <algorithm>

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 3> state_words{"open", "replayed", "dismissed"};

// The size of the bytes stands before the frame, as text and a line feed, because the frame alone
// would have to be trusted for it.
std::string packed(std::string_view bytes) {
    return std::to_string(bytes.size()) + '\n' + compressed(bytes);
}

std::string unpacked(std::string_view content) {
    const std::size_t end = content.find('\n');
    if (end == std::string_view::npos) {
        throw Failure(ErrorCode::database, "a quarantined record's bytes are damaged");
    }
    return decompressed(content.substr(end + 1), std::stoull(std::string(content.substr(0, end))));
}

constexpr Sql upsert_row{
    "quarantine.upsert",
    "insert into quarantine (source, record_key, raw_sha256, locator, content, state, "
    "first_seen_at, last_seen_at, times_seen, resolved_by, resolution, resolved_at) "
    "values (:source, :record_key, :raw_sha256, :locator, cast(:content as blob), 'open', :now, "
    ":now, 1, '', '', '') on conflict (source, record_key) do update set "
    "raw_sha256 = excluded.raw_sha256, locator = excluded.locator, content = excluded.content, "
    "state = 'open', last_seen_at = excluded.last_seen_at, "
    "times_seen = quarantine.times_seen + 1, resolved_by = '', resolution = '', resolved_at = '' "
    "returning id",
    "n"};
constexpr Sql delete_issues{"quarantine_issue.delete",
                            "delete from quarantine_issue where quarantine = :id"};
constexpr Sql insert_issue{"quarantine_issue.insert",
                           "insert into quarantine_issue (quarantine, position, code, path, value) "
                           "values (:id, :position, :code, :path, :value)"};
constexpr Sql find_issues{
    "quarantine_issue.list",
    "select code, path, value from quarantine_issue where quarantine = :id order by position",
    "ttt"};
constexpr Sql find_row{
    "quarantine.get",
    "select id, source, record_key, raw_sha256, locator, state, first_seen_at, last_seen_at, "
    "times_seen, resolved_by, resolution, content from quarantine where id = :id",
    "nttttt"
    "ttnttb"};
constexpr Sql list_rows{
    "quarantine.list",
    "select id, source, record_key, raw_sha256, locator, state, first_seen_at, last_seen_at, "
    "times_seen, resolved_by, resolution from quarantine where id > :after "
    "and (:any_source = 1 or source = :source) and (:any_state = 1 or state = :state) "
    "order by id limit :rows",
    "nttttt"
    "ttntt"};
constexpr Sql resolve_row{
    "quarantine.resolve",
    "update quarantine set state = :state, resolved_by = :by, resolution = :why, "
    "resolved_at = :now where id = :id and state = 'open'"};
constexpr Sql replay_row{
    "quarantine.mark_replayed",
    "update quarantine set state = 'replayed', resolved_by = 'mapping', resolved_at = :now "
    "where source = :source and record_key = :record_key and state = 'open'"};
constexpr Sql count_open{
    "quarantine.open_count",
    "select count(*) from quarantine where state = 'open' and source = :source", "n"};

QuarantinedRecord record_of(const Rows& row) {
    QuarantinedRecord record;
    record.id = row.number(0);
    record.source = row.text(1);
    record.key = row.text(2);
    record.raw_sha256 = row.text(3);
    record.locator = row.text(4);
    record.state = read_word<QuarantineState>(state_words, row.text(5));
    record.first_seen_at = row.text(6);
    record.last_seen_at = row.text(7);
    record.times_seen = row.number(8);
    record.resolved_by = row.text(9);
    record.resolution = row.text(10);
    return record;
}

}  // namespace

std::string_view spelling(QuarantineState state) {
    return state_words[static_cast<std::size_t>(state)];
}

long long Quarantine::add(const QuarantinedRecord& record, Instant now) {
    long long id = 0;
    {
        const std::string content = packed(record.bytes);
        Rows rows = session_.query(upsert_row, {{"source", record.source},
                                                {"record_key", shown_text(record.key)},
                                                {"raw_sha256", record.raw_sha256},
                                                {"locator", shown_text(record.locator)},
                                                {"content", Parameter::Bytes{content}},
                                                {"now", instant_text(now)}});
        RECALL_CHECK(rows.next(), "an upsert returns its row");
        id = rows.number(0);
    }
    session_.execute(delete_issues, {{"id", id}});
    long long position = 0;
    for (const Issue& issue : record.issues) {
        session_.execute(insert_issue, {{"id", id},
                                        {"position", position++},
                                        {"code", spelling(issue.code)},
                                        {"path", shown_text(issue.path)},
                                        {"value", shown_text(issue.value)}});
    }
    return id;
}

std::vector<Issue> Quarantine::issues(long long id) {
    std::vector<Issue> found;
    Rows rows = session_.query(find_issues, {{"id", id}});
    while (rows.next()) {
        const ErrorCode code = error_code(rows.text(0)).value_or(ErrorCode::internal);
        found.push_back({code, rows.text(1), rows.text(2)});
    }
    return found;
}

std::optional<QuarantinedRecord> Quarantine::get(long long id) {
    Rows rows = session_.query(find_row, {{"id", id}});
    if (!rows.next()) return std::nullopt;
    QuarantinedRecord record = record_of(rows);
    record.bytes = unpacked(rows.bytes(11));
    record.issues = issues(id);
    return record;
}

Result<Page<QuarantinedRecord>> Quarantine::list(std::string_view source,
                                                 std::optional<QuarantineState> state,
                                                 std::string_view cursor, std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<QuarantinedRecord> page;
    Rows found = session_.query(list_rows, {{"after", *position ? (*position)->number : 0},
                                            {"any_source", source.empty() ? 1LL : 0LL},
                                            {"source", source},
                                            {"any_state", state ? 0LL : 1LL},
                                            {"state", state ? spelling(*state) : ""},
                                            {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({"", page.rows.back().id});
            break;
        }
        page.rows.push_back(record_of(found));
        page.rows.back().issues = issues(page.rows.back().id);
    }
    return page;
}

Result<void> Quarantine::resolve(long long id, QuarantineState state, std::string_view by,
                                 std::string_view why, Instant now) {
    RECALL_CHECK(state != QuarantineState::open, "resolving closes the row");
    const long long closed = session_.execute(resolve_row, {{"state", spelling(state)},
                                                            {"by", by},
                                                            {"why", why},
                                                            {"now", instant_text(now)},
                                                            {"id", id}});
    if (closed == 1) return {};
    if (session_.query(find_row, {{"id", id}}).next()) {
        return {ErrorCode::conflict, "the quarantined record is not open any more"};
    }
    return {ErrorCode::not_found, "there is no quarantined record " + std::to_string(id)};
}

bool Quarantine::mark_replayed(std::string_view source, std::string_view key, Instant now) {
    return session_.execute(replay_row, {{"now", instant_text(now)},
                                         {"source", source},
                                         {"record_key", shown_text(key)}}) == 1;
}

long long Quarantine::open_count(std::string_view source) {
    Rows rows = session_.query(count_open, {{"source", source}});
    return rows.next() ? rows.number(0) : 0;
}

}  // namespace recall::store
