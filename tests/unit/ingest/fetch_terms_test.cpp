// What a plan says of requests and notices, before anything is sent or stored.
#include "gateway/ingest/fetch_terms.h"

#include <boost/test/unit_test.hpp>

#include "gateway/ingest/schedule.h"
#include "gateway/ingest/store_notice.h"

namespace recall {

BOOST_AUTO_TEST_SUITE(fetch_terms)

BOOST_AUTO_TEST_CASE(a_list_s_own_header_stands_for_the_plan_s_of_that_name) {
    mapping::FetchPlan plan;
    plan.headers = {{"User-Agent", "browser"}, {"Accept", "text/html"}};
    ingest::FetchList list;
    list.method = "POST";
    list.body_type = "application/json";
    list.headers = {{"accept", "application/json"}};
    list.rules.bytes_max = 99;
    ingest::Wanted wanted;
    wanted.url = "https://a.example/";
    wanted.body = "{}";
    wanted.list = &list;
    const net::FetchRequest request = ingest::request_of(plan, wanted);
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.body == "{}");
    BOOST_TEST(request.body_type == "application/json");
    BOOST_TEST(request.bytes_max == 99U);
    BOOST_REQUIRE(request.headers.size() == 2);
    BOOST_TEST(request.headers[0].value == "browser");
    BOOST_TEST(request.headers[1].value == "application/json");
}

BOOST_AUTO_TEST_CASE(a_document_is_asked_for_with_get) {
    mapping::FetchPlan plan;
    ingest::FetchDetail detail;
    detail.headers = {{"Referer", "https://a.example/"}};
    ingest::Wanted wanted;
    wanted.url = "https://a.example/1";
    wanted.detail = &detail;
    const net::FetchRequest request = ingest::request_of(plan, wanted);
    BOOST_TEST(request.method == "GET");
    BOOST_TEST(request.body.empty());
    BOOST_TEST(request.headers.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_manners_of_a_plan_are_those_of_the_fetcher) {
    mapping::FetchPlan plan;
    plan.manners = {.interval_ms = 7,
                    .obeys_robots = false,
                    .hosts = {"b.example"},
                    .redirects_max = 1,
                    .attempts_max = 2,
                    .backoff_ms = 3,
                    .backoff_max_ms = 4,
                    .retry_after_max_s = 5,
                    .read_timeout_ms = 6,
                    .deadline_ms = 8};
    const net::Manners manners = ingest::manners_of(plan);
    BOOST_TEST(manners.interval.count() == 7);
    BOOST_TEST(!manners.obeys_robots);
    BOOST_TEST(manners.hosts.size() == 1U);
    BOOST_TEST(manners.redirects_max == 1);
    BOOST_TEST(manners.attempts_max == 2);
    BOOST_TEST(manners.backoff.first.count() == 3);
    BOOST_TEST(manners.backoff.most.count() == 4);
    BOOST_TEST(manners.retry_after_max.count() == 5);
    BOOST_TEST(manners.read_timeout.count() == 6);
    BOOST_TEST(manners.deadline.count() == 8);
}

BOOST_AUTO_TEST_CASE(the_content_hash_leaves_out_how_we_know) {
    model::Notice notice;
    notice.id = "us-cpsc:1";
    notice.source = "us-cpsc";
    notice.provenance = model::Provenance{"2026-01-01T00:00:00Z", "aa", "us-cpsc@1", {}};
    model::Notice later = notice;
    later.provenance->retrieved_at = "2026-02-01T00:00:00Z";
    BOOST_TEST(ingest::text_of(notice).content_hash == ingest::text_of(later).content_hash);
    BOOST_TEST(ingest::text_of(notice).json != ingest::text_of(later).json);
    later.number = "26-001";
    BOOST_TEST(ingest::text_of(notice).content_hash != ingest::text_of(later).content_hash);
}

BOOST_AUTO_TEST_CASE(a_source_is_due_a_cadence_and_its_jitter_after_its_latest_run) {
    mapping::FetchSchedule schedule;
    schedule.every_minutes = 60;
    schedule.jitter_percent = 10;
    const Instant now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 25)};
    BOOST_TEST((ingest::due_at(schedule, "a-b", std::nullopt, now) == now));
    store::Run run;
    run.started_at = to_text(now);
    bool differs = false;
    for (run.id = 1; run.id < 50; ++run.id) {
        const Instant due = ingest::due_at(schedule, "a-b", run, now);
        BOOST_TEST((due >= now + std::chrono::minutes(60)));
        BOOST_TEST((due <= now + std::chrono::minutes(66)));
        BOOST_TEST((due == ingest::due_at(schedule, "a-b", run, now)));
        differs = differs || due != ingest::due_at(schedule, "a-c", run, now);
    }
    BOOST_TEST(differs);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
