#include "gateway/ops/notice_reading.h"

#include <algorithm>

#include "gateway/model/notice_texts.h"
#include "gateway/translate/wanted.h"

namespace recall::ops {
namespace {

// What comes from outside, without the characters that would move a terminal's cursor.
std::string on_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

}  // namespace

Result<std::optional<PageLanguage>> read_language(const Arguments& arguments) {
    if (!arguments.has("lang")) return std::optional<PageLanguage>();
    const std::string language = arguments.value("lang");
    if (language == "en") return std::optional(PageLanguage::english);
    if (language == "zh") return std::optional(PageLanguage::chinese);
    return Error{ErrorCode::usage, "--lang must be en or zh, not " + language};
}

std::string line_of(const model::Notice& notice, const mapping::CodeTables& tables,
                    PageLanguage language) {
    return mapping::summary_line(notice, tables,
                                 language == PageLanguage::chinese
                                     ? mapping::LineLanguage::chinese
                                     : mapping::LineLanguage::english);
}

std::string row_of(const model::Notice& notice, const mapping::CodeTables& tables,
                   PageLanguage language) {
    return on_one_line(notice.id) + "\t" +
           (notice.published_on ? to_text(*notice.published_on) : "") + "\t" +
           line_of(notice, tables, language) + "\t" +
           (notice.title.empty() ? "" : on_one_line(notice.title.front().text)) + "\n";
}

std::string reading_of(store::Session& session, const model::Notice& notice,
                       const mapping::CodeTables& tables, PageLanguage language) {
    std::string out = line_of(notice, tables, language) + "\n" + on_one_line(notice.id);
    if (notice.published_on) out += " · " + to_text(*notice.published_on);
    if (!notice.url.empty()) out += " · " + on_one_line(notice.url);
    out += "\n";
    const std::string_view machine_made =
        language == PageLanguage::chinese ? "机器翻译" : "machine translation";
    const model::Notice shown = translate::with_readings(session, notice);
    model::for_each_texts(shown, [&](const std::string& place, const model::Texts& texts) {
        for (const model::Text& text : texts) {
            out += place + " [" + on_one_line(text.lang) + "] ";
            if (!text.made_by.empty()) (out += "(").append(machine_made) += ") ";
            out += on_one_line(text.text) + "\n";
        }
    });
    return out;
}

}  // namespace recall::ops
