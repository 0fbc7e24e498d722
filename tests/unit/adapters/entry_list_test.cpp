// Lists whose entries lead to documents, through the HTML, XML and RSS adapters.
#include <boost/test/unit_test.hpp>

#include "adapters/registry.h"
#include "tests/unit/adapters/scripted_intake.h"

namespace recall {
using ingest::Coverage;
using ingest::Knowledge;
using ingest::Scope;
using test::ScriptedIntake;
using Keys = std::vector<std::string>;

namespace {

constexpr Date today{2026, 2, 10};

ingest::FetchPlan html_plan() {
    ingest::FetchPlan plan;
    ingest::FetchList list;
    list.method = "POST";
    list.url = "https://a.example/result/index.php";
    list.body = "page={page}";
    list.body_type = "application/x-www-form-urlencoded";
    list.rules.format = ingest::DocumentFormat::html;
    list.pages = {.stop_after_known = 1};
    list.entries = {.select = "//tr",
                    .key = "substring-after(.//a/@href, 'id=')",
                    .link = ".//a/@href",
                    .fingerprint = "",
                    .sort = "",
                    .total = "//p"};
    plan.lists = {list};
    plan.detail.emplace();
    plan.detail->rules.format = ingest::DocumentFormat::html;
    return plan;
}

std::string html_page(const std::string& total, const Keys& keys) {
    std::string page = "<html><body><p>" + total + "</p><table>";
    for (const std::string& key : keys)
        page += "<tr><td><a href='detail.php?id=" + key + "'>x</a></td></tr>";
    return page + "</table></body></html>";
}

std::string page_url(int number) {
    return "https://a.example/result/index.php page=" + std::to_string(number);
}

Coverage run_html(const ingest::FetchPlan& plan, ScriptedIntake& intake,
                  Scope scope = Scope::full) {
    for (const char* key : {"1", "2", "3", "4", "5"})
        intake.documents[std::string("https://a.example/result/detail.php?id=") + key] = {1, 1};
    return adapters::html_list({plan, scope, today, today}, intake);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(entry_list)

BOOST_AUTO_TEST_CASE(entries_of_all_pages_lead_to_their_documents_once) {
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("3 in all", {"1", "2"})},
                       {page_url(1), html_page("3 in all", {"2", "3"})}};
    BOOST_TEST((run_html(html_plan(), intake) == Coverage::complete));
    BOOST_TEST(intake.taken == (Keys{"1", "2", "3"}), boost::test_tools::per_element());
    BOOST_TEST(intake.complaints.empty());
}

BOOST_AUTO_TEST_CASE(a_list_that_repeats_its_last_page_ends) {
    ScriptedIntake intake;
    for (int i = 0; i < 5; ++i)
        intake.listings[page_url(i)] = html_page("", {i == 0 ? "1" : "2"});
    BOOST_TEST((run_html(html_plan(), intake) == Coverage::complete));
    BOOST_TEST(intake.taken == (Keys{"1", "2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_list_that_names_fewer_than_it_states_is_not_complete) {
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("1,005 in all", {"1", "2"})},
                       {page_url(1), html_page("1,005 in all", {})}};
    BOOST_TEST((run_html(html_plan(), intake) == Coverage::partial));
    BOOST_REQUIRE(intake.complaints.size() == 1);
    BOOST_TEST((intake.complaints[0] == ErrorCode::bounds));
    BOOST_TEST(intake.taken.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_list_that_names_nothing_is_none_unless_it_says_so) {
    ScriptedIntake silent;
    silent.listings = {{page_url(0), html_page("", {})}};
    BOOST_TEST((run_html(html_plan(), silent) == Coverage::partial));
    BOOST_TEST((silent.complaints.at(0) == ErrorCode::wrong_document));
    ScriptedIntake stated;
    stated.listings = {{page_url(0), html_page("0 in all", {})}};
    BOOST_TEST((run_html(html_plan(), stated) == Coverage::complete));
    BOOST_TEST(stated.complaints.empty());
}

BOOST_AUTO_TEST_CASE(new_documents_come_first_then_the_newest_again_and_outdated_from_the_archive) {
    ingest::FetchPlan plan = html_plan();
    plan.detail->recheck_newest = 2;
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("5", {"1", "2", "3", "4", "5"})}};
    intake.known = {{"1", Knowledge::same},
                    {"2", Knowledge::outdated},
                    {"3", Knowledge::outdated},
                    {"4", Knowledge::changed}};
    run_html(plan, intake);
    BOOST_TEST(intake.taken == (Keys{"4", "5", "1", "2"}), boost::test_tools::per_element());
    BOOST_TEST(intake.archived == Keys{"3"}, boost::test_tools::per_element());
    plan.detail->per_run_max = 1;
    intake.taken.clear();
    run_html(plan, intake);
    BOOST_TEST(intake.taken == Keys{"4"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_incremental_run_stops_after_a_page_it_knows) {
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("4", {"1"})},
                       {page_url(1), html_page("4", {"2"})},
                       {page_url(2), html_page("4", {"3"})},
                       {page_url(3), html_page("4", {"4"})}};
    intake.known = {{"2", Knowledge::same}, {"3", Knowledge::same}, {"4", Knowledge::same}};
    BOOST_TEST((run_html(html_plan(), intake, Scope::incremental) == Coverage::partial));
    BOOST_TEST(intake.taken == Keys{"1"}, boost::test_tools::per_element());
    BOOST_TEST(intake.complaints.empty());
    BOOST_TEST((run_html(html_plan(), intake, Scope::full) == Coverage::complete));
}

BOOST_AUTO_TEST_CASE(links_to_other_hosts_are_followed_only_when_the_plan_names_them) {
    ingest::FetchPlan plan = html_plan();
    const std::string page =
        "<html><table><tr><td><a href='https://b.example/?id=1'>x</a></td>"
        "</tr></table></html>";
    ScriptedIntake intake;
    intake.listings = {{page_url(0), page}, {page_url(1), html_page("", {})}};
    BOOST_TEST((run_html(plan, intake) == Coverage::partial));
    BOOST_TEST(intake.taken.empty());
    BOOST_TEST((intake.complaints.at(0) == ErrorCode::forbidden));
    plan.manners.hosts = {"b.example"};
    run_html(plan, intake);
    BOOST_TEST(intake.taken == Keys{"1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_address_may_be_made_from_the_key) {
    ingest::FetchPlan plan = html_plan();
    plan.detail->url = "https://a.example/page/{key}.html";
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("1", {"1"})}};
    run_html(plan, intake);
    BOOST_TEST(intake.asked.back() == "https://a.example/page/1.html");
}

BOOST_AUTO_TEST_CASE(a_wrong_path_in_the_mapping_is_named) {
    ingest::FetchPlan plan = html_plan();
    plan.lists[0].entries->key = "substring-after(";
    ScriptedIntake intake;
    intake.listings = {{page_url(0), html_page("1", {"1"})}};
    BOOST_TEST((run_html(plan, intake) == Coverage::partial));
    BOOST_TEST((intake.complaints.at(0) == ErrorCode::bad_mapping));
}

BOOST_AUTO_TEST_CASE(reports_are_fetched_newest_first_however_the_index_lists_them) {
    ingest::FetchPlan plan;
    ingest::FetchList list;
    list.url = "https://a.example/index.xml";
    list.rules.format = ingest::DocumentFormat::xml;
    list.entries = {.select = "//report",
                    .key = "@id",
                    .link = "url",
                    .fingerprint = "week",
                    .sort = "date",
                    .total = ""};
    plan.lists = {list};
    plan.detail.emplace();
    ScriptedIntake intake;
    intake.listings[list.url] =
        "<i><report id='a'><url>a</url><date>20250101</date></report>"
        "<report id='b'><url>b</url><date>20260101</date></report>"
        "<report><url>c</url><date>20240101</date></report></i>";
    BOOST_TEST(
        (adapters::xml_reports({plan, Scope::full, today, today}, intake) == Coverage::partial));
    BOOST_TEST(intake.taken == (Keys{"b", "a"}), boost::test_tools::per_element());
    // The one without a key, and the two that the script does not have.
    BOOST_TEST((intake.complaints.at(0) == ErrorCode::missing_field));
}

BOOST_AUTO_TEST_CASE(each_of_mixed_lists_leads_to_documents_of_its_own_in_every_language) {
    ingest::FetchPlan plan;
    ingest::FetchList reports;
    reports.url = "https://a.example/index.xml";
    reports.rules.format = ingest::DocumentFormat::xml;
    reports.entries = {.select = "//report",
                       .key = "@id",
                       .link = "url",
                       .fingerprint = "",
                       .sort = "",
                       .total = ""};
    ingest::FetchList search = reports;
    search.url = "https://a.example/search?year={year}&before={lastyear}&from={recent}";
    search.rules.format = ingest::DocumentFormat::json;
    search.is_complete = false;
    search.date_form = "epoch-ms";
    search.overlap_days = 10;
    search.entries->select = "content";
    search.entries->key = "id";
    search.entries->total = "total";
    search.detail.emplace();
    search.detail->url = "https://a.example/alert/{key}?in={language}";
    search.detail->languages = {"en", "fr"};
    search.detail->per_run_max = 3;
    plan.lists = {reports, search};
    plan.detail.emplace();
    ScriptedIntake intake;
    intake.listings[reports.url] = "<i><report id='a'><url>a</url></report></i>";
    const std::string searched =
        "https://a.example/search?year=2026&before=2025&from=1769817600000";
    intake.listings[searched] = R"({"content":[{"id":7},{"id":8},{"id":9}],"total":3})";
    for (const char* path : {"a", "alert/7?in=en", "alert/7?in=fr", "alert/8?in=fr"})
        intake.documents[std::string("https://a.example/") + path] = {1, 1};
    intake.known["8:en"] = Knowledge::same;
    BOOST_TEST(
        (adapters::mixed_pages({plan, Scope::full, today, today}, intake) == Coverage::complete));
    BOOST_TEST(intake.taken == (Keys{"a", "7:en", "7:fr", "8:fr"}),
               boost::test_tools::per_element());
    BOOST_TEST(intake.complaints.empty());
    // A list that does not name every record may fail; a complete one may not.
    ScriptedIntake walled;
    walled.listings[reports.url] = intake.listings[reports.url];
    walled.documents = intake.documents;
    BOOST_TEST(
        (adapters::mixed_pages({plan, Scope::full, today, today}, walled) == Coverage::complete));
    BOOST_TEST(walled.complaints.size() == 1U);
    walled.listings = {{searched, intake.listings[searched]}};
    BOOST_TEST(
        (adapters::mixed_pages({plan, Scope::full, today, today}, walled) == Coverage::partial));
}

BOOST_AUTO_TEST_CASE(what_is_no_feed_is_refused) {
    ingest::FetchPlan plan;
    ingest::FetchList list;
    list.url = "https://a.example/feed.xml";
    list.entries = {.select = "/rss/channel/item",
                    .key = "link",
                    .link = "link",
                    .fingerprint = "",
                    .sort = "",
                    .total = ""};
    plan.lists = {list};
    plan.detail.emplace();
    for (const char* text :
         {"<feed/>", "<rss/>", "<rss><channel/></rss>", "{}", "<rss><channel>"}) {
        ScriptedIntake intake;
        intake.listings[list.url] = text;
        BOOST_TEST(
            (adapters::rss_pages({plan, Scope::full, today, today}, intake) == Coverage::partial));
        BOOST_TEST(intake.complaints.size() == 1U, text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
