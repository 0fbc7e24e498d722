#include "gateway/ops/references.h"

#include "gateway/base/errors.h"
#include "gateway/mapping/converter.h"
#include "gateway/ops/feed_pages.h"
#include "gateway/settings/reference.h"

namespace recall::ops {
namespace {

std::string_view word(Retry retry) {
    switch (retry) {
        case Retry::never:
            return "never";
        case Retry::later:
            return "later";
        case Retry::after_operator:
            return "after the operator acted";
    }
    return "never";
}

std::string errors_page() {
    std::string out =
        "<!-- Generated from gateway/base/errors.def by `recallgw doctor --write-references`. Do "
        "not edit. -->\n# Error codes\n\nWhat logs, receipts and problem replies name. The status "
        "is that of an HTTP reply.\n\n| code | status | try again | meaning |\n|---|---|---|---|\n";
    constexpr ErrorCode codes[] = {
#define X(name, spelling, http_status, retry, log_level, meaning) ErrorCode::name,
#include "gateway/base/errors.def"
#undef X
    };
    for (const ErrorCode code : codes) {
        const ErrorFacts& known = facts(code);
        out += "| `" + std::string(known.spelling) + "` | " + std::to_string(known.http_status) +
               " | " + std::string(word(known.retry)) + " | " + std::string(known.meaning) + " |\n";
    }
    return out;
}

std::string converters_page() {
    std::string out =
        "<!-- Generated from gateway/mapping by `recallgw doctor --write-references`. Do not edit. "
        "-->\n# Converters\n\nWhat `as=\"…\"` chains in a mapping file. `lines`, `source-lines` "
        "and "
        "`raw` stand first and say\nhow the text of an element is taken: as a browser would break "
        "it, also with the line ends of the\npage's source, or untouched.\n\n| converter | "
        "arguments | what it does |\n|---|---|---|\n";
    for (const mapping::ConverterSpec& spec : mapping::converters()) {
        std::string count = std::to_string(spec.arguments_min);
        if (spec.arguments_max > spec.arguments_min)
            count += " to " + std::to_string(spec.arguments_max);
        std::string meaning;
        for (const char c : spec.meaning)
            meaning += c == '|' ? "\\|" : std::string(1, c);
        out += "| `" + std::string(spec.name) + "` | " + count + " | " + meaning + " |\n";
    }
    return out;
}

}  // namespace

std::vector<Generated> references() {
    std::vector<Generated> out = {{"docs/settings.md", settings::write_reference()},
                                  {"docs/errors.md", errors_page()},
                                  {"docs/converters.md", converters_page()},
                                  {"config/gateway.xml", settings::write_example()},
                                  {"config/gateway.xsd", settings::write_schema()}};
    for (Generated& page : feed_pages())
        out.push_back(std::move(page));
    return out;
}

}  // namespace recall::ops
