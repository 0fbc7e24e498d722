// recallgw map: raw files as a source sends them, one notice a line. No database.

#include <fstream>
#include <iostream>
#include <map>
#include <span>
#include <vector>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
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

// The files as one document: rows of a record may stand in any of them. Notices that are made of
// parts go to the join.
void map_files(const mapping::Mapping& mapping, std::span<const std::string> paths, Report& report,
               Totals& totals, mapping::PartJoin& join) {
    std::vector<mapping::Part> parts;
    for (const std::string& path : paths) {
        const auto file = repeatable_source(path);
        parts.push_back({file(), {"", hash_of(file()), path}});
    }
    const auto outcome =
        mapping::map_documents(mapping, parts, [&](mapping::MappedRecord&& record) {
            for (const Issue& issue : record.issues)
                report.add(paths[record.part], record, issue);
            if (mapping.merging) {
                if (const auto added = join.add(record); !added) throw Failure(added.error());
            } else if (record.notice) {
                print(*record.notice);
            }
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
    Report report(issues.is_open() ? &issues : nullptr, totals);
    const auto paths = std::span(arguments.words()).subspan(1);
    mapping::PartJoin join(*mapping);
    const std::size_t at_once = mapping->groups_rows() ? paths.size() : 1;
    for (std::size_t i = 0; i < paths.size(); i += at_once)
        map_files(*mapping, paths.subspan(i, at_once), report, totals, join);
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
