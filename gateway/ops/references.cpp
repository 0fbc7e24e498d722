#include "gateway/ops/references.h"

#include "gateway/base/errors.h"
#include "gateway/mapping/converter.h"
#include "gateway/mapping/converter_examples.h"
#include "gateway/ops/feed_pages.h"
#include "gateway/ops/notice_reference.h"
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

// A cell of a table of Markdown: bars are taken literally.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

// The values of an example, each by itself; line ends shown.
std::string example_values(std::string_view text) {
    if (text.empty()) return "(no value)";
    std::string out = "`";
    for (const char c : text) {
        if (c == mapping::example_mark) {
            out += "`, `";
        } else if (c == '\n') {
            out += "⏎";
        } else {
            out += c;
        }
    }
    return out + "`";
}

std::string examples_of(std::string_view converter) {
    std::string out;
    for (const mapping::ConverterExample& example : mapping::converter_examples()) {
        if (example.converter != converter) continue;
        if (!out.empty()) out += "<br>";
        out += "`" + cell(example.as) + "`: " + example_values(example.in) + " → " +
               example_values(example.out);
    }
    return out;
}

constexpr std::string_view converters_head =
    "<!-- Generated from gateway/mapping by `recallgw doctor --write-references`. Do not edit. "
    "-->\n"
    "# Converters\n\nWhat `as=\"…\"` chains in a mapping file. `lines`, `source-lines` and `raw` "
    "stand first and say\nhow the text of an element is taken: as a browser would break it, also "
    "with the line ends of the\npage's source, or untouched. In the examples values stand between "
    "commas; a test runs each.\n\n| converter | arguments | what it does | example |\n"
    "|---|---|---|---|\n";

std::string converters_page() {
    std::string out(converters_head);
    for (const mapping::ConverterSpec& spec : mapping::converters()) {
        std::string count = std::to_string(spec.arguments_min);
        if (spec.arguments_max > spec.arguments_min)
            count += " to " + std::to_string(spec.arguments_max);
        out += "| `" + std::string(spec.name) + "` | " + count + " | " + cell(spec.meaning) +
               " | " + examples_of(spec.name) + " |\n";
    }
    out +=
        "\n## Patterns of dates\n\nAlternatives stand between ` | ` and are tried in order.\n\n"
        "| token | reads | example |\n|---|---|---|\n";
    for (const mapping::DateToken& token : mapping::date_tokens()) {
        out += "| `" + std::string(token.token) + "` | " + cell(token.reads) + " | `" +
               cell(token.pattern) + "`: `" + std::string(token.in) + "` → `" +
               std::string(token.out) + "` |\n";
    }
    return out;
}

}  // namespace

std::vector<Generated> references() {
    std::vector<Generated> out = {{"docs/settings.md", settings::write_reference()},
                                  {"docs/errors.md", errors_page()},
                                  {"docs/converters.md", converters_page()},
                                  {"docs/notice.md", notice_reference()},
                                  {"config/gateway.xml", settings::write_example()},
                                  {"config/gateway.xsd", settings::write_schema()}};
    for (Generated& page : feed_pages())
        out.push_back(std::move(page));
    return out;
}

}  // namespace recall::ops
