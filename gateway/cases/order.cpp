#include "gateway/cases/order.h"

#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/parse.h"
#include "gateway/store/listings.h"
#include "gateway/store/notices.h"

namespace recall::cases {
namespace {

// One line for each piece of evidence that speaks for the match: "gtin: 0400… = 400…".
std::vector<std::string> evidence_lines(std::string_view evidence_json) {
    std::vector<std::string> lines;
    const Result<xml::Document> tree = json::parse(evidence_json);
    if (!tree) return lines;
    for (xml::Node item = tree->root().first_child(); item; item = item.next_sibling()) {
        const auto member = [&item](std::string_view name) {
            const xml::Node child = item.child(name);
            return child ? child.text() : std::string();
        };
        if (member("for") != "true" || member("kind").empty()) continue;
        std::string line = member("kind");
        if (!member("notice").empty()) line += ": " + member("notice");
        if (!member("listing").empty()) line += " = " + member("listing");
        lines.push_back(std::move(line));
        if (lines.size() == evidence_lines_max) break;
    }
    return lines;
}

std::string product_name(const model::Notice& notice, long long index) {
    if (index < 0 || index >= static_cast<long long>(notice.products.size())) return {};
    const model::Product& product = notice.products[static_cast<std::size_t>(index)];
    return product.name.empty() ? std::string() : product.name.front().text;
}

}  // namespace

model::TakedownOrder compose_order(store::Session& session, const store::StoredMatch& match,
                                   const store::TakedownCase& opened,
                                   std::string_view legal_basis) {
    model::TakedownOrder order;
    order.order = opened.id;
    order.platform = match.platform;
    order.listing = match.listing;
    order.notice = match.notice;
    order.reason = match.reason;
    order.evidence = evidence_lines(match.evidence_json);
    order.deadline = opened.deadline;
    order.legal_basis = legal_basis;
    if (const auto stored = store::Listings(session).get(match.platform, match.listing)) {
        if (const auto listing = json::read_listing(stored->json)) {
            order.url = listing->url;
            order.title = listing->title;
        }
    }
    if (const auto stored = store::Notices(session).get(match.notice)) {
        if (const auto notice = json::read_kept_notice(stored->json)) {
            order.notice_number = notice->number;
            order.product = product_name(*notice, match.product);
        }
    }
    return order;
}

}  // namespace recall::cases
