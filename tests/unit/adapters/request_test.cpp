#include "adapters/request.h"

#include <boost/test/unit_test.hpp>

namespace recall {
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(request)

BOOST_AUTO_TEST_CASE(placeholders_are_filled_in_and_encoded_for_where_they_stand) {
    const adapters::Placeholder values[] = {{"page", "2"}, {"key", "a b/&ü"}};
    struct Row {
        const char* text;
        adapters::Encoding encoding;
        const char* filled;
    };
    using adapters::Encoding;
    const Row rows[] = {{"", Encoding::percent, ""},
                        {"p={page}", Encoding::percent, "p=2"},
                        {"{page}{page}", Encoding::percent, "22"},
                        {"k={key}", Encoding::percent, "k=a%20b%2F%26%C3%BC"},
                        {"k={key}", Encoding::none, "k=a b/&ü"},
                        {"{\"page\":{page}}", Encoding::none, "{\"page\":2}"},
                        {"{other}{", Encoding::percent, "{other}{"}};
    for (const Row& row : rows)
        BOOST_TEST(adapters::fill_in(row.text, values, row.encoding) == row.filled);
}

BOOST_AUTO_TEST_CASE(dates_are_written_as_the_source_wants_them) {
    struct Row {
        const char* form;
        const char* text;
    };
    const Row rows[] = {{"yyyy-MM-dd", "2026-02-05"},
                        {"yyyy/MM/dd", "2026/02/05"},
                        {"yyyyMMdd", "20260205"},
                        {"yyyy", "2026"},
                        {"yy", "26"},
                        {"dd.MM.yyyy", "05.02.2026"},
                        {"yyyy年MM月", "2026年02月"}};
    for (const Row& row : rows)
        BOOST_TEST(adapters::written({2026, 2, 5}, row.form) == row.text);
    BOOST_TEST(adapters::written({2026, 2, 0}, "yyyy/MM/dd") == "2026/02/01");
}

BOOST_AUTO_TEST_CASE(windows_walk_back_to_the_first_without_a_gap) {
    const auto text = [](const ingest::FetchWindows& windows, const Date& today) {
        std::string out;
        for (const adapters::Window& window : adapters::windows_until(windows, today))
            out += to_text(window.from) + "/" + to_text(window.to) + " ";
        return out;
    };
    using ingest::WindowUnit;
    BOOST_TEST(text({{2024, 3, 15}, WindowUnit::year}, {2026, 2, 10}) ==
               "2026-01-01/2026-02-10 2025-01-01/2025-12-31 2024-03-15/2024-12-31 ");
    BOOST_TEST(text({{2025, 12, 0}, WindowUnit::month}, {2026, 2, 1}) ==
               "2026-02-01/2026-02-01 2026-01-01/2026-01-31 2025-12-01/2025-12-31 ");
    BOOST_TEST(text({{2026, 1, 1}, WindowUnit::year}, {2026, 1, 1}) == "2026-01-01/2026-01-01 ");
    BOOST_TEST(text({{2027, 1, 1}, WindowUnit::year}, {2026, 1, 1}).empty());
    // A fiscal year from April on, and no more than the newest two.
    BOOST_TEST(text({{2020, 4, 1}, WindowUnit::year, 4, 2}, {2026, 3, 31}) ==
               "2025-04-01/2026-03-31 2024-04-01/2025-03-31 ");
    BOOST_TEST(text({{2025, 6, 1}, WindowUnit::year, 4, 0}, {2026, 4, 1}) ==
               "2026-04-01/2026-04-01 2025-06-01/2026-03-31 ");
}

BOOST_AUTO_TEST_CASE(days_are_counted_back_over_months_and_leap_days) {
    BOOST_TEST(to_text(adapters::days_before({2026, 3, 1}, 1)) == "2026-02-28");
    BOOST_TEST(to_text(adapters::days_before({2024, 3, 1}, 1)) == "2024-02-29");
    BOOST_TEST(to_text(adapters::days_before({2026, 1, 1}, 2)) == "2025-12-30");
    BOOST_TEST(to_text(adapters::days_before({2026, 5, 0}, 0)) == "2026-05-01");
}

BOOST_AUTO_TEST_CASE(links_are_resolved_against_their_page) {
    struct Row {
        const char* link;
        const char* url;  // empty: refused
    };
    const Row rows[] = {{"https://b.example/x?y=1#z", "https://b.example/x?y=1"},
                        {"//b.example/x", "https://b.example/x"},
                        {"/x/y", "https://a.example/x/y"},
                        {"y", "https://a.example/list/y"},
                        {"./y?z=1", "https://a.example/list/y?z=1"},
                        {"../y", "https://a.example/y"},
                        {"../../../y", "https://a.example/y"},
                        {"?p=2", "https://a.example/list/index.php?p=2"},
                        {" \n/x ", "https://a.example/x"},
                        {"/a file (1).html", "https://a.example/a%20file%20(1).html"},
                        {"/\xE2\x80\x93", "https://a.example/%E2%80%93"},
                        {"/%E2%80%93", "https://a.example/%E2%80%93"},
                        {"/x?u=https://c.example/", "https://a.example/x?u=https://c.example/"},
                        {"", ""},
                        {"#top", ""},
                        {"javascript:alert(1)", ""},
                        {"mailto:a@b.example", ""},
                        {"ftp://b.example/x", ""},
                        {"https://user@b.example/", ""}};
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.link) {
            const auto url = adapters::resolved("https://a.example/list/index.php?p=1", row.link);
            BOOST_TEST((url.ok() ? *url : ""s) == row.url);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
