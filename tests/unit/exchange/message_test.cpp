// The two faces of a message say the same, fit their schema and convert without loss (R-1 to R-5).

#include <boost/test/unit_test.hpp>

#include "gateway/json/message_json.h"
#include "gateway/xml/message_xml.h"
#include "gateway/xml/schema.h"

namespace json = recall::json;
namespace model = recall::model;
namespace xml = recall::xml;

namespace {

constexpr const char* sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* id = "01890a5d-ac96-774b-bcce-b302099a8057";

model::Message envelope(std::string_view kind, model::Payload payload) {
    model::Message message;
    message.id = id;
    message.kind = kind;
    message.action = "correct";
    message.subject = {"xx-test:1 <&>\"'", 7};
    message.references = {{"xx-test:0", 3, sha}, {"xx-test:00", 0, {}}};
    message.sender = "cn-example";
    message.recipient = "eu-example";
    message.sensitivity = "amber";
    message.created = "2026-05-01T10:00:00.123Z";
    message.expires = "2026-06-01T10:00:00Z";
    message.sequence = 123456789012345;
    message.conversation = "c-1";
    message.in_reply_to = id;
    message.payload = std::move(payload);
    return message;
}

std::vector<model::Message> messages_of_every_kind() {
    model::Notice notice;
    notice.id = "xx-test:1";
    notice.source = "xx-test";
    notice.title = {{"zh-CN", "夜灯\r\n\t召回 <>&\"", {}}};
    notice.products = {model::Product{}};
    notice.products[0].gtins = {"04006381333931"};
    const model::TakedownOrder order{id,
                                     "market",
                                     "L1",
                                     "https://market.example/1",
                                     "标题",
                                     "xx-test:1",
                                     "R/1",
                                     "Lamp",
                                     "burns",
                                     {"gtin: 1 = 1", "brand: x = X"},
                                     "2026-05-04T10:00:00Z",
                                     "Law §5"};
    const model::Remark remark{"Which batches?", "https://example.org/"};
    return {envelope("notice", notice),
            envelope("takedown_order", order),
            envelope("takedown_report",
                     model::TakedownReport{id, "not_found", "2026-05-02T00:00:00Z", "gone"}),
            envelope("information_request", remark),
            envelope("information_reply", remark),
            envelope("sighting", model::Sighting{"market", "https://market.example/2", "Lamp",
                                                 "2026-05-02T00:00:00Z", "same box"}),
            envelope("proposal", remark),
            envelope("receipt", model::Receipt{sha, sha, "refused", "SIG-VALUE", "no", 42}),
            envelope("test", remark)};
}

const xml::Schema& schema() {
    static const xml::Schema loaded =
        xml::load_schema(RECALLGW_SOURCE_DIR "/gateway/xml/schemas/exchange-1.xsd");
    return loaded;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message_faces)

BOOST_AUTO_TEST_CASE(every_kind_survives_both_faces_and_fits_the_schema) {
    const auto messages = messages_of_every_kind();
    BOOST_TEST(messages.size() == model::message_kinds.size());
    for (const model::Message& message : messages) {
        BOOST_TEST_CONTEXT(message.kind) {
            const std::string as_xml = xml::write_message(message);
            const auto fits = schema().check(as_xml);
            BOOST_TEST(fits.ok(), (fits ? "" : fits.error().text));
            const auto from_xml = xml::read_message(as_xml);
            BOOST_REQUIRE_MESSAGE(from_xml.ok(), (from_xml ? "" : from_xml.error().text));
            BOOST_CHECK(*from_xml == message);
            const auto from_json = json::read_message(json::write_message(*from_xml));
            BOOST_REQUIRE_MESSAGE(from_json.ok(), (from_json ? "" : from_json.error().text));
            BOOST_CHECK(*from_json == message);
            BOOST_TEST(xml::write_message(*from_json) == as_xml);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_a_message_is_refused) {
    const std::string good = json::write_message(messages_of_every_kind()[3]);
    const struct {
        const char* what;
        std::string from, to;
    } rows[] = {
        {"another schema", R"("schema":"1.0")", R"("schema":"2.0")"},
        {"an unknown member", R"("kind")", R"("extra":"x","kind")"},
        {"a sequence as text", R"("sequence":123456789012345)", R"("sequence":"1")"},
        {"a payload of another kind", R"("kind":"information_request")", R"("kind":"notice")"},
        {"a payload without a name", R"("remark")", R"("remarks")"},
        {"two payloads", R"("payload":{)", R"("payload":{"sighting":{"url":"u"},)"},
        {"a member twice", R"("action")", R"("sender":"x","action")"},
        {"an empty text", R"("conversation":"c-1")", R"("conversation":"")"},
    };
    BOOST_REQUIRE(json::read_message(good).ok());
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            std::string bad = good;
            const auto at = bad.find(row.from);
            BOOST_REQUIRE(at != std::string::npos);
            bad.replace(at, row.from.size(), row.to);
            BOOST_CHECK(!json::read_message(bad).ok());
        }
    }
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_what_the_reader_lets_pass) {
    const std::string good = xml::write_message(messages_of_every_kind()[1]);
    const struct {
        const char* what;
        std::string from, to;
    } rows[] = {
        {"an id of another version", "774b", "474b"},
        {"an unknown kind", "<kind>takedown_order", "<kind>order"},
        {"an unknown action", "<action>correct", "<action>delete"},
        {"a local time", "10:00:00.123Z", "10:00:00.123+02:00"},
        {"a sender in capitals", "<sender>cn-example", "<sender>CN"},
        {"a short digest", "e3b0c442", "e3b0"},
        {"a number that is too long", "123456789012345", "1234567890123456789012"},
    };
    BOOST_REQUIRE(schema().check(good).ok());
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            std::string bad = good;
            const auto at = bad.find(row.from);
            BOOST_REQUIRE(at != std::string::npos);
            bad.replace(at, row.from.size(), row.to);
            BOOST_CHECK(!schema().check(bad).ok());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
