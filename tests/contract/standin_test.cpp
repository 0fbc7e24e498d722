// The stand-in serves what it says; the polls' tests lean on that.

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>

#include <boost/test/unit_test.hpp>

#include <istream>
#include <iterator>

#include "gateway/base/failure.h"
#include "gateway/net/fetch.h"
#include "tests/support/pki.h"
#include "tests/support/standin.h"
#include "tests/support/temp_folder.h"

using recall::Failure;
using recall::test::Manner;
using recall::test::StandIn;

namespace {

namespace Net = Poco::Net;

struct Asked {
    std::string source;
    std::string target;
    std::string agent = "Mozilla/5.0";
    std::string form = {};  // not empty: POST
    std::string etag = {};
};

struct Answered {
    int status = 0;
    std::string body;
    std::string etag = {};
    std::string retry_after;
};

Answered ask(const StandIn& stand_in, const Asked& asked) {
    Net::HTTPClientSession session("127.0.0.1", stand_in.port());
    Net::HTTPRequest request(asked.form.empty() ? "GET" : "POST", asked.target, "HTTP/1.1");
    request.setHost(recall::test::site_host(asked.source));
    request.set("User-Agent", asked.agent);
    if (!asked.etag.empty()) request.set("If-None-Match", asked.etag);
    if (!asked.form.empty()) request.setContentLength(static_cast<int>(asked.form.size()));
    session.sendRequest(request) << asked.form << std::flush;
    Net::HTTPResponse response;
    std::istream& body = session.receiveResponse(response);
    return {response.getStatus(), std::string(std::istreambuf_iterator<char>(body), {}),
            response.get("ETag", ""), response.get("Retry-After", "")};
}

int count(const std::string& text, std::string_view word) {
    int found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++found;
    return found;
}

const std::string recalls = "/RestWebServices/Recall?format=json";
const std::string reports = "/safety-gate-alerts/api/download/weeklyReport/";

}  // namespace

BOOST_AUTO_TEST_SUITE(stand_in_contract)

BOOST_AUTO_TEST_CASE(each_site_answers_at_its_real_paths) {
    const StandIn stand_in(recall::test::stand_in_options());
    struct Row {
        Asked asked;
        int status;
        std::string_view counted;
        int times;
    };
    const Row rows[] = {
        {{"us-cpsc", recalls}, 200, "\"RecallID\"", 23},
        {{"us-cpsc", recalls + "&RecallDateStart=2026-01-01&RecallDateEnd=2026-12-31"},
         200,
         "\"RecallID\"",
         11},
        {{"us-cpsc", recalls + "&LastPublishDateStart=2026-11-19"}, 200, "\"RecallID\"", 2},
        {{"us-cpsc", recalls + "&RecallDateStart=1980-01-01&RecallDateEnd=1980-12-31"},
         200,
         "[]",
         1},
        {{"us-cpsc", recalls + "&RecalDateStart=2026-01-01"}, 200, "\"RecallID\"", 23},
        {{"eu-safety-gate", reports + "list/xml/en"}, 200, ",</URL>", 3},
        {{"eu-safety-gate", reports + "list/xml/en", "curl/8"}, 200, "<script", 1},
        {{"eu-safety-gate", reports + "detail/xml/226?language=en&search=WEB_REPORT%7C:%7C226"},
         200,
         "<notifications ",
         5},
        {{"eu-safety-gate", reports + "detail/xml/226?language=en&search=WEB_REPORT%7C:%7C226,"},
         400,
         "",
         0},
        {{"eu-safety-gate", reports + "detail/xml/226?language=en"}, 400, "", 0},
        {{"jp-caa", "/result/index.php", "x", "viewCountdden=60&pagingHidden=0"},
         200,
         "/result/detail.php?rcl=",
         10},
        {{"jp-caa", "/result/index.php", "x", "viewCountdden=60&pagingHidden=1"},
         200,
         "/result/detail.php?rcl=",
         4},
        {{"jp-caa", "/result/index.php", "x", "viewCountdden=60&pagingHidden=2"}, 200, "14件中", 2},
        {{"jp-caa", "/result/detail.php?rcl=00000088802"}, 200, "00000088802     </div>", 1},
        {{"jp-caa", "/result/detail.php?rcl=00000000001"}, 200, "control_number", 0},
        {{"au-accc", "/rss/feed.xml/psa_recall"}, 200, "<item>", 10},
        {{"au-accc", "/rss/feed.xml/other"}, 200, "<item>", 0},
        {{"au-accc", "/search-consumer-product-recalls/wombat%E2%80%93toy"},
         200,
         "field-psa-recall-pra-number",
         1},
        {{"au-accc", "/search-consumer-product-recalls/none"}, 404, "", 0},
        {{"au-accc", "/robots.txt"}, 200, "User-agent: *", 1},
        {{"jp-caa", "/robots.txt"}, 404, "", 0},
    };
    for (const Row& row : rows) {
        const Answered answered = ask(stand_in, row.asked);
        BOOST_TEST_CONTEXT(row.asked.source << ' ' << row.asked.target) {
            BOOST_TEST(answered.status == row.status);
            if (!row.counted.empty()) BOOST_TEST(count(answered.body, row.counted) == row.times);
        }
    }
    BOOST_TEST(stand_in.requests("jp-caa").size() == 6U);
    BOOST_TEST(stand_in.requests("jp-caa").front().request.method == "POST");
    BOOST_TEST(stand_in.requests().size() == std::size(rows));
}

BOOST_AUTO_TEST_CASE(a_misbehaviour_lasts_as_many_requests_as_it_was_told) {
    StandIn stand_in(recall::test::stand_in_options());
    const Asked asked{"us-cpsc", recalls};
    stand_in.misbehave("us-cpsc", {.manner = Manner::too_many, .times = 1, .detail = "7"});
    stand_in.misbehave("us-cpsc", {.manner = Manner::server_error, .times = 1});
    const Answered refused = ask(stand_in, asked);
    BOOST_TEST(refused.status == 429);
    BOOST_TEST(refused.retry_after == "7");
    BOOST_TEST(ask(stand_in, {"us-cpsc", "/robots.txt"}).status == 200);
    BOOST_TEST(ask(stand_in, asked).status == 500);
    BOOST_TEST(ask(stand_in, asked).status == 200);
    stand_in.misbehave("us-cpsc", {.manner = Manner::refuse_naive});
    BOOST_TEST(ask(stand_in, {"us-cpsc", recalls, "curl/8"}).status == 403);
    BOOST_TEST(ask(stand_in, asked).status == 200);
    stand_in.behave("us-cpsc");
    BOOST_TEST(ask(stand_in, {"us-cpsc", recalls, "curl/8"}).status == 200);
}

BOOST_AUTO_TEST_CASE(bodies_arrive_slowly_or_in_part_or_not_at_all) {
    StandIn stand_in(recall::test::stand_in_options());
    const Asked asked{"us-cpsc", recalls + "&LastPublishDateStart=2026-11-19"};
    const std::string whole = ask(stand_in, asked).body;
    stand_in.misbehave("us-cpsc", {.manner = Manner::drip,
                                   .times = 1,
                                   .pause = std::chrono::milliseconds(1),
                                   .piece_bytes = 256});
    BOOST_TEST(ask(stand_in, asked).body == whole);
    stand_in.misbehave("us-cpsc", {.manner = Manner::cut_document, .times = 1});
    BOOST_TEST(ask(stand_in, asked).body == whole.substr(0, whole.size() / 2));
    stand_in.misbehave("us-cpsc", {.manner = Manner::cut_short, .times = 1});
    BOOST_TEST(ask(stand_in, asked).body.size() < whole.size());
    stand_in.misbehave("us-cpsc", {.manner = Manner::hang_up, .times = 1});
    BOOST_CHECK_THROW(ask(stand_in, asked), Net::NetException);
    BOOST_TEST(stand_in.requests().back().status == 0);
}

BOOST_AUTO_TEST_CASE(an_unchanged_document_is_not_sent_again_to_who_has_its_etag) {
    StandIn stand_in(recall::test::stand_in_options());
    stand_in.use_etags("au-accc");
    Asked asked{"au-accc", "/rss/feed.xml/psa_recall"};
    asked.etag = ask(stand_in, asked).etag;
    BOOST_TEST(!asked.etag.empty());
    BOOST_TEST(ask(stand_in, asked).status == 304);
    stand_in.remove("au-accc", "southern-cross-kettle");
    BOOST_TEST(ask(stand_in, asked).status == 200);
}

BOOST_AUTO_TEST_CASE(the_fetcher_trusts_its_certificate_and_unpacks_what_it_packs) {
    const recall::test::TempFolder folder;
    const recall::test::Pki pki(folder.path().string());
    StandIn stand_in(recall::test::stand_in_options(pki.server("stand-in")));
    stand_in.use_gzip("us-cpsc");
    recall::net::FetcherOptions options;
    options.spool_folder = folder.path().string();
    options.authority_file = pki.authority().certificate_file;
    options.stand_in = stand_in.url();
    const recall::SystemClock clock;
    recall::net::Fetcher fetcher(options, clock);
    recall::net::FetchRequest request;
    request.url = "https://www.saferproducts.gov" + recalls;
    recall::net::Manners manners;
    manners.interval = std::chrono::milliseconds(0);
    const auto fetched = fetcher.fetch(request, manners);
    BOOST_REQUIRE(fetched);
    BOOST_TEST(fetched->head.starts_with("[{\"RecallID\": 90001"));
    const auto seen = stand_in.requests("us-cpsc");
    BOOST_REQUIRE(!seen.empty());
    BOOST_TEST(seen.back().request.header("accept-encoding").find("gzip") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(records_change_and_vanish_while_it_runs) {
    StandIn stand_in(recall::test::stand_in_options());
    stand_in.replace("us-cpsc", "90001", "41,000", "51,000");
    stand_in.remove("us-cpsc", "90002");
    stand_in.remove("jp-caa", "00000088801");
    const std::string all = ask(stand_in, {"us-cpsc", recalls}).body;
    BOOST_TEST(count(all, "About 51,000") == 1);
    BOOST_TEST(count(all, "\"RecallID\"") == 22);
    BOOST_TEST(count(ask(stand_in, {"jp-caa", "/result/index.php", "x", "pagingHidden=0"}).body,
                     "13件中") == 2);
    BOOST_CHECK_THROW(stand_in.replace("us-cpsc", "90001", "41,000", "1"), Failure);
    BOOST_CHECK_THROW(stand_in.remove("us-cpsc", "1"), Failure);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_a_failure) {
    const StandIn first(recall::test::stand_in_options());
    recall::test::StandInOptions options = recall::test::stand_in_options();
    options.port = first.port();
    BOOST_CHECK_THROW(StandIn{options}, Failure);
}

BOOST_AUTO_TEST_SUITE_END()
