#include "gateway/store/notices.h"

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 5> change_words{"unchanged", "created", "changed",
                                                       "vanished", "reappeared"};
constexpr std::string_view active = "active";
constexpr std::string_view vanished = "vanished";

constexpr Sql find_current{
    "notice.current",
    "select seq, revision, state, content_hash, raw_sha256 from notice where id = :id", "nnttt"};
constexpr Sql insert_notice{
    "notice.insert",
    "insert into notice (seq, id, source, jurisdiction, kind, hazards, risk_level, published_on, "
    "search_text, state, content_hash, raw_sha256, revision, change, first_stored_at, updated_at) "
    "values (:change, :id, :source, :jurisdiction, :kind, :hazards, :risk_level, :published_on, "
    ":search_text, 'active', :content_hash, :raw_sha256, 1, :change, :now, :now)"};
constexpr Sql update_notice{
    "notice.update",
    "update notice set jurisdiction = :jurisdiction, kind = :kind, hazards = :hazards, "
    "risk_level = :risk_level, published_on = :published_on, search_text = :search_text, "
    "state = 'active', content_hash = :content_hash, raw_sha256 = :raw_sha256, "
    "revision = :revision, change = :change, updated_at = :now where seq = :seq"};
constexpr Sql update_state{
    "notice.update_state",
    "update notice set state = :state, revision = :revision, change = :change, updated_at = :now "
    "where seq = :seq"};
constexpr Sql insert_revision{
    "notice_revision.insert",
    "insert into notice_revision (notice, revision, change_kind, json, content_hash, raw_sha256, "
    "stored_at) values (:notice, :revision, :change_kind, :json, :content_hash, :raw_sha256, "
    ":stored_at)"};
constexpr Sql insert_difference{
    "notice_difference.insert",
    "insert into notice_difference (notice, revision, position, path, old_value, new_value) "
    "values (:notice, :revision, :position, :path, :old_value, :new_value)"};
constexpr Sql find_json{
    "notice_revision.json",
    "select json from notice_revision where notice = :notice and revision = :revision", "t"};

std::string hazard_words(const model::Notice& notice) {
    std::string words = " ";
    for (const model::Hazard& hazard : notice.hazards)
        words += hazard.code + ' ';
    return words;
}

std::string publication_day(const model::Notice& notice) {
    return notice.published_on ? to_text(first_day(*notice.published_on)) : std::string();
}

std::string search_text(const NoticeUpsert& input) {
    if (!input.search_text.empty()) return std::string(input.search_text);
    std::string text = input.notice.number;
    for (const model::Text& title : input.notice.title)
        text += '\n' + title.text;
    return ascii_lower(text);
}

}  // namespace

std::string_view spelling(NoticeChange change) {
    return change_words[static_cast<std::size_t>(change)];
}

struct Notices::Current {
    long long seq = 0;
    long long revision = 0;
    std::string state;
    std::string content_hash;
    std::string raw_sha256;

    bool is_same(const NoticeUpsert& input) const {
        return state == active && content_hash == input.content_hash;
    }
};

std::optional<Notices::Current> Notices::current(std::string_view id) {
    Rows rows = session_.query(find_current, {{"id", id}});
    if (!rows.next()) return std::nullopt;
    return Current{rows.number(0), rows.number(1), rows.text(2), rows.text(3), rows.text(4)};
}

std::string Notices::json_of(const Current& notice) {
    Rows rows = session_.query(find_json, {{"notice", notice.seq}, {"revision", notice.revision}});
    RECALL_CHECK(rows.next(), "a notice's latest revision is stored with it");
    return rows.text(0);
}

NoticeOutcome Notices::keep(const NoticeUpsert& input, const Current& before) {
    static constexpr Sql renew_json{
        "notice_revision.renew",
        "update notice_revision set json = :json where notice = :notice and revision = :revision"};
    const auto& provenance = input.notice.provenance;
    // Looked for as text: to read every notice that did not change would take long.
    if (provenance && json_of(before).find('"' + provenance->mapping + '"') == std::string::npos) {
        session_.execute(
            renew_json,
            {{"json", input.json}, {"notice", before.seq}, {"revision", before.revision}});
    }
    return {NoticeChange::unchanged, before.revision, {}};
}

NoticeOutcome Notices::upsert(const NoticeUpsert& input, const ReadNotice& read, Instant now) {
    std::optional<Current> before = current(input.notice.id);
    if (before && before->is_same(input)) return keep(input, *before);
    const long long change = session_.next_change("notice");
    // Another session may have stored the notice before it let this one have the counter.
    if (session_.dialect() == Dialect::postgresql) before = current(input.notice.id);
    if (before && before->is_same(input)) return keep(input, *before);

    NoticeRevision revision{.revision = before ? before->revision + 1 : 1,
                            .change = NoticeChange::created,
                            .json = std::string(input.json),
                            .content_hash = std::string(input.content_hash),
                            .raw_sha256 = std::string(input.raw_sha256),
                            .stored_at = instant_text(now),
                            .differences = {}};
    if (!before) {
        insert(input, change, revision.stored_at);
        add_revision(change, revision);
        return {revision.change, revision.revision, {}};
    }
    if (before->content_hash != input.content_hash) {
        const Result<model::Notice> old = read(json_of(*before));
        if (!old) throw Failure(old.error());
        revision.differences = model::difference(*old, input.notice);
    }
    revision.change = NoticeChange::changed;
    if (before->state == vanished) {
        revision.change = NoticeChange::reappeared;
        revision.differences.push_back({"state", std::string(vanished), std::string(active)});
    }
    update(input, *before, change, revision.stored_at);
    add_revision(before->seq, revision);
    return {revision.change, revision.revision, std::move(revision.differences)};
}

Result<NoticeOutcome> Notices::mark_vanished(std::string_view id, Instant now) {
    const long long change = session_.next_change("notice");
    const std::optional<Current> before = current(id);
    if (!before) return {ErrorCode::not_found, "there is no notice " + std::string(id)};
    if (before->state == vanished) {
        return NoticeOutcome{NoticeChange::unchanged, before->revision, {}};
    }
    const NoticeRevision revision{
        .revision = before->revision + 1,
        .change = NoticeChange::vanished,
        .json = json_of(*before),
        .content_hash = before->content_hash,
        .raw_sha256 = before->raw_sha256,
        .stored_at = instant_text(now),
        .differences = {{"state", std::string(active), std::string(vanished)}}};
    session_.execute(update_state, {{"state", vanished},
                                    {"revision", revision.revision},
                                    {"change", change},
                                    {"now", revision.stored_at},
                                    {"seq", before->seq}});
    add_revision(before->seq, revision);
    return NoticeOutcome{revision.change, revision.revision, revision.differences};
}

void Notices::insert(const NoticeUpsert& input, long long change, std::string_view now) {
    const model::Notice& notice = input.notice;
    session_.execute(insert_notice, {{"change", change},
                                     {"id", notice.id},
                                     {"source", notice.source},
                                     {"jurisdiction", notice.jurisdiction},
                                     {"kind", notice.kind},
                                     {"hazards", hazard_words(notice)},
                                     {"risk_level", notice.risk_level},
                                     {"published_on", publication_day(notice)},
                                     {"search_text", search_text(input)},
                                     {"content_hash", input.content_hash},
                                     {"raw_sha256", input.raw_sha256},
                                     {"now", now}});
}

void Notices::update(const NoticeUpsert& input, const Current& before, long long change,
                     std::string_view now) {
    const model::Notice& notice = input.notice;
    session_.execute(update_notice, {{"jurisdiction", notice.jurisdiction},
                                     {"kind", notice.kind},
                                     {"hazards", hazard_words(notice)},
                                     {"risk_level", notice.risk_level},
                                     {"published_on", publication_day(notice)},
                                     {"search_text", search_text(input)},
                                     {"content_hash", input.content_hash},
                                     {"raw_sha256", input.raw_sha256},
                                     {"revision", before.revision + 1},
                                     {"change", change},
                                     {"now", now},
                                     {"seq", before.seq}});
}

void Notices::add_revision(long long seq, const NoticeRevision& revision) {
    session_.execute(insert_revision, {{"notice", seq},
                                       {"revision", revision.revision},
                                       {"change_kind", spelling(revision.change)},
                                       {"json", revision.json},
                                       {"content_hash", revision.content_hash},
                                       {"raw_sha256", revision.raw_sha256},
                                       {"stored_at", revision.stored_at}});
    long long position = 0;
    for (const model::FieldDifference& difference : revision.differences) {
        session_.execute(insert_difference, {{"notice", seq},
                                             {"revision", revision.revision},
                                             {"position", position++},
                                             {"path", difference.path},
                                             {"old_value", difference.before},
                                             {"new_value", difference.after}});
    }
}

std::vector<NoticeRevision> Notices::revisions(std::string_view id) {
    static constexpr Sql find_revisions{
        "notice_revision.list",
        "select r.notice, r.revision, r.change_kind, r.json, r.content_hash, r.raw_sha256, "
        "r.stored_at from notice n join notice_revision r on r.notice = n.seq where n.id = :id "
        "order by r.revision",
        "nnttttt"};
    static constexpr Sql find_differences{
        "notice_difference.list",
        "select path, old_value, new_value from notice_difference where notice = :notice and "
        "revision = :revision order by position",
        "ttt"};
    std::vector<NoticeRevision> found;
    Rows rows = session_.query(find_revisions, {{"id", id}});
    while (rows.next()) {
        NoticeRevision& revision = found.emplace_back(
            NoticeRevision{.revision = rows.number(1),
                           .change = read_word<NoticeChange>(change_words, rows.text(2)),
                           .json = rows.text(3),
                           .content_hash = rows.text(4),
                           .raw_sha256 = rows.text(5),
                           .stored_at = rows.text(6),
                           .differences = {}});
        Rows differences = session_.query(
            find_differences, {{"notice", rows.number(0)}, {"revision", revision.revision}});
        while (differences.next()) {
            revision.differences.push_back(
                {differences.text(0), differences.text(1), differences.text(2)});
        }
    }
    return found;
}

std::optional<NoticeRevision> Notices::revision(std::string_view id, long long number) {
    for (NoticeRevision& revision : revisions(id)) {
        if (revision.revision == number) return std::move(revision);
    }
    return std::nullopt;
}

}  // namespace recall::store
