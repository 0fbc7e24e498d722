// Every mapping on any bytes: the first line of the input names the source, the rest is a document.
// What is mapped must be a notice that both forms of the exchange carry without loss.

#include <map>

#include "gateway/base/failure.h"
#include "gateway/json/notice_json.h"
#include "gateway/mapping/map_document.h"
#include "gateway/xml/notice_xml.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

const mapping::Mapping* find_mapping(std::string_view source) {
    static const auto folder = *mapping::MappingFolder::open(RECALLGW_SOURCE_DIR "/mappings");
    static const auto loaded = [] {
        std::map<std::string, mapping::Mapping, std::less<>> all;
        for (const std::string& name : folder.sources())
            all.emplace(name, *folder.load(name));
        return all;
    }();
    const auto at = loaded.find(source);
    return at == loaded.end() ? nullptr : &at->second;
}

void check_notice(const model::Notice& notice) {
    const std::string line = json::write_notice(notice);
    const auto from_json = json::read_notice(line);
    promise(from_json.ok(),
            "a mapped notice is refused as JSON: " + (from_json ? "" : from_json.error().text));
    promise(*from_json == notice, "a mapped notice is altered by JSON: " + line);
    const auto from_xml = xml::read_notice(xml::write_notice(notice));
    promise(from_xml.ok(),
            "a mapped notice is refused as XML: " + (from_xml ? "" : from_xml.error().text));
    promise(*from_xml == notice, "a mapped notice is altered by XML: " + line);
}

bool read(std::string_view input) {
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos) return false;
    const mapping::Mapping* mapping = find_mapping(input.substr(0, end));
    if (mapping == nullptr) return false;
    const auto outcome =
        mapping::map_document(*mapping, bytes_source(input.substr(end + 1)), {"", "", "input"},
                              [](mapping::MappedRecord&& record) {
                                  if (record.notice) check_notice(*record.notice);
                                  promise(!record.is_quarantined || !record.issues.empty(),
                                          "a record is quarantined without a reason");
                              });
    return !outcome.broken;
}

std::vector<std::string> seeds() {
    std::vector<std::string> inputs;
    for (const Fixture& fixture : raw_fixtures())
        inputs.push_back(fixture.source + "\n" + fixture.bytes);
    return inputs;
}

}  // namespace

Target map_document_target() { return {"map_document", read, seeds}; }

}  // namespace recall::fuzz
