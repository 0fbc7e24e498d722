#include "gateway/text/month_names.h"

#include <algorithm>

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

namespace recall::text {
namespace {

std::u32string points_of(const icu::UnicodeString& text) {
    std::u32string out;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        out += char32_t(text.char32At(at));
    return out;
}

// A language without data of its own is given those of the root, or of the machine.
bool is_known(const icu::Locale& locale) {
    int32_t count = 0;
    const icu::Locale* const all = icu::Locale::getAvailableLocales(count);
    return std::any_of(all, all + count, [&](const icu::Locale& one) {
        return std::string_view(one.getLanguage()) == locale.getLanguage();
    });
}

}  // namespace

std::vector<std::pair<std::u32string, unsigned>> month_names(const std::string& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
    const icu::DateFormatSymbols symbols(locale, status);
    if (U_FAILURE(status) || !is_known(locale)) return {};
    std::vector<std::pair<std::u32string, unsigned>> out;
    for (const auto context :
         {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
        for (const auto width :
             {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
            int32_t count = 0;
            const icu::UnicodeString* const names = symbols.getMonths(count, context, width);
            for (int32_t i = 0; i < count; ++i) {
                icu::UnicodeString name(names[i]);
                if (name.endsWith(u".")) name.truncate(name.length() - 1);
                const auto month = unsigned(i + 1);
                out.emplace_back(points_of(name.toLower(locale)), month);
                out.emplace_back(points_of(name.toTitle(nullptr, locale)), month);
                out.emplace_back(points_of(name.toUpper(locale)), month);
            }
        }
    }
    return out;
}

}  // namespace recall::text
