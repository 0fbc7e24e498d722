// recallgw map: raw files as a source sends them, one notice a line. No database.

#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/ingest/store_notice.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/mapping/map_document.h"
#include "gateway/mapping/part_join.h"
#include "gateway/ops/command.h"
#include "gateway/ops/mappings.h"

namespace recall::ops {
namespace {

struct Totals {
    long notices = 0;
    long quarantined = 0;
    long broken = 0;
    std::map<std::string, long> issues;  // by code
};

std::string hash_of(const ByteSource& source) {
    crypto::Sha256 hash;
    std::vector<char> buffer(1U << 20U);
    for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
        hash.update({buffer.data(), size});
    }
    return hash.hex();
}

// Which records there were, by hashes of key and content alone.
class Seen {
  public:
    static constexpr std::size_t records_max = 5'000'000;

    struct Place {
        std::size_t content = 0;
        std::size_t file = 0;  // of the files, from 0
        long record = 0;
    };
    // The record that had the key before with other content; nothing when none had. Beyond the
    // limit a new key is not kept.
    const Place* conflict(const std::string& key, const Place& place) {
        const std::size_t hash = std::hash<std::string>()(key);
        const auto found = places_.find(hash);
        if (found != places_.end())
            return found->second.content == place.content ? nullptr : &found->second;
        if (places_.size() < records_max) places_.emplace(hash, place);
        return nullptr;
    }

  private:
    std::unordered_map<std::size_t, Place> places_;
};

class Report {
  public:
    Report(std::ostream* lines, Totals& totals) : lines_(lines), totals_(totals) {}

    void add(const std::string& file, const mapping::MappedRecord& record, const Issue& issue) {
        ++totals_.issues[std::string(spelling(issue.code))];
        if (lines_ == nullptr) return;
        json::Writer out;
        out.begin_object().member("file", file);
        if (record.number > 0) out.member("record", (long long)(record.number));
        if (!record.key.empty()) out.member("key", record.key);
        out.member("code", spelling(issue.code));
        if (!issue.path.empty()) out.member("path", issue.path);
        if (!issue.value.empty()) out.member("value", issue.value);
        if (record.is_quarantined) out.member("quarantined", true);
        *lines_ << out.end_object().text() << '\n';
    }

  private:
    std::ostream* lines_;
    Totals& totals_;
};

void print(const model::Notice& notice) { std::cout << json::write_notice(notice) << '\n'; }

// Both records are given: which of them counts is not for us to say.
void tell_conflict(Seen& seen, std::span<const std::string> all, std::size_t file,
                   const mapping::MappedRecord& record, const std::string& content_hash,
                   Report& report) {
    const auto content = std::hash<std::string>()(content_hash);
    // Parts of one notice differ, as they must.
    const Seen::Place* before =
        seen.conflict(record.key + '\n' + record.notice_part, {content, file, record.number});
    if (before == nullptr) return;
    report.add(all[file], record,
               make_issue(ErrorCode::conflict, "key",
                          record.key + ": record " + std::to_string(before->record) + " of " +
                              all[before->file] + " has it too, with other content"));
}

// `count` files from `first` as one document: rows of a record may stand in any of them.
// Notices that are made of parts go to the join.
void map_files(const mapping::Mapping& mapping, std::span<const std::string> all, std::size_t first,
               std::size_t count, Seen& seen, Report& report, Totals& totals,
               mapping::PartJoin& join) {
    const auto paths = all.subspan(first, count);
    std::vector<mapping::Part> parts;
    for (const std::string& path : paths) {
        const auto file = repeatable_source(path);
        parts.push_back({file(), {"", hash_of(file()), path}});
    }
    const auto outcome =
        mapping::map_documents(mapping, parts, [&](mapping::MappedRecord&& record) {
            for (const Issue& issue : record.issues)
                report.add(paths[record.part], record, issue);
            if (record.notice) {
                const ingest::NoticeText text = ingest::text_of(*record.notice);
                tell_conflict(seen, all, first + record.part, record, text.content_hash, report);
                if (!mapping.merging) std::cout << text.json << '\n';
            }
            if (!mapping.merging) return;
            if (const auto added = join.add(record); !added) throw Failure(added.error());
        });
    if (!mapping.merging) totals.notices += outcome.notices;
    totals.quarantined += outcome.quarantined;
    if (!outcome.broken) return;
    ++totals.broken;
    const std::string& path = paths[outcome.broken_part];
    report.add(path, {}, make_issue(outcome.broken->code, "", outcome.broken->text));
    std::cerr << path << ": " << outcome.broken->line() << '\n';
}

Result<int> run(const Arguments& arguments) {
    if (arguments.words().size() < 2)
        return Error{ErrorCode::usage, "give a SOURCE and one FILE or more"};
    const auto mappings = open_mappings(arguments.value("mappings"));
    const auto mapping = mappings.load(arguments.words().front());
    if (!mapping) return mapping.error();
    std::ofstream issues;
    if (const std::string path = arguments.value("issues"); !path.empty()) {
        issues.open(path);
        if (!issues) throw Failure(ErrorCode::io, "cannot write " + path);
    }
    Totals totals;
    Seen seen;
    Report report(issues.is_open() ? &issues : nullptr, totals);
    const auto paths = std::span(arguments.words()).subspan(1);
    mapping::PartJoin join(*mapping);
    const std::size_t at_once = mapping->groups_rows() ? paths.size() : 1;
    for (std::size_t i = 0; i < paths.size(); i += at_once)
        map_files(*mapping, paths, i, at_once, seen, report, totals, join);
    join.for_each([&totals](const model::Notice& notice) {
        ++totals.notices;
        print(notice);
    });
    std::cout.flush();
    if (!std::cout || (issues.is_open() && !issues.flush()))
        throw Failure(ErrorCode::io, "the output could not be written");
    std::cerr << mapping->source << ": " << totals.notices << " notices, " << totals.quarantined
              << " quarantined";
    for (const auto& [code, count] : totals.issues)
        std::cerr << ", " << count << " " << code;
    std::cerr << '\n';
    return totals.quarantined > 0 || totals.broken > 0 ? exit_quarantined : exit_done;
}

}  // namespace

const Command& map_command() {
    static const Command command{
        .name = "map",
        .summary = "turn raw files of a source into notices, one a line; no database",
        .words = "SOURCE FILE…",
        .options = {{"issues", "FILE",
                     "write every issue as a line of JSON: file, record, code, path, value"},
                    {"mappings", "FOLDER",
                     "mapping files; default: those the program was built with"}},
        .details =
            "A record that lacks something essential is quarantined and the next one read; a file "
            "that\n"
            "breaks off gives the records before the break. Where a source tells a notice in "
            "several\n"
            "places, what all the files say of it is one notice.\n"
            "Exit codes: 0 all is well, 3 records were quarantined or a file was broken.",
        .run = run};
    return command;
}

}  // namespace recall::ops
