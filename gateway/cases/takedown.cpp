#include "gateway/cases/takedown.h"

#include <algorithm>
#include <array>

#include "gateway/base/uuid.h"
#include "gateway/cases/order.h"
#include "gateway/exchange/enqueue.h"
#include "gateway/exchange/partners.h"
#include "gateway/store/inbox.h"
#include "gateway/store/matches.h"
#include "gateway/store/outbox.h"
#include "gateway/xml/message_xml.h"

namespace recall::cases {
namespace {

constexpr std::array<std::string_view, 4> outcomes = {"removed", "refused", "not_found", "partly"};

Error unknown_match(long long id) {
    return {ErrorCode::not_found, "there is no match " + std::to_string(id)};
}

// Puts the order into the outbox and returns its message id.
std::string enqueue_order(store::Session& session, const exchange::Identity& identity,
                          const model::Partner& partner, const model::TakedownOrder& order,
                          Instant now) {
    model::Message draft;
    draft.kind = model::message_kind::takedown_order;
    draft.action = "new";
    draft.subject = {order.order, 1};
    draft.references = {{order.notice, 0, {}}};
    draft.conversation = order.order;
    draft.payload = order;
    return exchange::enqueue(session, identity, partner, std::move(draft), now);
}

Result<store::TakedownCase> order_case(store::Session& session, const exchange::Identity& identity,
                                       std::string_view id, Instant now) {
    store::Cases cases(session);
    auto found = cases.get(id);
    if (!found) return Error{ErrorCode::not_found, "there is no case " + std::string(id)};
    if (found->state != store::CaseState::opened) {
        return Error{ErrorCode::conflict, "the case has its order already"};
    }
    const auto partner = exchange::partner_of_platform(session, found->platform);
    if (!partner) {
        return Error{ErrorCode::conflict, "no partner serves the platform " + found->platform +
                                              "; add one with `recallgw partner add`"};
    }
    const auto match = store::Matches(session).get(found->match_id);
    if (!match) return unknown_match(found->match_id);
    found->order_message = enqueue_order(session, identity, *partner,
                                         compose_order(session, *match, *found, found->note), now);
    found->partner = partner->id;
    found->state = store::CaseState::ordered;
    if (auto set = cases.set_order(id, partner->id, found->order_message); !set) return set.error();
    return *found;
}

Result<std::string> answer(store::Session& session, const exchange::Identity& identity,
                           const model::TakedownReport& report, Instant now) {
    const auto order =
        store::Inbox(session).in_conversation(model::message_kind::takedown_order, report.order);
    if (!order) return Error{ErrorCode::not_found, "no order " + report.order + " came in"};
    if (store::Outbox(session).has(model::message_kind::takedown_report, report.order)) {
        return Error{ErrorCode::conflict, "the order is answered already"};
    }
    const auto partner = exchange::find_partner(session, order->sender);
    if (!partner) {
        return Error{ErrorCode::conflict,
                     "the sender " + order->sender + " is no partner any more"};
    }
    model::Message draft;
    draft.kind = model::message_kind::takedown_report;
    draft.action = "new";
    draft.subject = {report.order, 2};
    draft.conversation = report.order;
    draft.in_reply_to = order->message_id;
    draft.payload = report;
    return exchange::enqueue(session, identity, *partner, std::move(draft), now);
}

Result<void> close_case(store::Session& session, const exchange::Received& received) {
    const auto& report = std::get<model::TakedownReport>(received.message.payload);
    store::Cases cases(session);
    auto found = cases.get(report.order);
    if (!found || found->partner != received.partner.id ||
        found->state != store::CaseState::ordered) {
        return {ErrorCode::rule_order, "no order " + report.order + " of ours waits for an answer"};
    }
    found->outcome = report.outcome;
    found->note = report.note;
    found->report_position = received.position;
    return cases.close(*found, received.now);
}

}  // namespace

Result<store::TakedownCase> confirm_match(store::Session& session,
                                          const exchange::Identity* identity,
                                          const Confirmation& confirmation, Instant now) {
    store::Matches matches(session);
    const store::Verdict verdict{.state = store::MatchState::confirmed,
                                 .by = confirmation.by,
                                 .reason = confirmation.reason,
                                 .at = {}};
    const auto decided = matches.decide(confirmation.match, store::MatchState::open, verdict, now);
    if (!decided) return decided.error();
    const auto match = matches.get(confirmation.match);
    if (!match) return unknown_match(confirmation.match);
    store::TakedownCase opened;
    opened.id = make_uuid(now);
    opened.match_id = match->id;
    opened.platform = match->platform;
    opened.listing = match->listing;
    opened.notice = match->notice;
    opened.deadline = to_text(now + confirmation.answer_time);
    opened.note = confirmation.legal_basis;
    opened.opened_by = confirmation.by;
    opened.opened_at = to_text(now);
    const auto partner = exchange::partner_of_platform(session, match->platform);
    if (identity != nullptr && partner) {
        opened.state = store::CaseState::ordered;
        opened.partner = partner->id;
        opened.order_message =
            enqueue_order(session, *identity, *partner,
                          compose_order(session, *match, opened, confirmation.legal_basis), now);
    }
    store::Cases(session).open(opened);
    return opened;
}

Result<store::TakedownCase> confirm_match(store::Database& database,
                                          const exchange::Identity* identity,
                                          const Confirmation& confirmation, Instant now) {
    return store::in_write_transaction(database, [&](store::Session& session) {
        return confirm_match(session, identity, confirmation, now);
    });
}

Result<void> reject_match(store::Session& session, long long match, std::string_view by,
                          std::string_view reason, Instant now) {
    const store::Verdict verdict{.state = store::MatchState::rejected,
                                 .by = std::string(by),
                                 .reason = std::string(reason),
                                 .at = {}};
    return store::Matches(session).decide(match, store::MatchState::open, verdict, now);
}

Result<void> reject_match(store::Database& database, long long match, std::string_view by,
                          std::string_view reason, Instant now) {
    return store::in_write_transaction(database, [&](store::Session& session) {
        return reject_match(session, match, by, reason, now);
    });
}

Result<store::TakedownCase> send_order(store::Database& database,
                                       const exchange::Identity& identity, std::string_view id,
                                       Instant now) {
    return store::in_write_transaction(
        database, [&](store::Session& session) { return order_case(session, identity, id, now); });
}

Result<std::string> answer_order(store::Database& database, const exchange::Identity& identity,
                                 const model::TakedownReport& report, Instant now) {
    if (std::ranges::find(outcomes, report.outcome) == outcomes.end()) {
        return Error{ErrorCode::bad_value, "an outcome is removed, refused, not_found or partly"};
    }
    return store::in_write_transaction(
        database, [&](store::Session& session) { return answer(session, identity, report, now); });
}

exchange::Effects effects() {
    return {{std::string(model::message_kind::takedown_report), close_case}};
}

}  // namespace recall::cases
