#include "gateway/store/leases.h"

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr Sql take_lease{
    "work_lease.acquire",
    "insert into work_lease (name, owner, deadline) values (:name, :owner, :deadline) "
    "on conflict (name) do update set owner = excluded.owner, deadline = excluded.deadline "
    "where work_lease.owner = excluded.owner or work_lease.deadline <= :now"};
constexpr Sql end_lease{"work_lease.release",
                        "delete from work_lease where name = :name and owner = :owner"};
constexpr Sql find_holder{"work_lease.holder",
                          "select owner from work_lease where name = :name and deadline > :now",
                          "t"};

}  // namespace

bool Leases::acquire(std::string_view name, std::string_view owner, Instant now,
                     std::chrono::milliseconds length) {
    return session_.execute(take_lease, {{"name", name},
                                         {"owner", owner},
                                         {"deadline", instant_text(now + length)},
                                         {"now", instant_text(now)}}) == 1;
}

bool Leases::release(std::string_view name, std::string_view owner) {
    return session_.execute(end_lease, {{"name", name}, {"owner", owner}}) == 1;
}

std::optional<std::string> Leases::holder(std::string_view name, Instant now) {
    Rows rows = session_.query(find_holder, {{"name", name}, {"now", instant_text(now)}});
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

}  // namespace recall::store
