// Article numbers: an equal global one is the same product of the world, whatever the title says.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

// GS1 company prefixes have 7 to 10 digits; eight after the indicator is where they mostly end.
constexpr std::size_t firm_digits = 9;

}  // namespace

void gtin_evidence(const Pair& pair, Findings& out) {
    const std::vector<std::string>& ours = pair.line.gtins;
    if (ours.empty() || pair.query.gtins.empty()) return;
    bool same_firm = false;
    bool has_global = false;
    for (const text::Gtin& theirs : pair.query.gtins) {
        const bool global = theirs.gtin_class == text::GtinClass::global;
        const bool proves = global || theirs.gtin_class == text::GtinClass::publication;
        has_global = has_global || proves;
        if (std::ranges::binary_search(ours, theirs.digits)) {
            out.push_back({proves ? Level::gtin_equal : Level::gtin_restricted, theirs.digits,
                           theirs.digits});
            return;
        }
        for (const std::string& digits : ours) {
            if (proves && text::unit_gtin(digits) == text::unit_gtin(theirs.digits)) {
                out.push_back({Level::gtin_pack, digits, theirs.digits});
                return;
            }
            same_firm = same_firm ||
                        digits.compare(1, firm_digits - 1, theirs.digits, 1, firm_digits - 1) == 0;
        }
    }
    if (!has_global) return;
    out.push_back({same_firm ? Level::gtin_same_firm : Level::gtin_other, ours.front(),
                   pair.query.gtins.front().digits});
}

}  // namespace recall::match
