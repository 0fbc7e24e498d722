#include "gateway/match/notice_title.h"

#include <array>

#include "gateway/text/normalise.h"

namespace recall::match {
namespace {

constexpr auto name_ends = std::to_array<std::string_view>(
    {" recalled", " due to ", "; ", " because of ", " that pose", " with risk of ", " - recall",
     " may pose ", " sold on ", " sold at ", " sold exclusively "});
constexpr auto recall_verbs = std::to_array<std::string_view>(
    {" recalls ", " expands recall of ", " reannounces recall of ", " recall of ", " recall to "});
constexpr auto firm_cues = std::to_array<std::string_view>(
    {"sold by ", "imported by ", "manufactured by ", "made by ", "distributed by ",
     "sold exclusively by ", "sold exclusively at ", "sold exclusively on "});

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" :,-");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" :,-") - first + 1);
}

void find_firms(std::string_view title, NoticeTitle& out) {
    for (const std::string_view cue : firm_cues) {
        for (std::size_t at = title.find(cue); at != std::string_view::npos;
             at = title.find(cue, at + cue.size())) {
            const std::string_view rest = title.substr(at + cue.size());
            const std::string_view firm = trimmed(rest.substr(0, rest.find_first_of(";(")));
            if (!firm.empty()) out.firms.emplace_back(firm);
        }
    }
}

}  // namespace

NoticeTitle read_title(std::string_view raw) {
    NoticeTitle out;
    const std::string title = text::normal_form(raw);
    find_firms(title, out);
    std::string_view rest = title;
    for (const std::string_view verb : recall_verbs) {
        const std::size_t at = rest.find(verb);
        if (at == std::string_view::npos) continue;
        out.firm = trimmed(rest.substr(0, at));
        rest = rest.substr(at + verb.size());
        break;
    }
    for (const std::string_view end : name_ends) {
        if (const std::size_t at = rest.find(end); at != std::string_view::npos && at > 0)
            rest = rest.substr(0, at);
    }
    out.name = trimmed(rest);
    return out;
}

}  // namespace recall::match
