// The inbox on every store: what is accepted once, answered again, refused, and with which code
// (docs/protocol.md R-10 to R-36).

#include <functional>
#include <set>

#include "gateway/base/log.h"
#include "gateway/base/uuid.h"
#include "gateway/crypto/digest.h"
#include "gateway/exchange/partners.h"
#include "gateway/exchange/received_notice.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"
#include "tests/support/exchange.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"

using namespace std::chrono_literals;
using recall::ErrorCode;
using recall::Result;
using recall::test::Quiet;
using recall::test::TestStore;
namespace crypto = recall::crypto;
namespace exchange = recall::exchange;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct Inbox {
    explicit Inbox(TestStore& opened, const std::string& format = "xml")
        : store(opened), format(*exchange::format_of_word(format)) {
        test::register_partner(store.database(), partner);
    }

    Result<exchange::Answer> receive(const std::string& bytes) {
        return receiver.receive(
            {test::connection_of(them.party), std::string(exchange::media_type(format)), bytes});
    }
    std::string sealed(const model::Message& message) const {
        return exchange::seal(message, format, them).bytes;
    }
    model::Message message(long long sequence) const {
        return test::sample_message(them, us.party, sequence, clock.now());
    }
    // The receipt in an answer, verified as the partner would.
    model::Receipt receipt(const exchange::Answer& answer) const {
        const auto trust = exchange::trust_in(test::partner_of(us), crypto::purpose_receipts);
        const auto opened =
            exchange::open(answer.body, format,
                           {.trust = trust, .schema = test::exchange_schema(), .now = clock.now()});
        BOOST_REQUIRE_MESSAGE(opened.ok(), (opened ? "" : opened.error().line()));
        BOOST_TEST(opened->message.sender == us.party);
        BOOST_TEST(opened->message.recipient == them.party);
        return std::get<model::Receipt>(opened->message.payload);
    }
    std::string code(const std::string& bytes) {
        const auto answer = receive(bytes);
        if (!answer) return std::string(spelling(answer.error().code));
        const model::Receipt content = receipt(*answer);
        BOOST_TEST(content.received_sha256 == crypto::sha256_hex(bytes));
        return content.verdict == "accepted" ? content.verdict : content.code;
    }

    Quiet quiet;
    TestStore& store;
    exchange::Format format;
    test::TurnedClock clock;
    exchange::Identity us = test::make_party("yy-us");
    exchange::Identity them = test::make_party("xx-them");
    model::Partner partner = test::partner_of(them);
    exchange::Receiver receiver{
        store.database(), clock, us, test::exchange_schema(), {{"notice", exchange::store_notice}}};
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_receiver)

BOOST_AUTO_TEST_CASE(an_accepted_notice_is_stored_with_its_bytes_and_its_receipt) {
    test::on_each_store([](TestStore& store) {
        for (const char* format : {"xml", "json"}) {
            BOOST_TEST_CONTEXT(format) {
                TestStore fresh(store.database().dialect());
                Inbox inbox(fresh, format);
                const model::Message message = inbox.message(1);
                const std::string bytes = inbox.sealed(message);
                const auto answer = inbox.receive(bytes);
                BOOST_REQUIRE(answer.ok());
                BOOST_TEST(answer->status == 200);
                const model::Receipt receipt = inbox.receipt(*answer);
                BOOST_TEST(receipt.verdict == "accepted");
                BOOST_TEST(receipt.log_position > 0);
                BOOST_TEST(receipt.canonical_sha256.size() == 64U);
                const auto session = fresh.database().lease();
                const auto notice = store::Notices(*session).get("xx-test:1");
                BOOST_REQUIRE(notice.has_value());
                const auto read = recall::json::read_notice(notice->json);
                BOOST_TEST(read->source == "partner:xx-them");
                BOOST_TEST(*store::RawArchive(*session).get(notice->raw_sha256, 1 << 20) == bytes);
                const auto kept = store::Inbox(*session).find("xx-them", message.id);
                BOOST_REQUIRE(kept.has_value());
                BOOST_TEST(kept->content == bytes);
                BOOST_TEST(kept->receipt == answer->body);
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(a_duplicate_gets_the_same_receipt_and_does_nothing) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        const std::string bytes = inbox.sealed(inbox.message(1));
        const auto first = inbox.receive(bytes);
        inbox.clock.turn(1000h);  // however late it comes
        const auto second = inbox.receive(bytes);
        BOOST_REQUIRE((first.ok() && second.ok()));
        BOOST_TEST(second->status == 200);
        BOOST_TEST(second->body == first->body);
        const auto session = store.database().lease();
        BOOST_TEST(store::Notices(*session).revisions("xx-test:1").size() == 1U);
        BOOST_TEST(store::Inbox(*session).list("", "", "", 10)->rows.size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(a_duplicate_under_a_new_signature_is_the_same_message) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        const model::Message message = inbox.message(1);
        const std::string one = inbox.sealed(message);
        const std::string other = inbox.sealed(message);
        BOOST_REQUIRE(one != other);  // ECDSA draws a new number each time
        const auto first = inbox.receive(one);
        const auto second = inbox.receive(other);
        BOOST_REQUIRE((first.ok() && second.ok()));
        BOOST_TEST(second->body == first->body);
    });
}

BOOST_AUTO_TEST_CASE(every_refusal_has_its_code_and_is_kept) {
    using Change = std::function<std::string(Inbox&)>;
    const auto with = [](auto change) -> Change {
        return [change](Inbox& inbox) {
            model::Message message = inbox.message(2);
            change(message);
            return inbox.sealed(message);
        };
    };
    const struct {
        std::string code;
        Change bytes;
    } rows[] = {
        {"XML-FORM", [](Inbox&) { return std::string("not XML"); }},
        {"XML-DTD",
         [](Inbox& inbox) { return "<!DOCTYPE message>" + inbox.sealed(inbox.message(2)); }},
        {"SIG-SHAPE",
         [](Inbox&) {
             return std::string("<message xmlns=\"urn:recallgw:exchange:1\"><a/></message>");
         }},
        {"REF-DIGEST",
         [](Inbox& inbox) { return replaced(inbox.sealed(inbox.message(2)), "Lamp", "Limp"); }},
        {"SIG-VALUE",
         [](Inbox& inbox) {
             exchange::Identity forger = test::make_party("xx-them");
             return exchange::seal(inbox.message(2), exchange::Format::xml, forger).bytes;
         }},
        {"SCHEMA", with([](model::Message& m) { m.action = "destroy"; })},
        {"SENDER-MISMATCH", with([](model::Message& m) { m.sender = "zz-other"; })},
        {"RECIPIENT-MISMATCH", with([](model::Message& m) { m.recipient = "zz-other"; })},
        {"KIND-NOT-ALLOWED", with([](model::Message& m) {
             m.kind = "receipt";
             m.payload = model::Receipt{std::string(64, 'a'), {}, "accepted", {}, {}, 1};
         })},
        {"TIME-WINDOW", with([](model::Message& m) {
             m.created = recall::to_text(recall::SystemClock().now() + 10min);
         })},
        {"RULE-1", with([](model::Message& m) { m.sequence = 0; })},
        {"RULE-2", with([](model::Message& m) { m.subject.id = "xx-test:9"; })},
        {"SEQUENCE", with([](model::Message& m) { m.sequence = 1; })},
        {"REPLAY-CONFLICT",
         [](Inbox& inbox) {
             const auto session = inbox.store.database().lease();
             model::Message message = inbox.message(3);
             message.id = store::Inbox(*session).list("", "", "", 1)->rows.at(0).message_id;
             return inbox.sealed(message);
         }},
    };
    test::on_each_store([&](TestStore& store) {
        Inbox inbox(store);
        BOOST_REQUIRE(inbox.code(inbox.sealed(inbox.message(1))) == "accepted");
        long long refused = 0;
        for (const auto& row : rows) {
            BOOST_TEST_CONTEXT(row.code) {
                BOOST_TEST(inbox.code(row.bytes(inbox)) == row.code);
                const auto session = store.database().lease();
                BOOST_TEST(store::Inbox(*session).refusal_count("xx-them") == ++refused);
                BOOST_TEST(store::Inbox(*session).refusals("xx-them", 1).at(0).code == row.code);
                BOOST_TEST(store::Inbox(*session).list("", "", "", 10)->rows.size() == 1U);
            }
        }
        // What was refused took no number: the next good message is number 2.
        BOOST_TEST(inbox.code(inbox.sealed(inbox.message(2))) == "accepted");
    });
}

BOOST_AUTO_TEST_CASE(json_refusals_have_the_same_codes) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store, "json");
        BOOST_TEST(inbox.code("{}") == "SIG-SHAPE");
        BOOST_TEST(inbox.code(R"({"payload":"","payload":""})") == "JSON-FORM");
        const exchange::Identity forger = test::make_party("xx-them");
        BOOST_TEST(
            inbox.code(exchange::seal(inbox.message(1), exchange::Format::json, forger).bytes) ==
            "SIG-KEY");
        model::Message message = inbox.message(1);
        message.created = "2026-01-01T00:00:00+01:00";
        BOOST_TEST(inbox.code(inbox.sealed(message)) == "SCHEMA");
        BOOST_TEST(inbox.code(inbox.sealed(inbox.message(1))) == "accepted");
    });
}

BOOST_AUTO_TEST_CASE(who_is_not_known_gets_no_receipt) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        const std::string bytes = inbox.sealed(inbox.message(1));
        const auto stranger =
            inbox.receiver.receive({test::connection_of("zz-stranger"), "application/xml", bytes});
        BOOST_REQUIRE(!stranger.ok());
        BOOST_CHECK(stranger.error().code == ErrorCode::unauthorised);
        const auto strange_type =
            inbox.receiver.receive({test::connection_of("xx-them"), "text/plain", bytes});
        BOOST_REQUIRE(!strange_type.ok());
        BOOST_CHECK(strange_type.error().code == ErrorCode::media_type);
    });
}

BOOST_AUTO_TEST_CASE(one_partner_cannot_speak_for_another) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        const exchange::Identity third = test::make_party("zz-third");
        test::register_partner(store.database(), test::partner_of(third));
        // Their good message, on our third partner's connection.
        const auto answer = inbox.receiver.receive(
            {test::connection_of("zz-third"), "application/xml", inbox.sealed(inbox.message(1))});
        BOOST_REQUIRE(answer.ok());
        BOOST_TEST(answer->status == 400);
        const auto session = store.database().lease();
        BOOST_TEST(store::Inbox(*session).refusals("zz-third", 1).at(0).code == "SIG-VALUE");
        BOOST_TEST(store::Inbox(*session).list("", "", "", 10)->rows.empty());
    });
}

BOOST_AUTO_TEST_CASE(gaps_are_shown_until_the_late_message_comes_and_late_versions_change_nothing) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        model::Message old_version = inbox.message(2);
        old_version.subject = {"xx-test:7", 1};
        old_version.payload = test::sample_notice("xx-test:7", "Old");
        model::Message new_version = inbox.message(5);
        new_version.subject = {"xx-test:7", 2};
        new_version.payload = test::sample_notice("xx-test:7", "New");
        BOOST_TEST(inbox.code(inbox.sealed(new_version)) == "accepted");
        {
            const auto session = store.database().lease();
            const std::vector<store::SequenceGap> gaps{{1, 4}};
            BOOST_CHECK(store::Inbox(*session).gaps("xx-them", 10) == gaps);
        }
        BOOST_TEST(inbox.code(inbox.sealed(old_version)) == "accepted");
        const auto session = store.database().lease();
        const std::vector<store::SequenceGap> gaps{{1, 1}, {3, 4}};
        BOOST_CHECK(store::Inbox(*session).gaps("xx-them", 10) == gaps);
        const auto notice =
            recall::json::read_notice(store::Notices(*session).get("xx-test:7")->json);
        BOOST_TEST(notice->title.at(0).text == "New");
    });
}

BOOST_AUTO_TEST_CASE(a_notice_of_our_own_source_is_not_replaced) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        const model::Notice own = test::sample_notice("xx-test:1", "As we read it");
        const std::string json = recall::json::write_notice(own);
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = own, .json = json, .content_hash = "h", .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); },
                inbox.clock.now());
        });
        BOOST_TEST(inbox.code(inbox.sealed(inbox.message(1))) == "accepted");
        const auto session = store.database().lease();
        BOOST_TEST(store::Notices(*session).get("xx-test:1")->json == json);
    });
}

BOOST_AUTO_TEST_CASE(a_partner_that_floods_is_held_to_its_limit_and_few_refusals_are_kept) {
    test::on_each_store([](TestStore& store) {
        Inbox inbox(store);
        inbox.partner.messages_per_minute_max = 3;
        test::register_partner(store.database(), inbox.partner);
        std::multiset<std::string> codes;
        for (int i = 0; i < 5; ++i)
            codes.insert(inbox.code("bad"));
        BOOST_TEST(codes.count("XML-FORM") == 3U);
        BOOST_TEST(codes.count("rate-limited") == 2U);
        inbox.clock.turn(1min);
        BOOST_TEST(inbox.code("bad") == "XML-FORM");
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            store::Inbox kept(session);
            for (int i = 0; i < store::refusals_kept_per_partner + 10; ++i) {
                store::InboxRefusal refusal;
                refusal.position = kept.next_position();
                refusal.partner = "xx-them";
                refusal.code = "SCHEMA";
                refusal.content = std::string(1 << 17, 'x');
                kept.add_refusal(refusal, inbox.clock.now());
            }
            BOOST_TEST(kept.refusal_count("xx-them") == store::refusals_kept_per_partner);
        });
    });
}

BOOST_AUTO_TEST_SUITE_END()
