// The commands of polling as an operator uses them, against the stand-in, on both databases.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>

#include "gateway/store/source_state.h"
#include "tests/support/operator.h"
#include "tests/support/poll_world.h"
#include "tests/support/quiet.h"

namespace recall {
using test::on_each_store;
using test::Operator;
using test::Outcome;
using test::PollWorld;
using test::TestStore;

namespace {

// Every other source, as poll.disable takes them: the stand-in serves only four.
std::string all_but(const std::vector<std::string>& kept) {
    std::string out;
    const auto folder = mapping::MappingFolder::open(RECALLGW_SOURCE_DIR "/mappings");
    for (const std::string& source : folder.value().sources()) {
        if (std::ranges::find(kept, source) == kept.end()) out += source + " ";
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_commands)

BOOST_AUTO_TEST_CASE(poll_says_what_came_of_each_source) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        const Operator person(store, world);
        const Outcome first = person.run({"poll", "jp-caa", "au-accc"});
        BOOST_TEST(first.code == ops::exit_done, first.err);
        BOOST_TEST(first.says("jp-caa: healthy, fetched 14, new 14, changed 0, unchanged 0, "
                              "vanished 0, quarantined 0\n"),
                   first.out);
        BOOST_TEST(first.says("au-accc: healthy, fetched 10, new 10"), first.out);
        const Outcome second = person.run({"poll", "jp-caa", "--full"});
        BOOST_TEST(second.says("fetched 14, new 0, changed 0, unchanged 14"), second.out);
    });
}

BOOST_AUTO_TEST_CASE(poll_tells_by_its_exit_code_how_it_went) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        const Operator person(store, world);
        const Outcome unknown = person.run({"poll", "us-cpcs"});
        BOOST_TEST(unknown.code == ops::exit_usage);
        BOOST_TEST(unknown.err.find("us-cpsc?") != std::string::npos);
        BOOST_TEST(person.run({"poll"}).code == ops::exit_usage);
        BOOST_TEST(person.run({"poll", "us-cpsc", "--since", "soon"}).code == ops::exit_usage);
        BOOST_TEST(person.run({"poll", "us-cpsc", "--since", "2026-01-01", "--full"}).code ==
                   ops::exit_usage);
        const Outcome since = person.run({"poll", "us-cpsc", "--since", "2026-11-15"});
        BOOST_TEST(since.code == ops::exit_quarantined);
        BOOST_TEST(since.says("quarantined 1\n"), since.out);
        world.site().misbehave("us-cpsc", {.manner = test::Manner::html_page});
        BOOST_TEST(person.run({"poll", "us-cpsc", "--full"}).code == ops::exit_failed);
        world.site().misbehave(
            "jp-caa",
            {.manner = test::Manner::html_page, .times = 1, .path_prefix = "/result/detail.php"});
        const Outcome degraded = person.run({"poll", "jp-caa"});
        BOOST_TEST(degraded.says("jp-caa: degraded, fetched "), degraded.out);
        BOOST_TEST(degraded.says("quarantined 0\n"), degraded.out);
        BOOST_TEST(degraded.code == ops::exit_not_so);
        BOOST_TEST(person.run({"poll", "jp-caa", "us-cpsc"}).code == ops::exit_failed);
    });
}

BOOST_AUTO_TEST_CASE(a_source_that_is_switched_off_is_polled_only_when_it_is_named) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        Operator person(store, world);
        person.use_mappings("jp/caa.xml", "vanishing=\"by_listing\">",
                            "vanishing=\"by_listing\" enabled=\"no\" because=\"it is new\">");
        BOOST_TEST(person.run({"source", "list", "--format", "tsv"})
                       .says("jp-caa\tnever polled\t-\t0\t0\toff: it is new\n"));
        BOOST_TEST(person.run({"source", "show", "jp-caa"}).says("next poll off: it is new"));
        const Outcome all = person.run(
            {"poll", "--all", "--set", "poll.disable=" + all_but({"jp-caa", "au-accc"})});
        BOOST_TEST(!all.says("jp-caa"), all.out);
        BOOST_TEST(all.says("au-accc: healthy"), all.out);
        const Outcome named = person.run({"poll", "jp-caa"});
        BOOST_TEST(named.says("jp-caa: healthy, fetched 14"), named.out);
        BOOST_TEST(named.err.find("switched off: it is new") != std::string::npos, named.err);

        const std::string on = "poll.enable=jp-caa";
        BOOST_TEST(!person.run({"source", "list", "--set", on}).says("off: it is new"));
        BOOST_TEST(person.run({"poll", "jp-caa", "--set", on}).err.empty());
        const std::string off = "poll.disable=us-cpsc, au-accc";
        const Outcome listed = person.run({"source", "list", "--format", "tsv", "--set", off});
        BOOST_TEST(listed.says("us-cpsc\tnever polled\t-\t0\t0\toff: poll.disable names it\n"),
                   listed.out);
        const Outcome unknown = person.run({"source", "list", "--set", "poll.enable=jp-cca"});
        BOOST_TEST(unknown.code == ops::exit_usage);
        BOOST_TEST(unknown.err.find("jp-caa?") != std::string::npos, unknown.err);
        BOOST_TEST(
            person.run({"poll", "--all", "--set", on, "--set", "poll.disable=jp-caa"}).code ==
            ops::exit_usage);
    });
}

BOOST_AUTO_TEST_CASE(source_shows_health_bounds_and_coverage) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        const Operator person(store, world);
        person.run({"poll", "jp-caa"});
        const Outcome shown = person.run({"source", "show", "jp-caa"});
        BOOST_TEST(shown.code == ops::exit_done);
        for (const char* text : {"healthy; 14 notices, 14 records at the source, 0 quarantined",
                                 "fetched 14, new 14", "fields, of 14 current notices",
                                 "  title                                 14   100.0 %",
                                 "  products/vehicle                       0     0.0 %"})
            BOOST_TEST(shown.says(text), shown.out);
        BOOST_TEST(person.run({"source", "show", "jp-cca"}).code == ops::exit_usage);
    });
}

BOOST_AUTO_TEST_CASE(fields_are_counted_over_the_notices_of_today_and_not_over_the_runs) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        const Operator person(store, world);
        person.run({"poll", "jp-caa"});
        world.site().remove("jp-caa", "00000088803");
        person.run({"poll", "jp-caa", "--full"});
        person.run({"poll", "jp-caa", "--full"});
        const Outcome shown = person.run({"source", "show", "jp-caa"});
        BOOST_TEST(shown.says("fields, of 13 current notices"), shown.out);
        BOOST_TEST(shown.says("  title                                 13   100.0 %"), shown.out);
        const auto session = store.database().lease();
        const auto rows = store::FieldCoverage(*session).list("jp-caa");
        const auto total = std::ranges::find(rows, "notices", &store::FieldCount::path);
        BOOST_REQUIRE((total != rows.end()));
        BOOST_TEST(total->mapped == 13);
    });
}

BOOST_AUTO_TEST_CASE(texts_that_no_word_classifies_are_shown_the_most_frequent_first) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        const Operator person(store, world);
        const std::pair<const char*, const char*> texts[] = {
            {"90001", "The charger can overheat while in use, posing fire and burn hazards."},
            {"90003",
             "The folding latch can release while the stroller is in use, posing a fall hazard to "
             "the child."},
            {"90004", "The heater can overheat when it is covered, posing fire and burn hazards."}};
        for (const auto& [key, text] : texts) {
            const bool is_odd = std::string_view(key) == "90003";
            world.site().replace("us-cpsc", key, text, is_odd ? "It glims." : "It wabbles.");
        }
        person.run({"poll", "us-cpsc"});
        const Outcome shown = person.run({"source", "show", "us-cpsc"});
        BOOST_TEST(shown.says("not classified: "), shown.out);
        BOOST_TEST(shown.says("  hazards: 3\n       2  It wabbles.\n       1  It glims.\n"),
                   shown.out);
    });
}

BOOST_AUTO_TEST_CASE(source_show_tells_which_entries_are_set_aside_until_when) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "au-accc");
        const Operator person(store, world);
        const std::string slug = "southern-cross-kettle";
        const std::string item = world.site().document("au-accc", "item:" + slug);
        world.site().remove("au-accc", slug);
        world.site().put("au-accc", "item:" + slug, item);
        person.run({"poll", "au-accc"});
        const Outcome shown = person.run({"source", "show", "au-accc"});
        BOOST_TEST(shown.says("set aside, because nothing is where their entries lead"), shown.out);
        BOOST_TEST(shown.says(slug + ": attempt 1, the next on 20"), shown.out);
    });
}

BOOST_AUTO_TEST_CASE(sources_are_listed_under_titles_and_for_machines) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        const Operator person(store, world);
        person.run({"poll", "jp-caa"});
        std::istringstream table(person.run({"source", "list"}).out);
        std::string titles;
        std::getline(table, titles);
        BOOST_TEST(titles.starts_with("SOURCE"), titles);
        const std::size_t state = titles.find("STATE");
        const std::size_t notices_end = titles.find("NOTICES") + 7;
        for (std::string line; std::getline(table, line);) {
            BOOST_TEST(line.compare(state - 2, 2, "  ") == 0, line);
            BOOST_TEST(line.substr(notices_end, 2) == "  ", line);
            if (!line.starts_with("jp-caa ")) continue;
            BOOST_TEST(line.substr(state, 7) == "healthy", line);
            BOOST_TEST(line.substr(notices_end - 3, 3) == " 14", line);
        }
        const Outcome lines = person.run({"source", "list", "--format", "json"});
        BOOST_TEST(lines.says(R"({"source":"jp-caa","state":"healthy","latest_run":"2)"),
                   lines.out);
        BOOST_TEST(lines.says(R"("notices":14,"quarantined":0,"next_poll":"2)"), lines.out);
        BOOST_TEST(lines.says(R"({"source":"au-accc","state":"never polled","notices":0,)"));
        BOOST_TEST(person.run({"source", "list", "--format", "xml"}).code == ops::exit_usage);
    });
}

BOOST_AUTO_TEST_CASE(a_source_whose_server_asked_for_rest_is_polled_only_when_pressed) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        const Operator person(store, world);
        world.site().misbehave("us-cpsc",
                               {.manner = test::Manner::too_many, .times = 1, .detail = "7200"});
        BOOST_TEST(person.run({"poll", "us-cpsc"}).code == ops::exit_failed);
        for (const char* command : {"list", "show"}) {
            std::vector<std::string> words{"source", command};
            if (words.back() == "show") words.emplace_back("us-cpsc");
            const Outcome told = person.run(words);
            BOOST_TEST(told.says(" (not before 20"), told.out);
            BOOST_TEST(told.says(": the server asked)"), told.out);
        }
        world.site().forget_requests();
        const Outcome refused = person.run({"poll", "us-cpsc"});
        BOOST_TEST(refused.code == ops::exit_failed);
        BOOST_TEST(refused.err.find("us-cpsc: rate-limited: ") != std::string::npos, refused.err);
        BOOST_TEST(refused.err.find("--now") != std::string::npos, refused.err);
        BOOST_TEST(world.site().requests("us-cpsc").empty());
        const Outcome pressed = person.run({"poll", "us-cpsc", "--now"});
        BOOST_TEST(pressed.code == ops::exit_quarantined, pressed.err);
        BOOST_TEST(!person.run({"source", "list"}).says("not before"));
    });
}

BOOST_AUTO_TEST_CASE(a_list_is_compared_with_what_is_stored_and_changes_nothing) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        const Operator person(store, world);
        person.run({"poll", "us-cpsc"});
        const std::string before = world.contents();
        const test::TempFolder folder;
        const auto item = [](const std::string& guid, const std::string& title) {
            return "<item><title>" + title + "</title><link>https://x.example/" + title +
                   "</link><guid>http://o.example/GlobalRecalls/Recall/" + guid + "</guid></item>";
        };
        std::ofstream(folder.file("rss.xml"))
            << "<?xml version=\"1.0\"?><rss><channel>" + item("EN/US/90001", "a") +
                   item("EN/US/26401", "b") + item("EN/CA/77/1", "c") + "</channel></rss>";
        const Outcome compared = person.run({"source", "compare", "oecd", folder.file("rss.xml")});
        BOOST_TEST(compared.code == ops::exit_not_so);
        BOOST_TEST(compared.out ==
                   "stored\t-\tUS\t90001\ta\tus-cpsc:90001\n"
                   "stored\t-\tUS\t26401\tb\tus-cpsc:90001\nmissing\t-\tCA\t77/1\tc\t-\n");
        BOOST_TEST(compared.err == "oecd: 2 stored, 1 missing, 0 not read\n");
        BOOST_TEST((world.contents() == before));
        BOOST_TEST(person.run({"poll", "oecd"}).code != ops::exit_done);
        BOOST_TEST(person.run({"source", "compare", "oecd"}).code == ops::exit_usage);
    });
}

BOOST_AUTO_TEST_CASE(source_check_looks_at_the_first_listing_and_stores_nothing) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        const Operator person(store, world);
        const Outcome good = person.run({"source", "check", "jp-caa"});
        BOOST_TEST(good.code == ops::exit_done, good.out);
        BOOST_TEST(good.says("10 entries"), good.out);
        BOOST_TEST(world.notices() == 0);
        world.site().misbehave("jp-caa", {.manner = test::Manner::html_page});
        const Outcome bad = person.run({"source", "check", "jp-caa"});
        BOOST_TEST(bad.code == ops::exit_not_so);
        BOOST_TEST(bad.says("wrong-document"), bad.out);
    });
}

BOOST_AUTO_TEST_CASE(quarantined_records_are_listed_shown_replayed_and_dismissed) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        Operator person(store, world);
        person.run({"poll", "us-cpsc", "--since", "2026-11-15"});
        const auto rows = world.quarantined();
        BOOST_REQUIRE(rows.size() == 1);
        const std::string id = std::to_string(rows[0].id);
        BOOST_TEST(person.run({"quarantine", "list"}).says(id + "\tus-cpsc\t90023\topen\t"));
        BOOST_TEST(person.run({"quarantine", "show", id}).out ==
                   world.site().document("us-cpsc", "90023") + "\n");
        BOOST_TEST(person.run({"quarantine", "show", "x"}).code == ops::exit_usage);
        BOOST_TEST(person.run({"quarantine", "show", "99"}).code == ops::exit_not_so);
        BOOST_TEST(person.run({"quarantine", "replay", "us-cpsc"}).code == ops::exit_quarantined);
        BOOST_TEST(person.run({"quarantine", "dismiss", id}).code == ops::exit_usage);
        person.use_mappings("us/cpsc.xml", R"x(yyyy-MM-dd')" essential="yes"/>)x",
                            R"x(yyyy-MM-dd')"/>)x");
        const Outcome replayed = person.run({"quarantine", "replay", "us-cpsc", id});
        BOOST_TEST(replayed.code == ops::exit_done);
        BOOST_TEST(replayed.out == id + "\t90023\tstored\n");
        BOOST_TEST(world.notice("90023").has_value());
        BOOST_TEST(person.run({"quarantine", "dismiss", id, "--reason", "no such day"}).code ==
                   ops::exit_not_so);
        BOOST_TEST(person.run({"quarantine", "list"}).out.empty());
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
