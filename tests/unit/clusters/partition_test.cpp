// Which linked notices make a cluster, and where a chain ends.

#include "gateway/clusters/partition.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>

namespace clusters = recall::clusters;
using clusters::Node;
using recall::model::LinkReason;
using recall::model::NoticeLink;

namespace {

NoticeLink link(const std::string& a, const std::string& b, LinkReason reason) {
    NoticeLink out;
    out.a = std::min(a, b);
    out.b = std::max(a, b);
    out.reason = reason;
    return out;
}

// "a b|c": the clusters, each sorted, in order. A notice is its letter; its authority the same in
// upper case, unless `tellers` says otherwise.
std::string grouped(const std::string& letters, const std::vector<NoticeLink>& links,
                    const clusters::Pairs& apart = {},
                    const std::map<std::string, std::string>& tellers = {},
                    const std::map<std::string, long long>& days = {}) {
    std::vector<Node> nodes;
    for (const char letter : letters) {
        const std::string id(1, letter);
        const auto teller = tellers.find(id);
        const auto day = days.find(id);
        Node node{id, teller == tellers.end() ? "T" + id : teller->second, std::nullopt};
        if (day != days.end()) node.day = day->second;
        nodes.push_back(node);
    }
    const auto told = [&] {
        const auto firsts = clusters::partition(nodes, links, apart);
        std::map<std::string, std::vector<std::string>> groups;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            groups[firsts[i]].push_back(nodes[i].id);
        std::string out;
        for (auto& [first, ids] : groups) {
            std::ranges::sort(ids);
            BOOST_TEST(ids.front() == first);
            if (!out.empty()) out += '|';
            for (const std::string& id : ids)
                out += id;
        }
        return out;
    };
    const std::string once = told();
    std::ranges::reverse(nodes);
    BOOST_TEST(told() == once, "the order of the notices says nothing");
    return once;
}

constexpr auto joint = LinkReason::joint_recall;
constexpr auto gtin = LinkReason::shared_gtin;
constexpr auto model_number = LinkReason::shared_model;

}  // namespace

BOOST_AUTO_TEST_SUITE(cluster_partition)

BOOST_AUTO_TEST_CASE(what_authorities_say_chains) {
    BOOST_TEST(grouped("abc", {link("a", "b", joint), link("b", "c", joint)}) == "abc");
    BOOST_TEST(grouped("abcd", {link("a", "b", LinkReason::same_number)}) == "ab|c|d");
    BOOST_TEST(grouped("ab", {link("a", "x", joint)}) == "a|b", "x is not among the notices");
}

BOOST_AUTO_TEST_CASE(a_conclusion_does_not_chain) {
    BOOST_TEST(grouped("abc", {link("a", "b", gtin), link("b", "c", model_number)}) == "ab|c");
    BOOST_TEST(grouped("abc", {link("a", "b", gtin), link("b", "c", model_number),
                               link("a", "c", model_number)}) == "abc");
    // Four in a row fall into the two closest pairs.
    BOOST_TEST(grouped("abcd",
                       {link("a", "b", model_number), link("b", "c", model_number),
                        link("c", "d", model_number)},
                       {}, {}, {{"a", 1}, {"b", 2}, {"c", 9}, {"d", 10}}) == "ab|cd");
}

BOOST_AUTO_TEST_CASE(a_conclusion_about_one_of_a_joint_recall_is_about_the_other_too) {
    BOOST_TEST(grouped("abc", {link("a", "b", joint), link("b", "c", gtin)}) == "abc");
    BOOST_TEST(grouped("abcd", {link("a", "b", joint), link("b", "c", gtin),
                                link("c", "d", gtin)}) == "abc|d");
}

BOOST_AUTO_TEST_CASE(an_authority_tells_a_recall_once) {
    const std::map<std::string, std::string> tellers = {{"a", "X"}, {"c", "X"}};
    BOOST_TEST(grouped("abc", {link("a", "b", gtin), link("b", "c", gtin), link("a", "c", gtin)},
                       {}, tellers, {{"a", 1}, {"b", 8}, {"c", 9}}) == "a|bc",
               "the closer one");
    // Two recalls of one authority that name the same page of another one.
    BOOST_TEST(grouped("abc", {link("a", "b", joint), link("b", "c", joint)}, {}, tellers,
                       {{"a", 1}, {"b", 2}, {"c", 200}}) == "ab|c");
    BOOST_TEST(grouped("ac", {link("a", "c", LinkReason::expands)}, {}, tellers) == "ac",
               "unless it says itself that they belong together");
    BOOST_TEST(grouped("ac", {link("a", "c", LinkReason::translation_of)}, {}, tellers) == "ac");
}

BOOST_AUTO_TEST_CASE(what_people_parted_is_not_joined_around) {
    BOOST_TEST(grouped("abc", {link("a", "b", joint), link("b", "c", joint)}, {{"a", "c"}}) ==
               "ab|c");
    BOOST_TEST(grouped("ab", {link("a", "b", LinkReason::joined)}, {}, {{"a", "X"}, {"b", "X"}}) ==
               "ab");
}

BOOST_AUTO_TEST_CASE(a_cluster_has_its_limit) {
    std::vector<Node> nodes;
    std::vector<NoticeLink> links;
    for (std::size_t i = 0; i < clusters::cluster_notices_max + 5; ++i) {
        const std::string id = std::to_string(1000 + i);
        nodes.push_back({id, id, std::nullopt});
        if (i > 0) links.push_back(link(std::to_string(1000 + i - 1), id, joint));
    }
    const auto firsts = clusters::partition(nodes, links, {});
    std::map<std::string, std::size_t> sizes;
    for (const std::string& first : firsts)
        ++sizes[first];
    for (const auto& [first, size] : sizes)
        BOOST_TEST(size <= clusters::cluster_notices_max, first);
    BOOST_TEST(sizes.size() > 1U);
}

BOOST_AUTO_TEST_SUITE_END()
