// A source that tells its notices in several places: weekly reports, pages of their own in several
// languages, and corrections that name them by number. On both databases.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "gateway/ingest/replay.h"
#include "gateway/json/notice_json.h"
#include "tests/support/quiet.h"

namespace recall {
using store::NoticeChange;
using store::RunState;
using test::counts_of;
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

namespace {

const std::string source = "eu-safety-gate";
const std::string newer = "10000902";  // the later of the stand-in's two reports of 2026

// The alert SR/90001/26 of the older report, as the portal has it in a language.
std::string alert(const std::string& language) {
    std::ifstream file(std::string(RECALLGW_SOURCE_DIR) +
                       "/tests/fixtures/eu/safety-gate/detail_1_" + language + ".json");
    std::ostringstream text;
    text << file.rdbuf();
    std::string out = text.str();
    const std::pair<std::string_view, std::string_view> changes[] = {
        {"\"id\":10990001,", "\"id\":10990101,"},
        {"A12/90001/24", "SR/90001/26"},
        {"2024-02-06T09", "2026-09-30T09"}};
    for (const auto& [from, to] : changes) {
        for (std::size_t at = out.find(from); at != std::string::npos;
             at = out.find(from, at + to.size()))
            out.replace(at, from.size(), to);
    }
    return out;
}

void put_alert(PollWorld& world, const std::string& language) {
    world.site().put(source, "alert:10990101:" + language, alert(language));
    // Each language asked for has a page; those without a translation are the English one.
    for (const char* other : {"en", "de", "fr"}) {
        const auto names = world.site().names(source);
        const std::string name = std::string("alert:10990101:") + other;
        if (std::ranges::find(names, name) == names.end())
            world.site().put(source, name, alert(language));
    }
}

model::Notice notice(PollWorld& world, const std::string& key) {
    const auto stored = world.notice(key);
    BOOST_REQUIRE_MESSAGE(stored.has_value(), "no notice " << key);
    return json::read_notice(stored->json).value();
}

std::string content(PollWorld& world, const std::string& key) {
    model::Notice out = notice(world, key);
    out.provenance.reset();
    return json::write_notice(out);
}

// "products/0/gtins, number": what differs between the last revision and the one before.
std::string last_change(PollWorld& world, const std::string& key) {
    std::string out;
    const auto revisions = world.revisions(key);
    for (const auto& difference : revisions.back().differences)
        out += (out.empty() ? "" : ", ") + difference.path;
    return out;
}

// What the addendum of the newer report says.
void say(PollWorld& world, const std::string& text) {
    const std::string before = world.site().document(source, newer);
    const std::size_t from = before.find("<report_addendum>");
    const std::size_t end = before.find("</report_addendum>");
    BOOST_REQUIRE(end != std::string::npos);
    world.site().put(
        source, newer,
        before.substr(0, from) + "<report_addendum><![CDATA[" + text + "]]>" + before.substr(end));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_parts)

BOOST_AUTO_TEST_CASE(the_page_of_an_alert_adds_languages_and_barcodes_to_its_report) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.poll();
        BOOST_TEST(world.revisions("10990101").size() == 1U);
        world.site().put(source, "alert:10990101:en", alert("en"));
        world.site().put(source, "alert:10990101:de", alert("en"));
        world.site().put(source, "alert:10990101:fr", alert("fr"));
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        // One revision for what each language said.
        const auto revisions = world.revisions("10990101");
        BOOST_REQUIRE(revisions.size() == 3U);
        const auto& differences = revisions[1].differences;
        BOOST_TEST(
            std::ranges::count(differences, "products/0/gtins", &model::FieldDifference::path) > 0);
        const model::Notice now = notice(world, "10990101");
        BOOST_TEST(now.language == "en");
        const std::vector<std::string> gtins = {"04006381333931", "04006381333948"};
        BOOST_TEST(now.products.front().gtins == gtins, boost::test_tools::per_element());
        std::vector<std::string> languages;
        for (const model::Text& text : now.products.front().type)
            languages.push_back(text.lang);
        const std::vector<std::string> both = {"en", "fr"};
        BOOST_TEST(languages == both, boost::test_tools::per_element());
        // What only the report says stays.
        BOOST_TEST(!now.risk_level.empty());
    });
}

BOOST_AUTO_TEST_CASE(parts_give_the_same_notice_in_whatever_order_they_come) {
    on_each_store([](TestStore& first) {
        std::string report_first;
        {
            PollWorld world(first, source);
            world.poll();
            put_alert(world, "en");
            world.poll();
            report_first = content(world, "10990101");
        }
        TestStore other(store::Dialect::sqlite);
        PollWorld world(other, source);
        put_alert(world, "en");
        const std::string report = world.site().document(source, "10000901");
        world.site().remove(source, "10000901");
        world.poll();
        BOOST_TEST(notice(world, "10990101").risk_level.empty());
        world.site().put(source, "10000901", report);
        world.poll();
        BOOST_TEST(content(world, "10990101") == report_first);
    });
}

BOOST_AUTO_TEST_CASE(parts_that_did_not_change_give_no_revision_and_one_that_did_gives_one) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        put_alert(world, "en");
        world.poll();
        const std::size_t before = world.revisions("10990101").size();
        const auto again = world.poll();
        BOOST_TEST((again.state == RunState::healthy), again.reason);
        BOOST_TEST(again.counts.changed == 0);
        BOOST_TEST(world.revisions("10990101").size() == before);
        world.site().replace(source, "alert:10990101:en", "4006381333948", "4006381333955");
        world.site().replace(source, "alert:10990101:de", "4006381333948", "4006381333955");
        world.site().replace(source, "alert:10990101:fr", "4006381333948", "4006381333955");
        world.poll();
        BOOST_TEST(world.revisions("10990101").size() == before + 1);
        // One code goes, one comes.
        BOOST_TEST(last_change(world, "10990101") == "products/0/gtins, products/0/gtins");
        // Another mapping maps every part anew, and finds the same.
        world.mapping().version = "next";
        world.poll_full();
        BOOST_TEST(world.revisions("10990101").size() == before + 1);
    });
}

BOOST_AUTO_TEST_CASE(a_portal_behind_a_wall_degrades_the_run_and_the_reports_are_stored) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.site().misbehave(source, {.manner = test::Manner::html_page,
                                        .path_prefix = "/safety-gate-alerts/public/api/search"});
        const auto first = world.poll();
        BOOST_TEST((first.state == RunState::degraded));
        BOOST_TEST(first.reason.find("/public/api/search") != std::string::npos);
        BOOST_TEST(world.notices() == first.counts.created);
        // The index of reports is complete all the same: what it lacks has vanished.
        world.plan().bounds.vanished_percent_max = 50;
        world.site().remove(source, "226");
        BOOST_TEST(world.poll().counts.vanished == 5);
    });
}

BOOST_AUTO_TEST_CASE(a_withdrawn_alert_is_withdrawn_whether_its_report_still_has_it_or_not) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.poll();
        say(world,
            "At the request of the notifying authority, notification SR/90002/26 has been "
            "withdrawn as a duplication of SR/90003/26.");
        const auto report = world.poll();
        // And the alert of which the addendum spoke before.
        BOOST_TEST(report.counts.changed == 2, counts_of(report));
        BOOST_TEST(last_change(world, "10990102") ==
                   "status, summary/0/lang, summary/0/text, updated_on");
        BOOST_TEST(notice(world, "10990102").status == "withdrawn");
        BOOST_TEST(notice(world, "10990103").status == "active");
        BOOST_TEST(world.revisions("10990103").size() == 1U);
        // Not said any more, as when a report is put right: it is in force again.
        say(world, "");
        world.poll();
        BOOST_TEST(notice(world, "10990102").status == "active");
    });
}

BOOST_AUTO_TEST_CASE(a_renumbered_alert_keeps_its_id_and_answers_to_both_numbers) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.poll();
        say(world,
            "SR/90002/26 has been downgraded and the reference number changed to "
            "OR/90090/26.INFO/90006/26 was upgraded to A12/90091/26.");
        world.poll();
        BOOST_TEST(notice(world, "10990102").number == "OR/90090/26");
        BOOST_TEST(notice(world, "10990106").number == "A12/90091/26");
        // Renumbered, it is spoken of by its new number.
        say(world,
            "SR/90002/26 has been downgraded and the reference number changed to "
            "OR/90090/26. Notification OR/90090/26 has been withdrawn.");
        world.poll();
        BOOST_TEST(notice(world, "10990102").number == "OR/90090/26");
        BOOST_TEST(notice(world, "10990102").status == "withdrawn");
        BOOST_TEST(notice(world, "10990106").number == "INFO/90006/26");
    });
}

BOOST_AUTO_TEST_CASE(a_correction_that_comes_before_its_alert_waits_for_it) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        const std::string report = world.site().document(source, "10000901");
        world.site().remove(source, "10000901");
        say(world,
            "Notifications SR/90002/26 and SR/90003/26 : At the request of the notifying "
            "authority, the notification was updated in regards to the legal provision.");
        world.poll();
        world.site().put(source, "10000901", report);
        world.poll();
        for (const char* key : {"10990102", "10990103"}) {
            const model::Notice now = notice(world, key);
            BOOST_TEST(world.revisions(key).size() == 1U);
            BOOST_REQUIRE(now.updated_on.has_value());
            BOOST_TEST(to_text(*now.updated_on) == "2026-10-09");
            BOOST_REQUIRE(now.summary.size() == 1U);
            BOOST_TEST(now.summary.front().text.starts_with("Notifications SR/90002/26"));
        }
    });
}

BOOST_AUTO_TEST_CASE(a_number_that_two_alerts_have_names_neither) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.site().replace(source, "10000901", "SR/90003/26", "SR/90002/26");
        world.poll();
        say(world, "Notification SR/90002/26 has been withdrawn.");
        world.poll();
        BOOST_TEST(notice(world, "10990102").status == "active");
        BOOST_TEST(notice(world, "10990103").status == "active");
    });
}

// The report is quarantined while the alert's page is good, and taken later.
BOOST_AUTO_TEST_CASE(a_part_in_quarantine_joins_the_others_when_the_mapping_is_mended) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        put_alert(world, "en");
        world.poll();
        const std::string whole = content(world, "10990101");

        TestStore other(store::Dialect::sqlite);
        PollWorld mended(other, source);
        const mapping::Mapping good = mended.mapping();
        const test::TempFolder folder;
        mended.mapping() = mapping::MappingFolder::open(
                               test::changed_mappings(folder, "eu/safety-gate.xml",
                                                      "<country from=\"notifyingCountry\"",
                                                      "<country from=\"nobody\""))
                               .value()
                               .load(source)
                               .value();
        mended.mapping().fetch = good.fetch;
        put_alert(mended, "en");
        mended.poll();
        BOOST_TEST(mended.notices() == 1);
        BOOST_TEST(notice(mended, "10990101").risk_level.empty());
        const auto outcomes = ingest::replay(mended.database(), mended.clock(), good, {});
        BOOST_TEST(outcomes.size() == 18U);
        BOOST_TEST(content(mended, "10990101") == whole);
        BOOST_TEST(mended.quarantined().empty());
    });
}

BOOST_AUTO_TEST_CASE(an_alert_that_vanished_stays_so_when_it_is_withdrawn_later) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, source);
        world.poll();
        const std::string report = world.site().document(source, "10000901");
        const std::size_t number = report.find("SR/90002/26");
        const std::size_t from = report.rfind("<notifications", number);
        const std::string_view end = "</notifications>";
        const std::size_t to = report.find(end, number) + end.size();
        world.site().put(source, "10000901", report.substr(0, from) + report.substr(to));
        BOOST_TEST(world.poll().counts.vanished == 1);
        say(world, "Notification SR/90002/26 has been withdrawn.");
        world.poll();
        BOOST_TEST(world.notice("10990102")->state == "vanished");
        BOOST_TEST(notice(world, "10990102").status == "withdrawn");
        const std::size_t revisions = world.revisions("10990102").size();
        world.poll();
        BOOST_TEST(world.revisions("10990102").size() == revisions);
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
