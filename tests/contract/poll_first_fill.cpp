// A source whose first fill comes in ZIP containers that an index names, and later pages one by
// one.
#include "tests/support/scripted_source.h"
#include "tests/support/table_site.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "gateway/store/source_state.h"

namespace recall {
using store::RunState;
using test::counts_of;
using test::on_each_store;
using test::ScriptedReply;
using test::ScriptedSource;
using test::TestStore;

namespace {

const std::string bulk = "/food/enforcement/food-enforcement-000";

std::string record(int number) {
    const std::string text = std::to_string(number);
    return R"({"recall_number":"F-900)" + text +
           R"(-2026","event_id":"99001","status":"Ongoing",)" +
           R"("classification":"Class II","product_type":"Food",)" +
           R"("recalling_firm":"Little Otter Foods","report_date":"2026010)" + text.back() +
           R"(","product_description":"Oat bars, 12 x 40 g",)" +
           R"("reason_for_recall":"Undeclared milk"})";
}

std::string reply(int from, int to) {
    std::string out = R"({"meta":{"results":{"total":4}},"results":[)";
    for (int number = from; number < to; ++number)
        out += (number > from ? "," : "") + record(number + 1);
    return out + "]}";
}

ScriptedReply answer(const std::string& target) {
    if (target == "/download.json") {
        std::string partitions;
        for (const char* part : {"1", "2"}) {
            partitions +=
                (partitions.empty() ? "" : ",") +
                (R"({"display_name":"all","file":"https://download.open.fda.gov)" + bulk) + part +
                R"(-of-0002.json.zip","size_mb":"1.0","records":2})";
        }
        return {R"({"meta":{},"results":{"food":{"enforcement":{"export_date":"2026-11-24",)"
                R"("total_records":4,"partitions":[)" +
                partitions + R"(]}},"drug":{"enforcement":{"partitions":[{"file":"x"}]}}}})"};
    }
    if (target.starts_with(bulk)) {
        const int part = target[bulk.size()] - '0';
        return {test::zipped("food-enforcement.json", reply(2 * part - 2, 2 * part)), 200, "",
                "application/zip"};
    }
    if (target.starts_with("/food/enforcement.json")) return {reply(0, 4)};
    return {"", 404};
}

std::size_t count_of(const ScriptedSource& source, const std::string& prefix) {
    const auto targets = source.targets();
    return std::size_t(std::ranges::count_if(
        targets, [&](const std::string& target) { return target.starts_with(prefix); }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_first_fill)

BOOST_AUTO_TEST_CASE(the_first_run_takes_the_containers_and_those_after_it_the_pages) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        source.plan().bounds.full_min = 1;
        source.answer_with(answer);
        const auto first = source.poll();
        BOOST_TEST((first.state == RunState::healthy), first.reason);
        BOOST_TEST(counts_of(first) ==
                   "fetched 4, new 4, changed 0, unchanged 0, vanished 0, quarantined 0");
        BOOST_TEST(count_of(source, bulk) == 2U);
        BOOST_TEST(count_of(source, "/food/enforcement.json") == 0U);
        const auto second = source.poll();
        BOOST_TEST((second.state == RunState::healthy), second.reason);
        BOOST_TEST(counts_of(second) ==
                   "fetched 4, new 0, changed 0, unchanged 4, vanished 0, quarantined 0");
        BOOST_TEST(count_of(source, bulk) == 2U);
        BOOST_TEST(count_of(source, "/food/enforcement.json") > 0U);
    });
}

BOOST_AUTO_TEST_CASE(a_first_run_that_lacks_a_container_is_no_first_run_the_next_time) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        source.plan().bounds.full_min = 1;
        source.answer_with([](const std::string& target) {
            const bool is_cut = target.starts_with(bulk + "2");
            ScriptedReply out = answer(target);
            if (is_cut) out.body.resize(out.body.size() / 2);
            return out;
        });
        const auto first = source.poll();
        BOOST_TEST((first.state == RunState::degraded));
        BOOST_TEST(first.counts.created == 2);
        source.answer_with(answer);
        const auto second = source.poll();
        BOOST_TEST((second.state == RunState::healthy), second.reason);
        BOOST_TEST(second.counts.created == 2);
        BOOST_TEST(second.counts.vanished == 0);
    });
}

BOOST_AUTO_TEST_CASE(what_is_no_container_is_not_taken_for_one) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        source.answer_with([](const std::string& target) {
            return target.starts_with(bulk) ? ScriptedReply{reply(0, 2)} : answer(target);
        });
        const auto first = source.poll();
        BOOST_TEST((first.state != RunState::healthy));
        BOOST_TEST(first.counts.created == 0);
        BOOST_TEST(first.reason.find("no ZIP container") != std::string::npos, first.reason);
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
