// recallgw source compare: what a list of somebody else's holds that we do not. Nothing is stored.

#include <algorithm>
#include <iostream>

#include "gateway/base/byte_source.h"
#include "gateway/json/notice_json.h"
#include "gateway/mapping/map_document.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/notices.h"

namespace recall::ops {
namespace {

constexpr std::size_t candidates_max = 20;  // notices whose number or title holds the text

std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

class Comparison {
  public:
    Comparison(store::Session& session, std::vector<std::string> sources)
        : notices_(session), sources_(std::move(sources)) {}

    void add(const model::Notice& theirs) {
        const std::string ours = find(theirs);
        ++(ours.empty() ? missing_ : stored_);
        std::cout << (ours.empty() ? "missing" : "stored") << '\t'
                  << (theirs.published_on ? to_text(*theirs.published_on) : "-") << '\t'
                  << theirs.jurisdiction << '\t' << theirs.number << '\t'
                  << (theirs.title.empty() ? "" : theirs.title.front().text) << '\t'
                  << (ours.empty() ? "-" : ours) << '\n';
    }
    long missing() const { return missing_; }
    long stored() const { return stored_; }

  private:
    // The id of our notice of the same number, at a source whose key it is or in its own field; or
    // of the same address.
    std::string find(const model::Notice& theirs) {
        if (theirs.number.empty()) return {};
        for (const std::string& source : sources_) {
            std::string id = source + ":" + theirs.number;
            if (source != theirs.source && notices_.get(id)) return id;
        }
        store::NoticeFilter filter;
        filter.text = lowered(theirs.number);
        const auto page = notices_.list(filter, store::NoticeOrder::newest, "", candidates_max);
        if (!page) return {};
        for (const store::StoredNotice& candidate : page->rows) {
            const auto ours = json::read_kept_notice(candidate.json);
            if (!ours) continue;
            const bool is_same = lowered(ours->number) == filter.text ||
                                 (!theirs.url.empty() && ours->url == theirs.url);
            if (is_same) return candidate.id;
        }
        return {};
    }

    store::Notices notices_;
    std::vector<std::string> sources_;
    long missing_ = 0;
    long stored_ = 0;
};

Result<int> run(const Arguments& arguments) {
    if (arguments.words().size() < 2)
        return Error{ErrorCode::usage, "give a SOURCE and one FILE or more"};
    const auto settings = load_settings(arguments);
    const auto mappings = open_mappings(settings.data_mappings);
    const auto mapping = load_known_mapping(mappings, arguments.words().front());
    if (!mapping) return mapping.error();
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    Comparison comparison(*session, mappings.sources());
    long broken = 0;
    for (std::size_t i = 1; i < arguments.words().size(); ++i) {
        const std::string& path = arguments.words()[i];
        const auto outcome = mapping::map_document(*mapping, file_source(path), {"", "", path},
                                                   [&](mapping::MappedRecord&& record) {
                                                       if (record.notice)
                                                           comparison.add(*record.notice);
                                                   });
        broken += outcome.quarantined;
        if (!outcome.broken) continue;
        ++broken;
        std::cerr << path << ": " << outcome.broken->line() << '\n';
    }
    std::cerr << mapping->source << ": " << comparison.stored() << " stored, "
              << comparison.missing() << " missing, " << broken << " not read\n";
    if (broken > 0) return exit_quarantined;
    return comparison.missing() > 0 ? exit_not_so : exit_done;
}

}  // namespace

const Command& source_compare_command() {
    static const Command command{
        "source compare",
        "compare a list with the stored notices: what of it we do not have; nothing is stored",
        "SOURCE FILE…",
        with_settings(),
        "Files are as the source sends them, such as the feed of the OECD's GlobalRecalls for\n"
        "`oecd`. One line a record, tabs between: stored or missing, date, jurisdiction, number,\n"
        "title, our notice. Records are told by their authority's number, or by their address.\n"
        "Exit codes: 0 nothing is missing, 1 something is, 3 something could not be read.",
        run};
    return command;
}

}  // namespace recall::ops
