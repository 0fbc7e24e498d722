// The message of the exchange, in both forms: as for notices.

#include "gateway/json/message_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/xml/message_xml.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

constexpr std::size_t notices_max = 8;

bool check(const Result<model::Message>& message) {
    if (!message) return false;
    const auto from_json = json::read_message(json::write_message(*message));
    promise(from_json.ok() && *from_json == *message, "JSON does not carry the message");
    const auto from_xml = xml::read_message(xml::write_message(*message));
    promise(from_xml.ok() && *from_xml == *message, "XML does not carry the message");
    return true;
}

model::Message envelope(std::string kind, model::Payload payload) {
    model::Message message;
    message.id = "01920000-0000-7000-8000-000000000001";
    message.kind = std::move(kind);
    message.action = "new";
    message.subject = {"eu-safety-gate:10990101", 1};
    message.sender = "centre.example";
    message.recipient = "agency.example";
    message.sensitivity = "green";
    message.created = "2026-09-01T08:00:00Z";
    message.sequence = 7;
    message.conversation = "01920000-0000-7000-8000-000000000002";
    message.payload = std::move(payload);
    return message;
}

std::vector<model::Message> messages() {
    std::vector<model::Message> all;
    for (const std::string& line : expected_notices()) {
        if (all.size() == notices_max) break;
        all.push_back(envelope("notice", *json::read_notice(line)));
    }
    model::Receipt receipt;
    receipt.received_sha256 = std::string(64, 'a');
    receipt.canonical_sha256 = std::string(64, 'b');
    receipt.verdict = model::verdict_accepted;
    receipt.log_position = 12;
    all.push_back(envelope("receipt", receipt));
    all.back().sequence = 0;
    all.push_back(envelope("sighting", model::Sighting{"bazaar", "https://shop.example/1", "Kettle",
                                                       "2026-09-01T07:00:00Z", "seen on offer"}));
    return all;
}

}  // namespace

Target message_json_target() {
    const auto seeds = [] {
        std::vector<std::string> inputs;
        for (const model::Message& message : messages())
            inputs.push_back(json::write_message(message));
        return inputs;
    };
    return {"message_json", [](std::string_view bytes) { return check(json::read_message(bytes)); },
            seeds};
}

Target message_xml_target() {
    const auto seeds = [] {
        std::vector<std::string> inputs;
        for (const model::Message& message : messages())
            inputs.push_back(xml::write_message(message));
        return inputs;
    };
    return {"message_xml", [](std::string_view bytes) { return check(xml::read_message(bytes)); },
            seeds};
}

}  // namespace recall::fuzz
