#include <boost/test/unit_test.hpp>

#include "adapters/registry.h"
#include "tests/unit/adapters/scripted_intake.h"

namespace recall {
using ingest::Coverage;
using ingest::ListUse;
using ingest::Scope;
using test::ScriptedIntake;

namespace {

constexpr Date today{2026, 2, 10};

ingest::FetchList list_of(const std::string& url) {
    ingest::FetchList list;
    list.url = url;
    return list;
}

Coverage run(const ingest::FetchPlan& plan, Scope scope, ScriptedIntake& intake) {
    return adapters::json_list({plan, scope, Date{2026, 2, 5}, today}, intake);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_list)

BOOST_AUTO_TEST_CASE(every_adapter_is_found_by_its_name_and_no_other_is) {
    for (const char* name : {"json_list", "xml_reports", "rss_pages", "html_list"})
        BOOST_TEST((adapters::find_adapter(name) != nullptr));
    BOOST_TEST((adapters::find_adapter("json") == nullptr));
    BOOST_TEST((adapters::find_adapter("") == nullptr));
}

BOOST_AUTO_TEST_CASE(a_run_uses_the_lists_of_its_scope) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/new?since={since}"),
                  list_of("https://a.example/all?to={to}"), list_of("https://a.example/both")};
    plan.lists[0].use = ListUse::incremental;
    plan.lists[0].is_complete = false;
    plan.lists[1].use = ListUse::full;
    plan.lists[1].windows = {Date{2025, 1, 1}, ingest::WindowUnit::year};
    plan.lists[2].is_complete = false;
    ScriptedIntake intake;
    for (const char* url :
         {"https://a.example/new?since=2026-02-03", "https://a.example/all?to=2026-02-10",
          "https://a.example/all?to=2025-12-31", "https://a.example/both"})
        intake.documents[url] = {3, 1};
    BOOST_TEST((run(plan, Scope::incremental, intake) == Coverage::partial));
    BOOST_TEST(intake.asked == (std::vector<std::string>{"https://a.example/new?since=2026-02-03",
                                                         "https://a.example/both"}),
               boost::test_tools::per_element());
    intake.asked.clear();
    intake.taken.clear();
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::complete));
    BOOST_TEST(intake.taken ==
                   (std::vector<std::string>{"list:1:2026-01-01", "list:1:2025-01-01", "list:2"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(numbers_with_gaps_are_counted_until_too_many_are_missing) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/{from}/{page}")};
    plan.lists[0].date_form = "yyyy";
    plan.lists[0].windows = {Date{2026, 1, 1}, ingest::WindowUnit::year};
    ingest::FetchPages pages;
    pages.first = 1;
    pages.digits = 3;
    pages.stop_after_empty = 2;
    plan.lists[0].pages = pages;
    ScriptedIntake intake;
    intake.documents = {
        {"https://a.example/2026/001", {1, 1}}, {"https://a.example/2026/002", {0, 0}},
        {"https://a.example/2026/003", {1, 1}}, {"https://a.example/2026/004", {0, 0}},
        {"https://a.example/2026/005", {0, 0}}, {"https://a.example/2026/006", {1, 1}}};
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::complete));
    BOOST_TEST(intake.asked.size() == 5);
    BOOST_TEST(intake.asked.back() == "https://a.example/2026/005");
}

BOOST_AUTO_TEST_CASE(a_window_that_fails_leaves_the_others_and_makes_the_listing_partial) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/all?to={to}")};
    plan.lists[0].windows = {Date{2024, 1, 1}, ingest::WindowUnit::year};
    ScriptedIntake intake;
    intake.documents["https://a.example/all?to=2026-02-10"] = {3, 1};
    intake.documents["https://a.example/all?to=2024-12-31"] = {3, 1};
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::partial));
    BOOST_TEST(intake.asked.size() == 3U);
}

BOOST_AUTO_TEST_CASE(pages_end_with_an_empty_one_a_failed_one_or_their_limit) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/?p={page}")};
    plan.lists[0].pages = {.first = 10, .step = 10, .pages_max = 4, .stop_after_known = 0};
    const auto page = [](int number) { return "https://a.example/?p=" + std::to_string(number); };
    ScriptedIntake ended;
    ended.documents = {{page(10), {5, 0}}, {page(20), {5, 0}}, {page(30), {0, 0}}};
    BOOST_TEST((run(plan, Scope::full, ended) == Coverage::complete));
    BOOST_TEST(ended.asked.size() == 3U);
    ScriptedIntake failed;
    failed.documents = {{page(10), {5, 5}}};
    BOOST_TEST((run(plan, Scope::full, failed) == Coverage::partial));
    BOOST_TEST(failed.asked.size() == 2U);
    ScriptedIntake endless;
    for (int number = 10; number < 1000; number += 10)
        endless.documents[page(number)] = {5, 5};
    BOOST_TEST((run(plan, Scope::full, endless) == Coverage::partial));
    BOOST_TEST(endless.asked.size() == 4U);
    BOOST_REQUIRE(endless.complaints.size() == 1);
    BOOST_TEST((endless.complaints[0] == ErrorCode::limit));
}

BOOST_AUTO_TEST_CASE(a_page_that_is_the_one_before_once_more_ends_a_degraded_run) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/{page}")};
    plan.lists[0].pages = ingest::FetchPages{.first = 1};
    ScriptedIntake intake;
    for (int page = 1; page <= 9; ++page) {
        intake.documents["https://a.example/" + std::to_string(page)] = {
            .records = 3, .new_or_changed = 0, .sha256 = page == 1 ? "a" : "b"};
    }
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::partial));
    BOOST_TEST(intake.asked.size() == 3);
    BOOST_REQUIRE(intake.complaints.size() == 1);
    BOOST_TEST((intake.complaints.front() == ErrorCode::wrong_document));
}

BOOST_AUTO_TEST_CASE(an_incremental_run_stops_after_pages_it_knows_and_a_full_one_does_not) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/?p={page}")};
    plan.lists[0].pages = {.stop_after_known = 2};
    ScriptedIntake intake;
    const long long fresh[] = {1, 0, 1, 0, 0, 0};
    for (int i = 0; i < 6; ++i)
        intake.documents["https://a.example/?p=" + std::to_string(i)] = {5, fresh[i]};
    intake.documents["https://a.example/?p=6"] = {0, 0};
    BOOST_TEST((run(plan, Scope::incremental, intake) == Coverage::partial));
    BOOST_TEST(intake.asked.size() == 5U);
    intake.asked.clear();
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::complete));
    BOOST_TEST(intake.asked.size() == 7U);
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_for_once_the_intake_is_over) {
    ingest::FetchPlan plan;
    plan.lists = {list_of("https://a.example/?to={to}")};
    plan.lists[0].windows = {Date{2000, 1, 1}, ingest::WindowUnit::year};
    ScriptedIntake intake;
    intake.requests_max = 2;
    BOOST_TEST((run(plan, Scope::full, intake) == Coverage::partial));
    BOOST_TEST(intake.asked.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
