#include "gateway/store/partners.h"

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::string_view column_letters = "tttt";
constexpr Sql find_partner{"partner.get",
                           "select id, definition, added_by, added_at from partner where id = :id",
                           column_letters};
constexpr Sql find_by_certificate{
    "partner.by_certificate",
    "select p.id, p.definition, p.added_by, p.added_at from partner p "
    "join partner_connection c on c.partner = p.id where c.sha256 = :sha256",
    column_letters};
constexpr Sql find_by_platform{
    "partner.by_platform",
    "select p.id, p.definition, p.added_by, p.added_at from partner p "
    "join partner_platform s on s.partner = p.id where s.platform = :platform",
    column_letters};
constexpr Sql list_partners{"partner.list",
                            "select id, definition, added_by, added_at from partner order by id",
                            column_letters};
constexpr Sql put_partner{
    "partner.put",
    "insert into partner (id, definition, added_by, added_at) "
    "values (:id, :definition, :by, :now) on conflict (id) do update set "
    "definition = excluded.definition, added_by = excluded.added_by, added_at = excluded.added_at"};
constexpr Sql put_certificate{
    "partner_connection.put",
    "insert into partner_connection (sha256, partner) values (:sha256, :partner)"};
constexpr Sql put_platform{
    "partner_platform.put",
    "insert into partner_platform (platform, partner) values (:platform, :partner)"};
constexpr Sql forget_certificates{"partner_connection.forget",
                                  "delete from partner_connection where partner = :partner"};
constexpr Sql forget_platforms{"partner_platform.forget",
                               "delete from partner_platform where partner = :partner"};
constexpr Sql delete_partner{"partner.delete", "delete from partner where id = :id"};

StoredPartner partner_of(const Rows& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3)};
}

std::optional<StoredPartner> first(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return partner_of(rows);
}

}  // namespace

Result<void> Partners::put(const StoredPartner& partner,
                           const std::vector<std::string>& certificates,
                           const std::vector<std::string>& platforms, Instant now) {
    for (const std::string& certificate : certificates) {
        const auto owner = by_certificate(certificate);
        if (owner && owner->id != partner.id) {
            return {ErrorCode::conflict,
                    "the certificate " + certificate + " belongs to partner " + owner->id};
        }
    }
    for (const std::string& platform : platforms) {
        const auto owner = by_platform(platform);
        if (owner && owner->id != partner.id) {
            return {ErrorCode::conflict,
                    "the platform " + platform + " is served by partner " + owner->id};
        }
    }
    session_.execute(put_partner, {{"id", partner.id},
                                   {"definition", partner.definition},
                                   {"by", partner.added_by},
                                   {"now", instant_text(now)}});
    forget_lookups(partner.id);
    for (const std::string& certificate : certificates) {
        session_.execute(put_certificate, {{"sha256", certificate}, {"partner", partner.id}});
    }
    for (const std::string& platform : platforms) {
        session_.execute(put_platform, {{"platform", platform}, {"partner", partner.id}});
    }
    return {};
}

void Partners::forget_lookups(std::string_view id) {
    session_.execute(forget_certificates, {{"partner", id}});
    session_.execute(forget_platforms, {{"partner", id}});
}

bool Partners::remove(std::string_view id) {
    forget_lookups(id);
    return session_.execute(delete_partner, {{"id", id}}) == 1;
}

std::optional<StoredPartner> Partners::get(std::string_view id) {
    return first(session_.query(find_partner, {{"id", id}}));
}

std::optional<StoredPartner> Partners::by_certificate(std::string_view sha256) {
    return first(session_.query(find_by_certificate, {{"sha256", sha256}}));
}

std::optional<StoredPartner> Partners::by_platform(std::string_view platform) {
    return first(session_.query(find_by_platform, {{"platform", platform}}));
}

std::vector<StoredPartner> Partners::list() {
    std::vector<StoredPartner> found;
    Rows rows = session_.query(list_partners, {});
    while (rows.next())
        found.push_back(partner_of(rows));
    return found;
}

}  // namespace recall::store
