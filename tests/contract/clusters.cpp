// Clusters as they go on in a running gateway, on every store, and as an operator sees them.

#include "gateway/store/clusters.h"
#include "gateway/clusters/cluster_json.h"
#include "gateway/clusters/cluster_work.h"
#include "gateway/clusters/reasons.h"
#include "gateway/clusters/ruling.h"
#include "gateway/json/notice_json.h"
#include "gateway/ops/command.h"
#include "gateway/store/leases.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "tests/support/exchange.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"
#include "tests/unit/clusters/invented.h"

namespace clusters = recall::clusters;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;
using clusters::ClusterWork;
using clusters::Told;
using model::Verdict;
using recall::ErrorCode;

namespace {

std::shared_ptr<const recall::match::Lexicon> shared_lexicon() {
    return {std::shared_ptr<void>(), &clusters::lexicon()};
}

void put(store::Database& database, const model::Notice& notice) {
    const std::string json = recall::json::write_notice(notice);
    store::in_write_transaction(database, [&](store::Session& session) {
        store::Notices(session).upsert(
            {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
            [](std::string_view text) { return recall::json::read_kept_notice(text); },
            test::test_now);
    });
}

struct Desk {
    explicit Desk(test::TestStore& opened) : database(opened.database()) { begin("node"); }

    // As the process does when it starts.
    void begin(const std::string& owner) {
        work = std::make_unique<ClusterWork>(database, shared_lexicon(), clock, owner,
                                             std::chrono::seconds(30));
    }
    void put(const model::Notice& notice) { ::put(database, notice); }
    void put(const Told& told) { put(clusters::notice(told)); }
    void vanish(const std::string& id) {
        store::in_write_transaction(database, [&](store::Session& session) {
            BOOST_REQUIRE(store::Notices(session).mark_vanished(id, clock.now()).ok());
        });
    }
    // What the notice's cluster holds: ids with a blank between.
    std::string around(const std::string& id) {
        const auto session = database.lease();
        store::Clusters all(*session);
        const auto member = all.member(id);
        if (!member) return "";
        std::string out;
        for (const auto& one : all.members(member->cluster, 100))
            out += (out.empty() ? "" : " ") + one.notice;
        return out;
    }
    std::string told(const std::string& id,
                     clusters::Audience audience = clusters::Audience::staff) {
        return clusters::cluster_of_notice(*database.lease(), id, audience).value_or("");
    }
    std::vector<model::NoticeLink> links(const std::string& id) {
        return store::Clusters(*database.lease()).links(id);
    }
    recall::Result<void> rule(const std::string& one, const std::string& other, Verdict verdict,
                              const std::string& because = "looked at the pictures") {
        return store::in_write_transaction(database, [&](store::Session& session) {
            return clusters::rule(
                session, clusters::lexicon(),
                {.one = one, .other = other, .verdict = verdict, .by = "Ada", .because = because},
                clock.now());
        });
    }

    store::Database& database;
    test::TurnedClock clock;
    std::unique_ptr<ClusterWork> work;
};

const Told here{"xx-a:1", "XX", "2099-03-01", "Velmoro", "VX-2200", ""};
const Told there{"yy-b:1", "YY", "2099-04-01", "Velmoro", "VX2200", ""};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clusters_of_notices)

BOOST_AUTO_TEST_CASE(notices_of_one_recall_are_linked_with_the_reason_whichever_came_first) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        BOOST_TEST(desk.work->run_once().notices == 1);
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1");
        desk.put(there);
        BOOST_TEST(desk.work->run_once().links == 1);
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1 yy-b:1");
        BOOST_TEST(desk.around("yy-b:1") == "xx-a:1 yy-b:1");
        const std::string told = desk.told("yy-b:1");
        BOOST_TEST(holds(told, R"("cluster":"xx-a:1")"), told);
        BOOST_TEST(holds(told, R"({"with":"xx-a:1","reason":"shared_model","field":)"
                               R"("products.models","value":"VX-2200","firm":"Velmoro"})"),
                   told);
        BOOST_TEST(desk.work->run_once().notices == 0);
        desk.begin("node");
        BOOST_TEST(desk.work->run_once().notices == 0, "a restart goes on where it was");
    });
}

BOOST_AUTO_TEST_CASE(a_new_revision_without_the_reason_ends_the_link) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        desk.put(there);
        desk.work->run_once();
        Told changed = there;
        changed.model = "VX-9900";
        desk.put(changed);
        desk.work->run_once();
        BOOST_TEST(desk.links("xx-a:1").empty());
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1");
        BOOST_TEST(desk.around("yy-b:1") == "yy-b:1");
        desk.put(there);
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1 yy-b:1", "and back");
    });
}

BOOST_AUTO_TEST_CASE(a_notice_that_names_another_is_linked_when_that_one_comes) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        model::Notice naming = clusters::notice({"xx-a:1", "XX", "2099-03-01", "", "", ""});
        naming.related = {{"joint_recall", "", "https://www.recalls.example/en/kettle"},
                          {"expands", "xx-a:0", ""}};
        desk.put(naming);
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1");
        model::Notice named = clusters::notice({"yy-b:1", "YY", "2099-03-02", "", "", ""});
        named.url = "http://recalls.example/en/kettle/";
        desk.put(named);
        desk.put(Told{"xx-a:0", "XX", "2098-03-02", "", "", ""});
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:0 xx-a:1 yy-b:1");
    });
}

BOOST_AUTO_TEST_CASE(links_of_a_vanished_notice_stay_and_say_so) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        desk.put(there);
        desk.work->run_once();
        desk.vanish("yy-b:1");
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1 yy-b:1");
        BOOST_TEST(holds(desk.told("xx-a:1"), R"("status":"vanished")"));
    });
}

BOOST_AUTO_TEST_CASE(a_number_that_becomes_common_ceases_to_be_a_reason) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        const auto told = [](std::size_t i) {
            const std::string n = std::to_string(i);
            return Told{"zz-" + n + ":1", "Z" + n, "2099-03-01", "Velmoro", "VX-2200", ""};
        };
        for (std::size_t i = 0; i < clusters::key_notices_max; ++i)
            desk.put(told(i));
        desk.work->run_once();
        BOOST_TEST(desk.links("zz-0:1").size() == clusters::key_notices_max - 1);
        desk.put(told(clusters::key_notices_max));
        desk.work->run_once();
        for (std::size_t i = 0; i <= clusters::key_notices_max; ++i)
            BOOST_TEST(desk.links(told(i).id).empty(), told(i).id);
        BOOST_TEST(desk.around("zz-0:1") == "zz-0:1");
        Told other = told(clusters::key_notices_max);
        other.model = "VX-1";
        desk.put(other);
        desk.work->run_once();
        BOOST_TEST(desk.links("zz-0:1").size() == clusters::key_notices_max - 1, "and again one");
    });
}

BOOST_AUTO_TEST_CASE(a_page_at_which_a_source_has_several_notices_links_none) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        const auto at_page = [](const std::string& id, const std::string& country) {
            model::Notice notice = clusters::notice({id, country, "2099-03-01", "", "", ""});
            notice.url = "https://recalls.example/?Event=77";
            return notice;
        };
        desk.put(at_page("xx-a:1", "XX"));
        desk.put(at_page("xx-b:1", "XX"));
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1 xx-b:1");
        desk.put(at_page("xx-b:2", "XX"));
        desk.work->run_once();
        BOOST_TEST(desk.around("xx-a:1") == "xx-a:1");
    });
}

BOOST_AUTO_TEST_CASE(what_people_split_stays_apart_and_what_they_join_together) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        desk.put(there);
        desk.put(Told{"zz-c:1", "ZZ", "2099-03-01", "", "", ""});
        desk.work->run_once();
        BOOST_REQUIRE(desk.rule("yy-b:1", "xx-a:1", Verdict::split).ok());
        BOOST_REQUIRE(desk.rule("xx-a:1", "zz-c:1", Verdict::join, "the same photograph").ok());
        const auto check = [&](const char* when) {
            BOOST_TEST(desk.around("xx-a:1") == "xx-a:1 zz-c:1", when);
            BOOST_TEST(desk.around("yy-b:1") == "yy-b:1", when);
        };
        check("at once");
        Told changed = there;
        changed.day = "2099-03-05";
        desk.put(changed);
        desk.work->run_once();
        check("after a revision");
        BOOST_REQUIRE(desk.work->rebuild().ok());
        check("after all is made anew");
        const std::string staff = desk.told("xx-a:1");
        BOOST_TEST(holds(staff, R"("reason":"joined","value":"the same photograph")"), staff);
        BOOST_TEST(holds(staff, R"("verdict":"split","by":"Ada","because":"looked at the)"), staff);
        const std::string platform = desk.told("xx-a:1", clusters::Audience::platform);
        BOOST_TEST(!holds(platform, "photograph"), platform);
        BOOST_TEST(!holds(platform, "rulings"), platform);
        BOOST_REQUIRE(desk.rule("xx-a:1", "yy-b:1", Verdict::undone, "a mistake").ok());
        BOOST_TEST(desk.around("yy-b:1") == "xx-a:1 yy-b:1 zz-c:1");
        BOOST_TEST(store::Clusters(*desk.database.lease()).history("xx-a:1", "yy-b:1").size() ==
                   2U);
    });
}

BOOST_AUTO_TEST_CASE(a_ruling_that_cannot_be_is_refused) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        desk.put(there);
        desk.work->run_once();
        struct Case {
            const char* other;
            Verdict verdict;
            std::string because;
            ErrorCode code;
        };
        const Case cases[] = {
            {"xx-a:1", Verdict::split, "x", ErrorCode::usage},
            {"yy-b:1", Verdict::split, "", ErrorCode::usage},
            {"yy-b:1", Verdict::split, std::string(3000, 'x'), ErrorCode::usage},
            {"yy-b:9", Verdict::split, "x", ErrorCode::not_found},
            {"yy-b:1", Verdict::undone, "x", ErrorCode::conflict},
        };
        for (const Case& one : cases) {
            const auto ruled = desk.rule("xx-a:1", one.other, one.verdict, one.because);
            BOOST_REQUIRE(!ruled.ok());
            BOOST_CHECK(ruled.error().code == one.code);
        }
        BOOST_REQUIRE(desk.rule("xx-a:1", "yy-b:1", Verdict::join).ok());
        BOOST_CHECK(desk.rule("yy-b:1", "xx-a:1", Verdict::join).error().code ==
                    ErrorCode::conflict);
    });
}

BOOST_AUTO_TEST_CASE(of_two_gateways_one_does_the_work) {
    test::on_each_store([](test::TestStore& opened) {
        Desk desk(opened);
        desk.put(here);
        desk.work->run_once();
        desk.put(there);
        ClusterWork other(desk.database, shared_lexicon(), desk.clock, "other",
                          std::chrono::seconds(30));
        BOOST_TEST(other.run_once().notices == 0);
        BOOST_CHECK(other.rebuild().error().code == ErrorCode::conflict);
        desk.clock.turn(std::chrono::minutes(3));
        BOOST_TEST(other.run_once().notices == 1, "the lease ran out");
    });
}

BOOST_AUTO_TEST_CASE(an_operator_sees_and_rules) {
    const test::TempFolder folder;
    const std::string url = "sqlite:" + folder.file("g.db");
    {
        const auto database = store::Database::open({.url = url});
        store::migrate(*database, test::test_now);
        put(*database, clusters::notice(here));
        put(*database, clusters::notice(there));
    }
    std::string out;
    const auto run = [&](std::vector<std::string> arguments) {
        const test::Quiet quiet;
        arguments.insert(arguments.end(), {"--set", "database.url=" + url});
        const test::Printed caught;
        const int code = recall::ops::run_program(arguments);
        out = caught.out.str() + caught.err.str();
        return code;
    };
    BOOST_TEST(run({"cluster", "rebuild"}) == 0, out);
    BOOST_TEST(out == "{\"notices\":2,\"links\":1}\n");
    BOOST_TEST(run({"cluster", "list"}) == 0);
    BOOST_TEST(holds(out, R"({"cluster":"xx-a:1","members":[{"id":"xx-a:1","title":"Hair dryer")"),
               out);
    BOOST_TEST(run({"notice", "show", "yy-b:1"}) == 0);
    BOOST_TEST(holds(out, "\n{\"cluster\":\"xx-a:1\""), out);
    BOOST_TEST(run({"cluster", "split", "xx-a:1", "yy-b:1"}) == 2, "without a reason");
    BOOST_TEST(run({"cluster", "split", "xx-a:1"}) == 2);
    BOOST_TEST(run({"cluster", "split", "xx-a:1", "yy-b:2", "--because", "x"}) == 1);
    BOOST_TEST(run({"cluster", "split", "xx-a:1", "yy-b:1", "--because", "two sizes"}) == 0, out);
    BOOST_TEST(run({"cluster", "split", "xx-a:1", "yy-b:1", "--because", "two sizes"}) == 1);
    BOOST_TEST(run({"cluster", "list"}) == 0);
    BOOST_TEST(out.empty(), out);
    BOOST_TEST(run({"cluster", "undo", "yy-b:1", "xx-a:1", "--because", "one size"}) == 0);
    BOOST_TEST(run({"cluster", "list"}) == 0);
    BOOST_TEST(!out.empty());
    BOOST_TEST(run({"cluster", "join", "xx-a:1", "yy-b:1", "--because", "one box"}) == 0);
    BOOST_TEST(holds(out, R"("reason":"joined","value":"one box")"), out);
}

BOOST_AUTO_TEST_SUITE_END()
