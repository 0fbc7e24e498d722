#include "gateway/cases/case_json.h"

namespace recall::cases {

void write_case(json::Writer& out, const store::TakedownCase& found) {
    out.begin_object()
        .member("id", found.id)
        .member("match", found.match_id)
        .member("platform", found.platform)
        .member("listing", found.listing)
        .member("notice", found.notice)
        .member("state", spelling(found.state));
    const auto member = [&out](std::string_view name, const std::string& value) {
        if (!value.empty()) out.member(name, value);
    };
    member("partner", found.partner);
    member("order_message", found.order_message);
    member("deadline", found.deadline);
    member("outcome", found.outcome);
    member("note", found.note);
    member("opened_by", found.opened_by);
    member("opened_at", found.opened_at);
    member("closed_at", found.closed_at);
    if (found.report_position != 0) out.member("report_position", found.report_position);
    out.end_object();
}

}  // namespace recall::cases
