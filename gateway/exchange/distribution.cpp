#include "gateway/exchange/distribution.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/log.h"
#include "gateway/exchange/enqueue.h"
#include "gateway/exchange/partners.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/store/outbox.h"
#include "gateway/store/source_state.h"

namespace recall::exchange {
namespace {

constexpr std::string_view partner_source = "partner:";
constexpr std::size_t notices_per_transaction = 50;

bool has(const std::vector<std::string>& wanted, std::string_view word) {
    return wanted.empty() || std::ranges::find(wanted, word) != wanted.end();
}

bool has_hazard(const std::vector<std::string>& wanted, const model::Notice& notice) {
    return wanted.empty() || std::ranges::any_of(notice.hazards, [&](const model::Hazard& hazard) {
               return has(wanted, hazard.code);
           });
}

bool has_origin(const std::vector<std::string>& wanted, const model::Notice& notice) {
    return wanted.empty() ||
           std::ranges::any_of(notice.products, [&](const model::Product& product) {
               return std::ranges::any_of(product.origin_countries, [&](const auto& country) {
                   return has(wanted, country);
               });
           });
}

std::string action_of(const model::Notice& notice, bool was_sent) {
    if (notice.status == "vanished" || notice.status == "withdrawn") return "withdraw";
    return was_sent ? "update" : "new";
}

// Whether a message was put into the outbox.
bool send_if_fit(store::Session& session, const Identity& identity, const model::Partner& partner,
                 const store::StoredNotice& stored, Instant now) {
    Result<model::Notice> notice =
        json::read_stored_notice(stored.json, stored.revision, stored.state);
    if (!notice) {
        log(notice.error(), "exchange", {{"notice", stored.id}});
        return false;
    }
    if (is_partner_source(notice->source) || !fits(partner, *notice)) return false;
    const bool was_sent = store::Outbox(session).latest_version(partner.id, stored.id) > 0;
    model::Message draft;
    draft.kind = model::message_kind::notice;
    draft.action = action_of(*notice, was_sent);
    // What a partner never got, it need not be told to withdraw.
    if (draft.action == "withdraw" && !was_sent) return false;
    draft.subject = {stored.id, stored.revision};
    draft.sensitivity = notice->sensitivity;
    draft.payload = *std::move(notice);
    enqueue(session, identity, partner, std::move(draft), now);
    return true;
}

struct Round {
    long long messages = 0;
    bool is_last = false;
};

Round distribute_some(store::Session& session, const Identity& identity,
                      const model::Partner& partner, Instant now) {
    const std::string source = "exchange/" + partner.id;
    store::Cursors cursors(session);
    const std::string cursor = cursors.get(source, "change").value_or("0");
    long long change = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), change);
    const auto changed = store::Notices(session).changed_after(change, notices_per_transaction);
    Round round;
    round.is_last = changed.size() < notices_per_transaction;
    if (changed.empty()) return round;
    for (const store::StoredNotice& stored : changed) {
        if (send_if_fit(session, identity, partner, stored, now)) ++round.messages;
    }
    cursors.set(source, "change", std::to_string(changed.back().change));
    return round;
}

// Reading needs no write lock; most looks find nothing new.
bool has_news(store::Session& session, const model::Partner& partner) {
    const std::string cursor =
        store::Cursors(session).get("exchange/" + partner.id, "change").value_or("0");
    long long change = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), change);
    return !store::Notices(session).changed_after(change, 1).empty();
}

}  // namespace

bool fits(const model::DistributionRule& rule, const model::Notice& notice) {
    return has(rule.jurisdictions, notice.jurisdiction) && has_hazard(rule.hazards, notice) &&
           has_origin(rule.origin_countries, notice) &&
           sensitivity_rank(notice.sensitivity) <= sensitivity_rank(rule.sensitivity);
}

bool fits(const model::Partner& partner, const model::Notice& notice) {
    return std::ranges::any_of(partner.distribution,
                               [&](const auto& rule) { return fits(rule, notice); });
}

long long distribute(store::Database& database, const Identity& identity, Instant now) {
    std::vector<model::Partner> partners;
    {
        const store::SessionLease session = database.lease();
        for (model::Partner& partner : all_partners(*session)) {
            if (!partner.distribution.empty() && has_news(*session, partner)) {
                partners.push_back(std::move(partner));
            }
        }
    }
    long long messages = 0;
    for (const model::Partner& partner : partners) {
        Round round;
        while (!round.is_last) {
            round = store::in_write_transaction(database, [&](store::Session& session) {
                return distribute_some(session, identity, partner, now);
            });
            messages += round.messages;
        }
    }
    return messages;
}

std::string source_of_partner(std::string_view partner) {
    return std::string(partner_source) + std::string(partner);
}

bool is_partner_source(std::string_view source) { return source.starts_with(partner_source); }

}  // namespace recall::exchange
