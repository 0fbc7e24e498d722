// The commands of polling as an operator uses them, against the stand-in, on both databases.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "gateway/ops/command.h"
#include "gateway/store/source_state.h"
#include "tests/support/quiet.h"

namespace recall {
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

namespace {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;

    bool says(std::string_view text) const { return out.find(text) != std::string::npos; }
};

// A command with the settings of a gateway that works on the test's database and stand-in.
class Operator {
  public:
    Operator(TestStore& store, PollWorld& world)
        : settings_{"data.folder=" + folder_.file("data"), "database.url=" + store.options().url,
                    "poll.stand_in=" + world.site().url()} {}

    void use_mappings(const std::string& file, const std::string& from, const std::string& to) {
        settings_.push_back("data.mappings=" + test::changed_mappings(folder_, file, from, to));
    }

    Outcome run(std::vector<std::string> arguments) const {
        for (const std::string& setting : settings_) {
            arguments.emplace_back("--set");
            arguments.push_back(setting);
        }
        const test::Quiet quiet;
        const std::ostringstream out;
        const std::ostringstream err;
        std::streambuf* const before_out = std::cout.rdbuf(out.rdbuf());
        std::streambuf* const before_err = std::cerr.rdbuf(err.rdbuf());
        const int code = ops::run_program(arguments);
        std::cout.rdbuf(before_out);
        std::cerr.rdbuf(before_err);
        return {code, out.str(), err.str()};
    }

  private:
    test::TempFolder folder_;
    std::vector<std::string> settings_;
};

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

BOOST_AUTO_TEST_CASE(remap_changes_nothing_while_the_mapping_is_the_same) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        const Operator person(store, world);
        person.run({"poll", "eu-safety-gate"});
        const std::string before = world.contents();
        const Outcome outcome = person.run({"remap", "eu-safety-gate"});
        BOOST_TEST(outcome.code == ops::exit_done);
        BOOST_TEST(outcome.out.empty());
        BOOST_TEST(outcome.err ==
                   "eu-safety-gate: 3 payloads, 0 notices changed, 18 unchanged, 0 "
                   "quarantined\n");
        BOOST_TEST((world.contents() == before));
    });
}

BOOST_AUTO_TEST_CASE(remap_of_one_part_leaves_what_the_others_say) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        Operator person(store, world);
        person.run({"poll", "eu-safety-gate"});
        const std::string before = world.contents();
        person.use_mappings("eu/safety-gate.xml", "<risk_level from=\"level\"",
                            "<risk_level when=\"caseNumber != 'SR/90001/26'\" from=\"level\"");
        const std::string line = "eu-safety-gate:10990101\trisk_level\tserious\t\n";
        BOOST_TEST(person.run({"remap", "eu-safety-gate", "--dry-run"}).out == line);
        BOOST_TEST((world.contents() == before));
        BOOST_TEST(person.run({"remap", "eu-safety-gate"}).out == line);
        BOOST_TEST(world.revisions("10990101").size() == 2U);
        BOOST_TEST(person.run({"remap", "eu-safety-gate"}).out.empty());
        // What a correction said is there still.
        BOOST_TEST(world.notice("10990104")->json.find("has been updated") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(remap_shows_and_stores_what_another_mapping_makes_of_the_archive) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        Operator person(store, world);
        person.run({"poll", "jp-caa"});
        world.site().remove("jp-caa", "00000088803");
        person.run({"poll", "jp-caa"});
        BOOST_TEST(world.notice("00000088803")->state == "vanished");
        const std::string before = world.contents();
        person.use_mappings("jp/caa.xml", "<name value=\"消費者庁\"/>", "<name value=\"CAA\"/>");
        const std::string line = "jp-caa:00000088801\tauthority/name\t消費者庁\tCAA\n";

        const Outcome dry = person.run({"remap", "jp-caa", "--dry-run"});
        BOOST_TEST(dry.says(line), dry.out);
        BOOST_TEST((world.contents() == before));

        const Outcome real = person.run({"remap", "jp-caa"});
        BOOST_TEST(real.says(line), real.out);
        const auto revisions = world.revisions("00000088801");
        BOOST_REQUIRE(revisions.size() == 2);
        BOOST_REQUIRE(revisions[1].differences.size() == 1);
        BOOST_TEST(revisions[1].differences[0].path == "authority/name");
        // Read anew, but gone from its source as before.
        BOOST_TEST(world.notice("00000088803")->state == "vanished");
        BOOST_TEST(world.notice("00000088803")->json.find("CAA") != std::string::npos);
        BOOST_TEST(person.run({"remap", "jp-caa"}).out.empty());
        BOOST_TEST(person.run({"poll", "jp-caa"}).says("changed 0, unchanged 13, vanished 0"));
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
