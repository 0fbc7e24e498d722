// docs/protocol.md.

#include "gateway/exchange/rules.h"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <optional>

using namespace std::chrono_literals;
using recall::ErrorCode;
using recall::Instant;
using recall::to_text;
namespace exchange = recall::exchange;
namespace model = recall::model;

namespace {

constexpr Instant now{std::chrono::milliseconds(1780000000000)};

model::Message good_message() {
    model::Message message;
    message.kind = model::message_kind::notice;
    message.sender = "xx-sender";
    message.recipient = "yy-us";
    message.created = recall::to_text(now);
    message.sequence = 1;
    message.subject = {"xx-test:1", 1};
    model::Notice notice;
    notice.id = "xx-test:1";
    message.payload = notice;
    return message;
}

std::optional<ErrorCode> judged(const model::Message& message) {
    model::Partner partner;
    partner.id = "xx-sender";
    partner.kinds = {"notice", "takedown_report"};
    if (auto fits = exchange::check_parties(message, partner, "yy-us"); !fits) {
        return fits.error().code;
    }
    if (auto fits = exchange::check_time(message, now); !fits) return fits.error().code;
    if (auto fits = exchange::check_content(message); !fits) return fits.error().code;
    return std::nullopt;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(every_rule_has_its_code) {
    const struct {
        const char* what;
        std::function<void(model::Message&)> change;
        std::optional<ErrorCode> code;
    } rows[] = {
        {"nothing wrong", [](auto&) {}, std::nullopt},
        {"another sender", [](auto& m) { m.sender = "zz"; }, ErrorCode::sender_mismatch},
        {"another recipient", [](auto& m) { m.recipient = "zz"; }, ErrorCode::recipient_mismatch},
        {"a kind not agreed", [](auto& m) { m.kind = "sighting"; }, ErrorCode::kind_not_allowed},
        {"a receipt as a message", [](auto& m) { m.kind = "receipt"; },
         ErrorCode::kind_not_allowed},
        {"five minutes ahead", [](auto& m) { m.created = to_text(now + 5min); }, std::nullopt},
        {"just over five minutes ahead", [](auto& m) { m.created = to_text(now + 5min + 1ms); },
         ErrorCode::time_window},
        {"thirty days old", [](auto& m) { m.created = to_text(now - 720h); }, std::nullopt},
        {"over thirty days old", [](auto& m) { m.created = to_text(now - 720h - 1ms); },
         ErrorCode::time_window},
        {"old, but not expired",
         [](auto& m) {
             m.created = to_text(now - 2000h);
             m.expires = to_text(now + 1ms);
         },
         std::nullopt},
        {"expired now", [](auto& m) { m.expires = to_text(now); }, ErrorCode::time_window},
        {"a day that does not exist", [](auto& m) { m.created = "2026-02-30T00:00:00Z"; },
         ErrorCode::time_window},
        {"no sequence number", [](auto& m) { m.sequence = 0; }, ErrorCode::rule_sequence},
        {"another subject", [](auto& m) { m.subject.id = "xx-test:2"; }, ErrorCode::rule_subject},
        {"no subject for a notice", [](auto& m) { m.subject = {}; }, ErrorCode::rule_subject},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            model::Message message = good_message();
            row.change(message);
            BOOST_CHECK(judged(message) == row.code);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
