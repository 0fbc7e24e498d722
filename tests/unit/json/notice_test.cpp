// The canonical notice: JSON and XML hold the same, and both refuse what is not a notice.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/json/notice_json.h"
#include "gateway/xml/notice_xml.h"
#include "gateway/xml/schema.h"

namespace recall::json {
namespace {

// A visitor that fills every member, so that no field is left out of the round trip.
class Filler {
  public:
    void text(std::string_view name, std::string& out) { out = word(name); }
    void number(std::string_view, long long& out) { out = 7; }
    void flag(std::string_view, std::optional<bool>& out) { out = false; }
    void date(std::string_view, std::optional<Date>& out) {
        out = Date{2025, 2, ++count_ % 28 + 1};
    }
    void code(std::string_view, ErrorCode& out) { out = ErrorCode::bad_gtin; }
    void texts(std::string_view name, std::vector<std::string>& out) {
        out = {word(name), word(name)};
    }
    template <class T>
    void object(std::string_view, T& out, bool) {
        fields(*this, out);
    }
    template <class T>
    void object(std::string_view, std::optional<T>& out) {
        fields(*this, out.emplace());
    }
    template <class T>
    void objects(std::string_view, std::vector<T>& out) {
        out.resize(2);
        for (T& value : out)
            fields(*this, value);
    }

  private:
    // A value that the schema allows for a member of that name.
    std::string word(std::string_view name) {
        if (name == "lang" || name == "language") return "zh-CN";
        if (name == "country" || name == "origin_countries") return "CN";
        if (name == "gtins") return "04006381333931";
        if (name == "currency") return "USD";
        if (name == "qualifier") return "about";
        if (name == "kind") return "recall";
        if (name == "status") return "active";
        if (name == "risk_level") return "serious";
        if (name == "sensitivity") return "clear";
        if (name == "made_by") return "machine";
        if (name == "raw_sha256") return std::string(64, 'a');
        for (const char* decimal : {"amount", "reports", "injuries", "deaths"}) {
            if (name == decimal) return std::to_string(++count_);
        }
        for (const char* code : {"code", "operator", "role", "relation"}) {
            if (name == code) return "code_" + std::to_string(++count_);
        }
        if (name == "value") return std::to_string(++count_);
        return "a <b> & \"c\" 玩具\r\n" + std::to_string(++count_);
    }

    unsigned count_ = 0;
};

model::Notice full_notice() {
    model::Notice notice;
    Filler filler;
    fields(filler, notice);
    return notice;
}

std::string refusal(std::string_view json) {
    const Result<model::Notice> notice = read_notice(json);
    return notice.ok() ? "read" : std::string(spelling(notice.error().code));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notices)

BOOST_AUTO_TEST_CASE(a_notice_with_every_member_survives_json_and_xml_without_loss) {
    const model::Notice notice = full_notice();
    const Result<model::Notice> from_json = read_notice(write_notice(notice));
    BOOST_REQUIRE_MESSAGE(from_json.ok(), (from_json.ok() ? "" : from_json.error().line()));
    BOOST_CHECK(*from_json == notice);
    const Result<model::Notice> from_xml = xml::read_notice(xml::write_notice(notice));
    BOOST_REQUIRE_MESSAGE(from_xml.ok(), (from_xml.ok() ? "" : from_xml.error().line()));
    BOOST_CHECK(*from_xml == notice);
}

BOOST_AUTO_TEST_CASE(the_schema_knows_every_member_that_is_written) {
    const xml::Schema schema =
        xml::load_schema(RECALLGW_SOURCE_DIR "/gateway/xml/schemas/notice-1.xsd");
    const Result<void> fits = schema.check(xml::write_notice(full_notice()));
    BOOST_CHECK_MESSAGE(fits.ok(), (fits.ok() ? "" : fits.error().line()));
    BOOST_CHECK(!schema.check("<notice xmlns='urn:recallgw:notice:1'><id>x</id></notice>").ok());
    BOOST_CHECK(!schema
                     .check("<!DOCTYPE notice [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                            "<notice xmlns='urn:recallgw:notice:1'>&e;</notice>")
                     .ok());
}

BOOST_AUTO_TEST_CASE(the_json_schema_names_every_member_too) {
    std::ifstream in(RECALLGW_SOURCE_DIR "/gateway/json/schemas/notice.schema.json");
    const std::string schema{std::istreambuf_iterator<char>(in), {}};
    const std::string json = write_notice(full_notice());
    for (std::size_t at = json.find("\":"); at != std::string::npos;
         at = json.find("\":", at + 1)) {
        const std::size_t begin = json.rfind('"', at - 1);
        const std::string name = json.substr(begin, at - begin + 1);
        BOOST_CHECK_MESSAGE(schema.find(name + ":") != std::string::npos, name);
    }
}

// Each member with a text that its place in the schemas does not allow.
BOOST_AUTO_TEST_CASE(what_no_schema_allows_is_refused_in_both_forms_and_read_where_it_was_kept) {
    const struct {
        const char* json;
        const char* xml;
    } cases[] = {
        {R"("kind":"alert")", "<kind>alert</kind>"},
        {R"("status":"cancelled")", "<status>cancelled</status>"},
        {R"("authority":{"country":"RU1"})", "<authority><country>RU1</country></authority>"},
        {R"("language":"english")", "<language>english</language>"},
        {R"("title":[{"lang":"en_GB","text":"a"}])",
         "<title><lang>en_GB</lang><text>a</text></title>"},
        {R"("title":[{"text":"a","made_by":"hand"}])",
         "<title><text>a</text><made_by>hand</made_by></title>"},
        {R"("products":[{"gtins":["4006381333931"]}])",
         "<products><gtins>4006381333931</gtins></products>"},
        {R"("products":[{"origin_countries":["China"]}])",
         "<products><origin_countries>China</origin_countries></products>"},
        {R"("products":[{"price":{"amount":"12,5"}}])",
         "<products><price><amount>12,5</amount></price></products>"},
        {R"("products":[{"price":{"amount":"1","currency":"dollar"}}])",
         "<products><price><amount>1</amount><currency>dollar</currency></price></products>"},
        {R"("products":[{"quantity":{"value":"approx.1200pcs"}}])",
         "<products><quantity><value>approx.1200pcs</value></quantity></products>"},
        {R"("products":[{"quantity":{"qualifier":"exact"}}])",
         "<products><quantity><qualifier>exact</qualifier></quantity></products>"},
        {R"("hazards":[{"code":"Fire"}])", "<hazards><code>Fire</code></hazards>"},
        {R"("risk_level":"grave")", "<risk_level>grave</risk_level>"},
        {R"("incidents":{"deaths":"none"})", "<incidents><deaths>none</deaths></incidents>"},
        {R"("measures":[{"code":"Re call"}])", "<measures><code>Re call</code></measures>"},
        {R"("measures":[{"operator":"The Maker"}])",
         "<measures><operator>The Maker</operator></measures>"},
        {R"("parties":[{"role":"Maker"}])", "<parties><role>Maker</role></parties>"},
        {R"("related":[{"relation":"see also"}])",
         "<related><relation>see also</relation></related>"},
        {R"("sensitivity":"public")", "<sensitivity>public</sensitivity>"},
        // What an object must have.
        {R"("title":[{"lang":"en"}])", "<title><lang>en</lang></title>"},
        {R"("products":[{"price":{"currency":"USD"}}])",
         "<products><price><currency>USD</currency></price></products>"},
        {R"("images":[{"caption":"a"}])", "<images><caption>a</caption></images>"},
        {R"("related":[{"id":"b:2"}])", "<related><id>b:2</id></related>"},
        {R"("provenance":{"raw_sha256":"AB"})",
         "<provenance><raw_sha256>AB</raw_sha256></provenance>"},
    };
    const xml::Schema schema =
        xml::load_schema(RECALLGW_SOURCE_DIR "/gateway/xml/schemas/notice-1.xsd");
    for (const auto& row : cases) {
        const std::string json =
            R"({"schema":"1.0","id":"a:1","source":"a",)" + std::string(row.json) + "}";
        BOOST_CHECK_MESSAGE(refusal(json) == "schema", json);
        BOOST_CHECK_MESSAGE(read_kept_notice(json).ok(), json);
        const std::string document =
            "<notice xmlns=\"urn:recallgw:notice:1\"><schema>1.0</schema>"
            "<id>a:1</id><source>a</source>" +
            std::string(row.xml) + "</notice>";
        BOOST_CHECK_MESSAGE(!xml::read_notice(document).ok(), document);
        BOOST_CHECK_MESSAGE(!schema.check(document).ok(), document);
    }
}

BOOST_AUTO_TEST_CASE(a_notice_without_id_or_source_is_refused) {
    for (const char* members : {"", R"(,"id":"a:1")", R"(,"source":"a")"})
        BOOST_TEST(refusal(R"({"schema":"1.0")" + std::string(members) + "}") == "schema", members);
    BOOST_TEST(!xml::read_notice("<notice xmlns=\"urn:recallgw:notice:1\"><schema>1.0</schema>"
                                 "</notice>")
                    .ok());
}

BOOST_AUTO_TEST_CASE(what_is_not_a_notice_is_refused) {
    BOOST_TEST(refusal(R"({"schema":"1.0","id":"a:1","source":"a"})") == "read");
    for (const char* json : {
             R"({"id":"a:1","source":"a"})",
             R"({"schema":"2.0","id":"a:1"})",
             R"({"schema":"1.0","id":"a:1","sauce":"a"})",
             R"({"schema":"1.0","id":""})",
             R"({"schema":"1.0","id":null})",
             R"({"schema":"1.0","id":7})",
             R"({"schema":"1.0","id":["a","b"]})",
             R"({"schema":"1.0","id":{"a":"b"}})",
             R"({"schema":"1.0","revision":"7"})",
             R"({"schema":"1.0","revision":0})",
             R"({"schema":"1.0","published_on":"0000-12-00"})",
             R"({"schema":"1.0","title":"text"})",
             R"({"schema":"1.0","title":[{"text":"a\u0001"}]})",
             R"({"schema":"1.0","measures":[{"mandatory":"true"}]})",
             R"({"schema":"1.0","provenance":{"issues":[{"code":"no-such-code"}]}})",
         }) {
        BOOST_CHECK_MESSAGE(refusal(json) == "schema", json);
    }
    BOOST_TEST(refusal(R"({"schema":"1.0","id":"a","id":"b"})") == "duplicate-key");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::json
