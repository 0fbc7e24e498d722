// Polls of a source whose tables are one document: fetched together or not at all, the same when
// only the packing changed, and a faster list beside them that never speaks over them.
#include <boost/test/unit_test.hpp>

#include "gateway/ingest/archived_document.h"
#include "gateway/json/notice_json.h"
#include "tests/support/poll_world.h"
#include "tests/support/table_site.h"

namespace recall {
namespace {

using ingest::Scope;
using store::RunState;
using test::on_each_store;
using test::TestStore;

std::string row(const std::string& campaign, const std::string& model) {
    std::string out = "1\t" + campaign + "\tMERIDIAN\t" + model + "\t2024\t\tSTEERING";
    for (int i = 7; i < 29; ++i)
        out += i == 15 ? "\t20240312" : "\t";
    return out + "\r\n";
}

std::string answer(const std::string& campaign) {
    return R"({"meta":{},"results":[{"recalls":[{"nhtsaCampaignNumber":")" + campaign +
           R"(","subject":"Steering","reportReceivedDate":"2026-11-20T04:00:00Z"}]}]})";
}

class World {
  public:
    explicit World(TestStore& store)
        : store_(store),
          fetcher_({.spool_folder = folder_.path().string(), .stand_in = site_.url()}, clock_),
          source_(test::quick_source("us-nhtsa")),
          parts_{store.database(), fetcher_, clock_, "tester"} {
        source_.mapping.fetch->lists.back().pages.reset();
        older(row("07V1", "A") + row("24V1", "B"));
        newer(row("24V1", "C"));
        site_.put("/safetyIssues/byDate", {answer("26V1"), "application/json"});
    }

    void older(const std::string& text, int day = 1) { put("FLAT_RCL_PRE_2010", text, day); }
    void newer(const std::string& text, int day = 1) { put("FLAT_RCL_POST_2010", text, day); }
    test::TableSite& site() { return site_; }
    store::Database& database() { return store_.database(); }
    mapping::Mapping& mapping() { return source_.mapping; }

    std::string poll(Scope scope = Scope::full) {
        clock_.turn(std::chrono::hours(1));
        ingest::RunOptions options;
        options.scope = scope;
        const auto report = ingest::run_source(parts_, source_.mapping, source_.adapter, options);
        BOOST_REQUIRE(report.ok());
        return test::counts_of(*report) + " " + std::string(spelling(report->state));
    }

    // "A B": the models of a campaign; empty when there is no such notice.
    std::string models(const std::string& campaign) {
        const auto session = database().lease();
        const auto stored = store::Notices(*session).get("us-nhtsa:" + campaign);
        if (!stored) return {};
        std::string out;
        const model::Notice notice = json::read_notice(stored->json).value();
        for (const auto& product : notice.products)
            out += (out.empty() ? "" : " ") + product.models.front();
        return out;
    }

    std::string raw_of(const std::string& campaign) {
        const auto session = database().lease();
        return store::Notices(*session).get("us-nhtsa:" + campaign).value().raw_sha256;
    }

  private:
    void put(const std::string& name, const std::string& text, int day) {
        site_.put("/odi/ffdd/rcl/" + name + ".zip",
                  {.bytes = test::zipped(name + ".txt", text, day)});
    }

    TestStore& store_;
    test::TempFolder folder_;
    test::PollClock clock_;
    test::TableSite site_;
    net::Fetcher fetcher_;
    ingest::PolledSource source_;
    ingest::RunParts parts_;
};

constexpr const char* same = "fetched 3, new 0, changed 0, unchanged 3, vanished 0, quarantined 0";

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_tables)

BOOST_AUTO_TEST_CASE(rows_of_a_campaign_in_both_tables_are_one_notice) {
    on_each_store([](TestStore& store) {
        World world(store);
        BOOST_TEST(world.poll() ==
                   "fetched 3, new 3, changed 0, unchanged 0, vanished 0, quarantined 0 healthy");
        BOOST_TEST(world.models("24V1") == "B C");
        BOOST_TEST(world.models("07V1") == "A");
    });
}

BOOST_AUTO_TEST_CASE(tables_that_were_only_zipped_anew_change_nothing) {
    on_each_store([](TestStore& store) {
        World world(store);
        world.poll();
        const std::string raw = world.raw_of("24V1");
        world.older(row("07V1", "A") + row("24V1", "B"), 2);
        world.newer(row("24V1", "C"), 2);
        BOOST_TEST(world.poll() == same + std::string(" healthy"));
        BOOST_TEST(world.raw_of("24V1") == raw);
        world.newer(row("24V1", "C") + row("24V1", "D"), 3);
        BOOST_TEST(world.poll() ==
                   "fetched 3, new 0, changed 1, unchanged 2, vanished 0, quarantined 0 healthy");
        BOOST_TEST(world.models("24V1") == "B C D");
    });
}

BOOST_AUTO_TEST_CASE(a_cut_table_replaces_nothing_and_the_next_run_mends_it) {
    on_each_store([](TestStore& store) {
        World world(store);
        world.poll();
        const std::string whole = test::zipped("FLAT_RCL_POST_2010.txt", row("24V1", "E"), 2);
        const std::string path = "/odi/ffdd/rcl/FLAT_RCL_POST_2010.zip";
        world.site().put(path, {.bytes = whole.substr(0, whole.size() - 9)});
        const std::string report = world.poll();
        BOOST_TEST(report.find("changed 0") != std::string::npos, report);
        BOOST_TEST(report.find("vanished 0") != std::string::npos, report);
        BOOST_TEST(report.find("healthy") == std::string::npos, report);
        BOOST_TEST(world.models("24V1") == "B C");
        world.site().put(path, {.bytes = whole});
        world.poll();
        BOOST_TEST(world.models("24V1") == "B E");
    });
}

BOOST_AUTO_TEST_CASE(a_provisional_list_brings_what_is_new_and_leaves_what_is_known) {
    on_each_store([](TestStore& store) {
        World world(store);
        world.poll();
        BOOST_TEST(world.models("26V1").empty());  // it names no product
        world.site().put("/safetyIssues/byDate", {answer("24V1"), "application/json"});
        world.poll(Scope::incremental);
        BOOST_TEST(world.models("24V1") == "B C");
        world.site().put("/safetyIssues/byDate", {answer("26V1"), "application/json"});
        world.newer(row("24V1", "C") + row("26V1", "Z"), 4);
        world.poll();
        BOOST_TEST(world.models("26V1") == "Z");
        // Three in the tables, and one of them once more in the list.
        BOOST_TEST(world.poll() ==
                   "fetched 4, new 0, changed 0, unchanged 4, vanished 0, quarantined 0 healthy");
        BOOST_TEST(world.models("26V1") == "Z");
    });
}

BOOST_AUTO_TEST_CASE(what_was_one_document_is_one_again_from_the_archive) {
    on_each_store([](TestStore& store) {
        World world(store);
        world.poll();
        const auto session = world.database().lease();
        const auto document = ingest::archived_document(*session, world.raw_of("24V1"), 1 << 20);
        BOOST_REQUIRE(document.ok());
        BOOST_TEST(document->parts.size() == 2);
        std::string seen;
        mapping::map_documents(world.mapping(), document->parts,
                               [&](mapping::MappedRecord&& record) { seen += record.key + " "; });
        BOOST_TEST(seen == "07V1 24V1 ");
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
