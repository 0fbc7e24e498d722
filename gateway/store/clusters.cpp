#include "gateway/store/clusters.h"

#include <algorithm>
#include <array>

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

using model::KeyKind;
using model::LinkReason;
using model::NoticeKey;
using model::NoticeLink;
using model::Verdict;

constexpr std::string_view ruling_letters = "tttttt";

constexpr Sql list_keys{"notice_key.list",
                        "select kind, value from notice_key where notice = :notice "
                        "order by kind, value",
                        "tt"};
constexpr Sql delete_keys{"notice_key.delete", "delete from notice_key where notice = :notice"};
constexpr Sql insert_key{
    "notice_key.insert",
    "insert into notice_key (kind, value, notice) values (:kind, :value, :notice)"};
constexpr Sql find_holders{"notice_key.holders",
                           "select notice from notice_key where kind = :kind and value = :value "
                           "order by notice limit :rows",
                           "t"};
constexpr Sql list_links{"notice_link.list",
                         "select notice_a, notice_b, reason, field, value, firm from notice_link "
                         "where notice_a = :notice union all "
                         "select notice_a, notice_b, reason, field, value, firm from notice_link "
                         "where notice_b = :notice",
                         "tttttt"};
constexpr Sql insert_link{
    "notice_link.insert",
    "insert into notice_link (notice_a, notice_b, reason, field, value, firm) "
    "values (:a, :b, :reason, :field, :value, :firm)"};
constexpr Sql delete_links{"notice_link.delete",
                           "delete from notice_link where notice_a = :a and notice_b = :b"};
constexpr Sql insert_ruling{
    "cluster_ruling.insert",
    "insert into cluster_ruling (notice_a, notice_b, position, verdict, ruled_by, because, "
    "ruled_at) select :a, :b, count(*), :verdict, :by, :because, :at from cluster_ruling "
    "where notice_a = :a and notice_b = :b"};
constexpr Sql list_rulings{
    "cluster_ruling.list",
    "select notice_a, notice_b, verdict, ruled_by, because, ruled_at from cluster_ruling r "
    "where (notice_a = :notice or notice_b = :notice) and position = (select max(position) "
    "from cluster_ruling l where l.notice_a = r.notice_a and l.notice_b = r.notice_b) "
    "order by notice_a, notice_b",
    ruling_letters};
constexpr Sql ruling_history{
    "cluster_ruling.history",
    "select notice_a, notice_b, verdict, ruled_by, because, ruled_at from cluster_ruling "
    "where notice_a = :a and notice_b = :b order by position",
    ruling_letters};
constexpr Sql find_member{
    "notice_cluster.get",
    "select notice, teller, told_on, cluster from notice_cluster where notice = :notice", "tttt"};
constexpr Sql list_members{
    "notice_cluster.members",
    "select notice, teller, told_on, cluster from notice_cluster where cluster = :cluster "
    "order by notice limit :rows",
    "tttt"};
constexpr Sql upsert_member{
    "notice_cluster.set",
    "insert into notice_cluster (notice, teller, told_on, cluster) "
    "values (:notice, :teller, :told_on, :cluster) on conflict (notice) do update set "
    "teller = excluded.teller, told_on = excluded.told_on, cluster = excluded.cluster"};
constexpr Sql list_clusters{
    "notice_cluster.list",
    "select cluster, count(*) from notice_cluster where cluster > :after group by cluster "
    "having count(*) > 1 order by cluster limit :rows",
    "tn"};
constexpr std::array<Sql, 3> clear_all{{{"notice_key.clear", "delete from notice_key"},
                                        {"notice_link.clear", "delete from notice_link"},
                                        {"notice_cluster.clear", "delete from notice_cluster"}}};

template <class Enum>
Enum read_spelling(std::string_view word, int count) {
    for (int i = 0; i < count; ++i) {
        if (spelling(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
    }
    throw Failure(ErrorCode::database, "a column holds a word this version does not know");
}

KeyKind read_kind(std::string_view word) {
    return read_spelling<KeyKind>(word, static_cast<int>(KeyKind::refers) + 1);
}
LinkReason read_reason(std::string_view word) {
    return read_spelling<LinkReason>(word, static_cast<int>(LinkReason::shared_model) + 1);
}
Verdict read_verdict(std::string_view word) {
    return read_spelling<Verdict>(word, static_cast<int>(Verdict::undone) + 1);
}

std::vector<Ruling> rulings_of(Rows rows) {
    std::vector<Ruling> found;
    while (rows.next()) {
        found.push_back({rows.text(0), rows.text(1), read_verdict(rows.text(2)), rows.text(3),
                         rows.text(4), rows.text(5)});
    }
    return found;
}

ClusterMember member_of(const Rows& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3)};
}

long long bounded(std::size_t rows) {
    return static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
}

}  // namespace

std::vector<NoticeKey> Clusters::keys(std::string_view notice) {
    std::vector<NoticeKey> found;
    Rows rows = session_.query(list_keys, {{"notice", notice}});
    while (rows.next())
        found.push_back({read_kind(rows.text(0)), rows.text(1)});
    return found;
}

void Clusters::set_keys(std::string_view notice, const std::vector<NoticeKey>& keys) {
    session_.execute(delete_keys, {{"notice", notice}});
    for (const NoticeKey& key : keys) {
        session_.execute(insert_key,
                         {{"kind", spelling(key.kind)}, {"value", key.value}, {"notice", notice}});
    }
}

std::vector<std::string> Clusters::holders(const NoticeKey& key, std::size_t rows) {
    std::vector<std::string> found;
    Rows ids = session_.query(
        find_holders,
        {{"kind", spelling(key.kind)}, {"value", key.value}, {"rows", bounded(rows)}});
    while (ids.next())
        found.push_back(ids.text(0));
    return found;
}

std::vector<NoticeLink> Clusters::links(std::string_view notice) {
    std::vector<NoticeLink> found;
    Rows rows = session_.query(list_links, {{"notice", notice}});
    while (rows.next()) {
        found.push_back({rows.text(0), rows.text(1), read_reason(rows.text(2)), rows.text(3),
                         rows.text(4), rows.text(5)});
    }
    return found;
}

void Clusters::add_link(const NoticeLink& link) {
    session_.execute(insert_link, {{"a", link.a},
                                   {"b", link.b},
                                   {"reason", spelling(link.reason)},
                                   {"field", link.field},
                                   {"value", link.value},
                                   {"firm", link.firm}});
}

void Clusters::remove_links(std::string_view a, std::string_view b) {
    session_.execute(delete_links, {{"a", a}, {"b", b}});
}

void Clusters::add_ruling(const Ruling& ruling) {
    session_.execute(insert_ruling, {{"a", ruling.a},
                                     {"b", ruling.b},
                                     {"verdict", spelling(ruling.verdict)},
                                     {"by", ruling.by},
                                     {"because", ruling.because},
                                     {"at", ruling.at}});
}

std::vector<Ruling> Clusters::rulings(std::string_view notice) {
    return rulings_of(session_.query(list_rulings, {{"notice", notice}}));
}

std::vector<Ruling> Clusters::history(std::string_view a, std::string_view b) {
    return rulings_of(session_.query(ruling_history, {{"a", a}, {"b", b}}));
}

std::optional<ClusterMember> Clusters::member(std::string_view notice) {
    Rows rows = session_.query(find_member, {{"notice", notice}});
    if (!rows.next()) return std::nullopt;
    return member_of(rows);
}

std::vector<ClusterMember> Clusters::members(std::string_view cluster, std::size_t rows) {
    std::vector<ClusterMember> found;
    Rows page = session_.query(list_members, {{"cluster", cluster}, {"rows", bounded(rows)}});
    while (page.next())
        found.push_back(member_of(page));
    return found;
}

void Clusters::set_member(const ClusterMember& member) {
    session_.execute(upsert_member, {{"notice", member.notice},
                                     {"teller", member.teller},
                                     {"told_on", member.told_on},
                                     {"cluster", member.cluster}});
}

Result<Page<ClusterSize>> Clusters::list(std::string_view cursor, std::size_t rows) {
    const Result<std::optional<Position>> position = read_cursor(cursor);
    if (!position) return position.error();
    const std::size_t wanted = std::clamp<std::size_t>(rows, 1, page_rows_max);
    Page<ClusterSize> page;
    Rows found =
        session_.query(list_clusters, {{"after", *position ? (*position)->text : std::string()},
                                       {"rows", static_cast<long long>(wanted + 1)}});
    while (found.next()) {
        if (page.rows.size() == wanted) {
            page.cursor = write_cursor({page.rows.back().cluster, 0});
            break;
        }
        page.rows.push_back({found.text(0), found.number(1)});
    }
    return page;
}

void Clusters::clear() {
    for (const Sql& sql : clear_all)
        session_.execute(sql, {});
}

}  // namespace recall::store
