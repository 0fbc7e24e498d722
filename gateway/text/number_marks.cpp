#include "gateway/text/number_marks.h"

#include <unicode/dcfmtsym.h>
#include <unicode/locid.h>

namespace recall::text {

char decimal_mark(const std::string& language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(language, status);
    const icu::DecimalFormatSymbols symbols(locale, status);
    if (U_FAILURE(status)) return '.';
    const icu::UnicodeString mark =
        symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol);
    return mark == icu::UnicodeString(u',') ? ',' : '.';
}

}  // namespace recall::text
