// remap: the archive through today's mapping, on both databases.
#include <boost/test/unit_test.hpp>

#include "tests/support/operator.h"
#include "tests/support/poll_world.h"

namespace recall {
using test::on_each_store;
using test::Operator;
using test::Outcome;
using test::PollWorld;
using test::TestStore;

BOOST_AUTO_TEST_SUITE(remap_command)

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
