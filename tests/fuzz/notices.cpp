// The canonical notice: what a reader takes, it must write so that both readers give the same.

#include "gateway/json/notice_json.h"
#include "gateway/xml/notice_xml.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

bool check(const Result<model::Notice>& notice) {
    if (!notice) return false;
    const auto from_json = json::read_notice(json::write_notice(*notice));
    promise(from_json.ok() && *from_json == *notice, "JSON does not carry the notice");
    const auto from_xml = xml::read_notice(xml::write_notice(*notice));
    promise(from_xml.ok() && *from_xml == *notice, "XML does not carry the notice");
    return true;
}

std::vector<std::string> xml_seeds() {
    std::vector<std::string> inputs;
    for (const std::string& line : expected_notices())
        inputs.push_back(xml::write_notice(*json::read_notice(line)));
    return inputs;
}

}  // namespace

Target notice_json_target() {
    return {"notice_json", [](std::string_view bytes) { return check(json::read_notice(bytes)); },
            expected_notices};
}

Target notice_xml_target() {
    return {"notice_xml", [](std::string_view bytes) { return check(xml::read_notice(bytes)); },
            xml_seeds};
}

}  // namespace recall::fuzz
