// The table of error codes and the log.
#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

#include "gateway/base/errors.h"
#include "gateway/base/log.h"
#include "gateway/base/result.h"

namespace recall {
namespace {

void keep(std::string_view line, void* context) {
    static_cast<std::string*>(context)->append(line);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(every_code_has_one_spelling_that_leads_back_to_it) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(ErrorCode::replay_conflict); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        BOOST_TEST(seen.insert(spelling(code)).second);
        BOOST_CHECK(error_code(spelling(code)) == code);
        BOOST_TEST(facts(code).http_status >= 200);
        BOOST_TEST(!facts(code).meaning.empty());
    }
    BOOST_CHECK(!error_code("no-such-code"));
}

BOOST_AUTO_TEST_CASE(a_log_line_holds_foreign_text_on_one_line_in_both_formats) {
    std::string lines;
    redirect_log(keep, &lines);
    configure_log(LogFormat::json, LogLevel::info);
    log(LogLevel::warning, "poll", "the source answered", {{"value", "a\"b\n\x01"}});
    log(LogLevel::debug, "poll", "not written");
    configure_log(LogFormat::text, LogLevel::info);
    log(Error{ErrorCode::timed_out, "no answer\nin time"}, "poll");
    redirect_log(nullptr, nullptr);
    BOOST_TEST(lines.find(R"("value":"a\"b\n\u0001"})") != std::string::npos);
    BOOST_TEST(lines.find("timed-out: no answer\\nin time") != std::string::npos);
    BOOST_TEST(lines.find("not written") == std::string::npos);
    BOOST_TEST(std::count(lines.begin(), lines.end(), '\n') == 2);
}

BOOST_AUTO_TEST_CASE(a_result_is_a_value_or_an_error) {
    const Result<int> good = 3;
    const Result<int> bad = Error{ErrorCode::not_found, "no such notice"};
    BOOST_TEST(*good == 3);
    BOOST_TEST(!bad.ok());
    BOOST_TEST(bad.error().line() == "not-found: no such notice");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
