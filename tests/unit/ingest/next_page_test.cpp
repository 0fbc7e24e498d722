#include "gateway/ingest/next_page.h"

#include <boost/test/unit_test.hpp>

namespace recall::ingest {

BOOST_AUTO_TEST_SUITE(next_pages)

BOOST_AUTO_TEST_CASE(the_link_header_names_the_page_that_comes_next) {
    struct Row {
        const char* header;
        const char* next;
    };
    const Row rows[] = {
        {"", ""},
        {"<https://a.example/x?skip=0&search_after=0%3D1>; rel=\"next\"",
         "https://a.example/x?skip=0&search_after=0%3D1"},
        {"<https://a.example/1>; rel=prev, <https://a.example/3>; title=\"c, d\"; rel=next",
         "https://a.example/3"},
        {"<https://a.example/9>; rel=\"last\"", ""},
        {"<https://a.example/2>; rel=\"start next\"", "https://a.example/2"},
        {"<https://a.example/2>; rev=\"next\"", ""},
        {"<https://a.example/2", ""},
        {"nonsense; rel=\"next\"", ""},
    };
    for (const Row& row : rows)
        BOOST_TEST(next_link(row.header) == row.next);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::ingest
