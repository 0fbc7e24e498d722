#include "gateway/store/api_keys.h"

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr Sql insert_key{
    "api_key.insert",
    "insert into api_key (id, key_hash, role, platform, label, created_at, revoked_at) "
    "values (:id, :key_hash, :role, :platform, :label, :now, '') on conflict do nothing"};
constexpr Sql find_key{
    "api_key.find_valid",
    "select id, key_hash, role, platform, label, created_at, revoked_at from api_key "
    "where key_hash = :key_hash and revoked_at = ''",
    "ttttttt"};
constexpr Sql list_keys{
    "api_key.list",
    "select id, key_hash, role, platform, label, created_at, revoked_at from api_key "
    "order by created_at, id",
    "ttttttt"};
constexpr Sql revoke_key{"api_key.revoke",
                         "update api_key set revoked_at = :now where id = :id and revoked_at = ''"};
constexpr Sql count_key{"api_key.count", "select count(*) from api_key where id = :id", "n"};

ApiKey key_of(const Rows& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3),
            row.text(4), row.text(5), row.text(6)};
}

}  // namespace

Result<void> ApiKeys::add(const ApiKey& key, Instant now) {
    const long long added = session_.execute(insert_key, {{"id", key.id},
                                                          {"key_hash", key.key_hash},
                                                          {"role", key.role},
                                                          {"platform", key.platform},
                                                          {"label", key.label},
                                                          {"now", instant_text(now)}});
    if (added == 1) return {};
    return {ErrorCode::conflict, "there is already an API key " + key.id};
}

std::optional<ApiKey> ApiKeys::find_valid(std::string_view key_hash) {
    Rows rows = session_.query(find_key, {{"key_hash", key_hash}});
    if (!rows.next()) return std::nullopt;
    return key_of(rows);
}

std::vector<ApiKey> ApiKeys::list() {
    std::vector<ApiKey> keys;
    Rows rows = session_.query(list_keys, {});
    while (rows.next())
        keys.push_back(key_of(rows));
    return keys;
}

Result<void> ApiKeys::revoke(std::string_view id, Instant now) {
    if (session_.execute(revoke_key, {{"now", instant_text(now)}, {"id", id}}) == 1) return {};
    Rows rows = session_.query(count_key, {{"id", id}});
    if (rows.next() && rows.number(0) == 1) {
        return {ErrorCode::conflict, "the API key was revoked before"};
    }
    return {ErrorCode::not_found, "there is no such API key"};
}

}  // namespace recall::store
