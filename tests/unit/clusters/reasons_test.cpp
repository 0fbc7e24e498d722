// Why two notices are linked, and the traps in which they must not be.

#include "gateway/clusters/reasons.h"

#include "tests/unit/clusters/invented.h"

using namespace std::string_literals;
namespace clusters = recall::clusters;
namespace model = recall::model;
using clusters::Told;

namespace {

const clusters::IsGeneric nothing_is_generic = [](const model::NoticeKey&) { return false; };

// The reasons by name, with what is shared: "shared_gtin=04006381333931 (Velmoro)".
std::string words(const std::vector<model::NoticeLink>& links) {
    std::string out;
    for (const model::NoticeLink& link : links) {
        if (!out.empty()) out += ", ";
        out += std::string(spelling(link.reason)) + "=" + link.value;
        if (!link.firm.empty()) out += " (" + link.firm + ")";
    }
    return out;
}

std::string words(const clusters::Card& one, const clusters::Card& other,
                  const clusters::IsGeneric& is_generic = nothing_is_generic) {
    const auto links = clusters::reasons(one, other, is_generic);
    BOOST_TEST((clusters::reasons(other, one, is_generic) == links), "the order says nothing");
    return words(links);
}

const Told dryer{"xx-a:1", "XX", "2099-03-01", "Velmoro", "VX-2200", "04006381333931"};

}  // namespace

BOOST_AUTO_TEST_SUITE(cluster_reasons)

BOOST_AUTO_TEST_CASE(a_shared_number_counts_with_the_same_firm_of_another_authority_near_in_time) {
    struct Case {
        const char* what;
        Told other;
        const char* reasons;
    };
    const Case cases[] = {
        {"the article number",
         {"yy-b:1", "YY", "2099-05-01", "Velmoro", "", "04006381333931"},
         "shared_gtin=04006381333931 (Velmoro)"},
        {"the model number, written otherwise",
         {"yy-b:1", "YY", "2099-05-01", "VELMORO GmbH", "vx 2200", ""},
         "shared_model=VX-2200 (Velmoro = VELMORO GmbH)"},
        {"both",
         {"yy-b:1", "YY", "2099-05-01", "Velmoro", "VX2200", "04006381333931"},
         "shared_gtin=04006381333931 (Velmoro), shared_model=VX-2200 (Velmoro)"},
        {"two countries of one source",
         {"xx-a:2", "YY", "2099-03-01", "Velmoro", "VX-2200", ""},
         "shared_model=VX-2200 (Velmoro)"},
        {"the same model number of another firm",
         {"yy-b:1", "YY", "2099-03-01", "Brenwick", "VX-2200", ""},
         ""},
        {"the same article number of another firm",
         {"yy-b:1", "YY", "2099-03-01", "Brenwick", "", "04006381333931"},
         ""},
        {"no firm", {"yy-b:1", "YY", "2099-03-01", "", "VX-2200", "04006381333931"}, ""},
        {"a firm that is an everyday word",
         {"yy-b:1", "YY", "2099-03-01", "Lamp", "VX-2200", "04006381333931"},
         ""},
        {"the same authority again",
         {"xx-b:9", "XX", "2099-03-01", "Velmoro", "VX-2200", "04006381333931"},
         ""},
        {"a model number two years on",
         {"yy-b:1", "YY", "2097-02-01", "Velmoro", "VX-2200", ""},
         ""},
        {"an article number five years on",
         {"yy-b:1", "YY", "2094-03-01", "Velmoro", "", "04006381333931"},
         ""},
        {"no date", {"yy-b:1", "YY", "", "Velmoro", "VX-2200", "04006381333931"}, ""},
        {"the model under another article number",
         {"yy-b:1", "YY", "2099-03-01", "Velmoro", "VX-2200", "04006381333948"},
         ""},
        {"another model of the firm", {"yy-b:1", "YY", "2099-03-01", "Velmoro", "VX-2300", ""}, ""},
    };
    const auto ours = clusters::card(dryer);
    for (const Case& one : cases)
        BOOST_TEST(words(ours, clusters::card(one.other)) == one.reasons, one.what);
}

BOOST_AUTO_TEST_CASE(a_number_that_many_have_tells_nothing) {
    Told other = dryer;
    other.id = "yy-b:1";
    other.country = "YY";
    const auto is_generic = [](const model::NoticeKey& key) {
        return key.kind == model::KeyKind::gtin;
    };
    BOOST_TEST(words(clusters::card(dryer), clusters::card(other), is_generic) ==
               "shared_model=VX-2200 (Velmoro)");
}

BOOST_AUTO_TEST_CASE(what_is_no_model_number_is_not_compared) {
    for (const char* model : {"2200", "220V", "100 LED", "2098-2099", "e1*2007/46*1900*",
                              "167/2013", "05966699853558", "EAN 4006381333931", "Ariana", "A1"}) {
        Told ours{"xx-a:1", "XX", "2099-03-01", "Velmoro", model, ""};
        Told theirs = ours;
        theirs.id = "yy-b:1";
        theirs.country = "YY";
        const std::string found = words(clusters::card(ours), clusters::card(theirs));
        // A span of years is a number like others; only cars have it, and those are left out.
        if (model == "2098-2099"s) continue;
        BOOST_TEST(found.empty(), model << ": " << found);
    }
}

BOOST_AUTO_TEST_CASE(a_model_of_a_car_or_a_restricted_article_number_links_nothing) {
    model::Notice ours = clusters::notice(dryer);
    model::Notice theirs =
        clusters::notice({"yy-b:1", "YY", "2099-03-01", "Velmoro", "VX-2200", "02012345678900"});
    ours.products[0].gtins = {"02012345678900"};
    for (model::Notice* notice : {&ours, &theirs})
        notice->products[0].category = model::Category{"test", "Cars", "motor_vehicles"};
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)).empty());
}

BOOST_AUTO_TEST_CASE(a_retailer_is_no_firm_of_the_product) {
    for (const auto& [role, reasons] :
         {std::pair("retailer", ""s), std::pair("marketplace", ""s),
          std::pair("importer", "shared_model=VX-2200 (Kettwick Trading Ltd.)"s)}) {
        model::Notice ours = clusters::notice({"xx-a:1", "XX", "2099-03-01", "", "VX-2200", ""});
        model::Notice theirs = clusters::notice({"yy-b:1", "YY", "2099-03-01", "", "VX-2200", ""});
        model::Party party;
        party.role = role;
        party.name = "Kettwick Trading Ltd.";
        ours.parties = theirs.parties = {party};
        BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) == reasons, role);
    }
}

BOOST_AUTO_TEST_CASE(a_notice_that_names_another_one_is_linked_with_it) {
    model::Notice ours = clusters::notice({"xx-a:1", "XX", "2099-03-01", "", "", ""});
    model::Notice theirs = clusters::notice({"yy-b:77", "YY", "2099-03-01", "", "", ""});
    theirs.url = "https://www.recalls.example/en/kettle";
    theirs.documents = {{"https://vehicles.example/detail?lang=eng&rn=2099123", "the file"}};
    struct Case {
        model::Related related;
        const char* reasons;
    };
    const Case cases[] = {
        {{"joint_recall", "yy-b:77", ""}, "joint_recall=yy-b:77"},
        {{"joint_recall", "", "http://recalls.example/en/kettle/"},
         "joint_recall=http://recalls.example/en/kettle/"},
        {{"joint_recall", "", "https://vehicles.example/detail?rn=2099123"},
         "joint_recall=https://vehicles.example/detail?rn=2099123"},
        {{"supersedes", "yy-b:77", ""}, "supersedes=yy-b:77"},
        {{"expands", "yy-b:77", ""}, "expands=yy-b:77"},
        {{"translation_of", "yy-b:77", ""}, "translation_of=yy-b:77"},
        {{"see_also", "yy-b:77", ""}, ""},
        {{"joint_recall", "yy-b:78", "https://recalls.example/en/other"}, ""},
        {{"joint_recall", "", "https://recalls.example/"}, ""},
    };
    for (const Case& one : cases) {
        ours.related = {one.related};
        BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) == one.reasons,
                   one.related.relation << ' ' << one.related.id << one.related.url);
    }
}

BOOST_AUTO_TEST_CASE(the_authoritys_own_number_links_its_feeds_and_its_languages) {
    model::Notice ours = clusters::notice({"xx-a:1", "XX", "2099-03-01", "", "", ""});
    model::Notice theirs = clusters::notice({"xx-a:2", "XX", "2099-03-01", "", "", ""});
    ours.number = "2099-123";
    theirs.number = "2099123";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) == "same_number=2099-123");
    theirs.language = "fr-CA";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) == "translation_of=2099-123");
    theirs.source = "xx-b";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) == "same_number=2099-123");
    theirs.authority->country = "YY";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)).empty());
    ours.number = theirs.number = "12";
    theirs.authority->country = "XX";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)).empty(), "too short to tell");
}

BOOST_AUTO_TEST_CASE(two_sources_of_one_page_are_linked) {
    model::Notice ours = clusters::notice({"xx-a:1", "XX", "2099-03-01", "", "", ""});
    model::Notice theirs = clusters::notice({"yy-b:1", "YY", "", "", "", ""});
    ours.url = "https://recalls.example/kettle";
    theirs.url = "http://www.recalls.example/kettle";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)) ==
               "same_address=https://recalls.example/kettle");
    theirs.source = "xx-a";
    BOOST_TEST(words(clusters::card(ours), clusters::card(theirs)).empty(),
               "one source may have one page for all");
}

BOOST_AUTO_TEST_SUITE_END()
