// Lists whose pages name the next one, and JSON lists that lead to documents.
#include <boost/test/unit_test.hpp>

#include "tests/support/quiet.h"
#include "tests/support/scripted_source.h"

namespace recall {
using store::RunState;
using test::counts_of;
using test::on_each_store;
using test::Quiet;
using test::ScriptedReply;
using test::ScriptedSource;
using test::TestStore;

namespace {

std::string recall_json(const std::string& number) {
    return R"({"recall_number":")" + number + R"(","status":"Ongoing","product_type":"Food",)" +
           R"("report_date":"20260202","recalling_firm":"Heron LLC","product_description":"Tea"})";
}

std::string page(const std::string& records) {
    return R"({"meta":{},"results":[)" + records + "]}";
}

ScriptedReply linked(const std::string& records, const std::string& next) {
    return {page(records), 200, "Link: <" + next + ">; rel=\"next\"\r\n"};
}

// Not the containers of the first run.
void page_by_page(ScriptedSource& source) {
    std::erase_if(source.plan().lists, [](const mapping::FetchList& list) {
        return list.use == mapping::ListUse::first;
    });
}

constexpr const char* second = "https://api.fda.gov/food/enforcement.json?limit=1000&after=1";
constexpr const char* nothing = R"({"error":{"code":"NOT_FOUND","message":"No matches found!"}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_next_pages)

BOOST_AUTO_TEST_CASE(a_link_header_leads_from_page_to_page) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        page_by_page(source);
        source.answer_with([](const std::string& target) {
            return target.find("after=1") == std::string::npos
                       ? linked(recall_json("F-1") + "," + recall_json("F-2"), second)
                       : ScriptedReply{page(recall_json("F-3"))};
        });
        const auto first = source.poll();
        BOOST_TEST((first.state == RunState::healthy), first.reason);
        BOOST_TEST(counts_of(first) ==
                   "fetched 3, new 3, changed 0, unchanged 0, vanished 0, quarantined 0");
        BOOST_TEST(source.targets().size() == 2);
        // Records move from page to page, and one goes.
        source.answer_with([](const std::string& target) {
            return target.find("after=1") == std::string::npos
                       ? linked(recall_json("F-3"), second)
                       : ScriptedReply{page(recall_json("F-1"))};
        });
        BOOST_TEST(counts_of(source.poll()) ==
                   "fetched 2, new 0, changed 0, unchanged 2, vanished 1, quarantined 0");
    });
}

// The last page is full, so that it names one more.
BOOST_AUTO_TEST_CASE(what_is_not_found_behind_the_last_page_ends_the_list) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        page_by_page(source);
        source.answer_with([](const std::string& target) {
            return target.find("after=1") == std::string::npos ? linked(recall_json("F-1"), second)
                                                               : ScriptedReply{nothing, 404};
        });
        const auto report = source.poll();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        BOOST_TEST(report.counts.created == 1);
        source.answer_with([](const std::string&) { return ScriptedReply{nothing, 404}; });
        const auto empty = source.poll(ingest::Scope::incremental);
        BOOST_TEST((empty.state == RunState::healthy), empty.reason);
        BOOST_TEST(empty.counts.fetched == 0);
        const std::string asked = source.targets().back();
        BOOST_TEST(asked.find("search=report_date:%5B20260827+TO+20261125%5D&limit=1000") !=
                       std::string::npos,
                   asked);
    });
}

BOOST_AUTO_TEST_CASE(a_next_page_elsewhere_is_not_followed) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        page_by_page(source);
        source.answer_with([](const std::string&) {
            return linked(recall_json("F-1"), "https://elsewhere.example/food?after=1");
        });
        const auto report = source.poll();
        BOOST_TEST((report.state == RunState::degraded));
        BOOST_TEST(report.reason.find("elsewhere.example") != std::string::npos, report.reason);
        BOOST_TEST(source.targets().size() == 1);
    });
}

BOOST_AUTO_TEST_CASE(pages_that_never_end_are_left) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "us-fda-food");
        page_by_page(source);
        for (auto& list : source.plan().lists)
            list.pages->pages_max = 3;
        int pages = 0;
        source.answer_with([&pages](const std::string&) {
            return linked(recall_json("F-" + std::to_string(++pages)), second);
        });
        const auto report = source.poll();
        BOOST_TEST((report.state == RunState::degraded));
        BOOST_TEST(source.targets().size() == 3);
        // Page after page the same.
        source.answer_with([](const std::string&) { return linked(recall_json("F-1"), second); });
        const auto again = source.poll();
        BOOST_TEST((again.state == RunState::degraded));
        BOOST_TEST(again.reason.find("byte for byte") != std::string::npos, again.reason);
    });
}

BOOST_AUTO_TEST_CASE(a_member_of_the_document_leads_to_the_next_page) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "eu-rasff");
        const auto row = [](const std::string& reference) {
            return R"({"NOTIFICATION_REFERENCE":")" + reference +
                   R"(","NOTIF_DATE":"2026-07-06T00:00:00","NOTIF_SUBJECT":"Cheese",)" +
                   R"("NOTIFICATION_CLASSIFICAT_DESC":"alert notification"})";
        };
        source.answer_with([&](const std::string& target) {
            const bool is_first = target.find("skip") == std::string::npos;
            return ScriptedReply{
                R"({"value":[)" + row(is_first ? "2026.9650" : "2026.965") + R"(],"nextLink":)" +
                (is_first ? R"("https://api.datalake.sante.service.ec.europa.eu/rasff/x?skip=1")"
                          : "null") +
                "}"};
        });
        const auto report = source.poll();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        BOOST_TEST(counts_of(report) ==
                   "fetched 2, new 2, changed 0, unchanged 0, vanished 0, quarantined 0");
        BOOST_TEST(source.targets().back() == "/rasff/x?skip=1");
        BOOST_TEST(counts_of(source.poll()) ==
                   "fetched 2, new 0, changed 0, unchanged 2, vanished 0, quarantined 0");
    });
}

BOOST_AUTO_TEST_CASE(a_json_list_leads_to_documents_which_are_fetched_when_their_entry_changed) {
    on_each_store([](TestStore& store) {
        ScriptedSource source(store, "gb-opss");
        source.plan().detail->recheck_newest = 0;
        std::string stamp = "2026-10-02T13:24:26Z";
        const auto answer = [&](const std::string& target) {
            const std::string path = "/product-safety-alerts-reports-recalls/product-recall-lamp";
            if (target.find("/api/search.json") == 0) {
                if (target.find("start=0&") == std::string::npos)
                    return ScriptedReply{R"({"results":[],"total":1})"};
                return ScriptedReply{R"({"results":[{"title":"Lamp","link":")" + path +
                                     R"(","public_timestamp":")" + stamp + R"("}],"total":1})"};
            }
            if (target != "/api/content" + path) return ScriptedReply{"{}", 404};
            return ScriptedReply{R"({"base_path":")" + path +
                                 R"(","title":"Product Recall: Lamp of )" + stamp +
                                 R"(","details":{"body":"","metadata":{)" +
                                 R"("product_alert_type":"product-recall",)" +
                                 R"("product_recall_alert_date":"2026-10-02"}}})"};
        };
        source.answer_with(answer);
        const auto first = source.poll();
        BOOST_TEST((first.state == RunState::healthy), first.reason);
        BOOST_TEST(first.counts.created == 1);
        BOOST_TEST(source.revisions("product-recall-lamp").size() == 1);
        const std::size_t asked = source.targets().size();
        source.poll();
        BOOST_TEST(source.targets().size() == asked + 1);  // the list alone
        stamp = "2026-10-03T13:24:26Z";
        source.answer_with(answer);
        BOOST_TEST(source.poll().counts.changed == 1);
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
