#include "gateway/store/totals.h"

#include "gateway/base/check.h"

namespace recall::store {
namespace {

constexpr Sql count_all{
    "totals",
    "select (select count(*) from notice), (select count(*) from listing), "
    "(select count(*) from listing_match where state = 'open' and decision = 'match'), "
    "(select count(*) from listing_match where state = 'open' and decision = 'review'), "
    "(select count(*) from takedown_case where state <> 'closed'), "
    "(select count(*) from takedown_case where state = 'closed'), "
    "(select count(*) from quarantine where state = 'open')",
    "nnnnnnn"};

}  // namespace

Totals totals(Session& session) {
    Rows rows = session.query(count_all, {});
    RECALL_CHECK(rows.next(), "counts are always one row");
    return {rows.number(0), rows.number(1), rows.number(2), rows.number(3),
            rows.number(4), rows.number(5), rows.number(6)};
}

}  // namespace recall::store
