// ZIP containers: what is read, and everything that is refused. Containers are made by libzip, then
// broken.
#include "gateway/zip/container.h"

#include <boost/test/unit_test.hpp>

#include "gateway/base/errors.h"
#include "tests/support/zipped.h"

namespace recall::zip {
namespace {

// "" when the container and all its members are good, else the error's code.
std::string verdict(const std::string& bytes, const Limits& limits = {}) {
    const auto container = Container::open(bytes_source(bytes), limits);
    if (!container) return std::string(spelling(container.error().code));
    const auto whole = container->verify(container->members(), {});
    return whole ? "" : std::string(spelling(whole.error().code));
}

std::string text_of(const Container& container, const Member& member) {
    const ByteSource source = container.read(member);
    std::string out;
    std::string buffer(1000, '\0');
    for (std::size_t size = source(buffer); size > 0; size = source(buffer))
        out.append(buffer, 0, size);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(containers)

BOOST_AUTO_TEST_CASE(members_come_out_as_they_went_in) {
    const std::string long_text(300'000, 'x');
    const std::string bytes =
        test::zip_of({{"a.txt", "one"}, {"folder/b.txt", long_text}, {"c", ""}});
    const auto container = Container::open(bytes_source(bytes));
    BOOST_REQUIRE(container.ok());
    BOOST_REQUIRE(container->members().size() == 3);
    std::size_t seen = 0;
    const auto count = [&seen](std::string_view piece) { seen += piece.size(); };
    BOOST_TEST(container->verify(container->members(), count).ok());
    BOOST_TEST(seen == 300'003);
    BOOST_TEST(text_of(*container, container->members()[0]) == "one");
    BOOST_TEST((text_of(*container, container->members()[1]) == long_text));
    BOOST_TEST(text_of(*container, container->members()[2]).empty());
}

BOOST_AUTO_TEST_CASE(names_that_lead_out_of_a_folder_are_refused) {
    for (const char* name :
         {"../a.txt", "a/../../b.txt", "/etc/a.txt", "\\a.txt", "C:a.txt", "a\\..\\b.txt", ".."})
        BOOST_TEST(verdict(test::zip_of({{"good.txt", "x"}, {name, "x"}})) == "bad-zip", name);
    for (const char* name : {"a..txt", "...", "a/b/c.txt", ".hidden"})
        BOOST_TEST(verdict(test::zip_of({{name, "x"}})) == "", name);
}

BOOST_AUTO_TEST_CASE(encrypted_members_are_refused) {
    BOOST_TEST(verdict(test::zip_of({{"a.txt", "text", ZIP_EM_AES_256}})) == "bad-zip");
}

BOOST_AUTO_TEST_CASE(a_zip_within_a_zip_is_refused) {
    BOOST_TEST(verdict(test::zip_of({{"inner.txt", test::zip_of({{"a.txt", "x"}})}})) == "bad-zip");
}

BOOST_AUTO_TEST_CASE(a_container_cut_anywhere_is_refused) {
    const std::string bytes =
        test::zip_of({{"a.txt", std::string(5000, 'a') + "end"}, {"b.txt", "two"}});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        BOOST_TEST(verdict(bytes.substr(0, size)) != "", size << " bytes of it");
    BOOST_TEST(verdict(bytes.substr(0, bytes.size() / 2)) == "truncated");
}

BOOST_AUTO_TEST_CASE(a_member_with_a_byte_changed_is_refused) {
    std::string text;
    for (int i = 0; i < 2000; ++i)
        text += std::to_string(i * 7919);
    std::string bytes = test::zip_of({{"a.txt", text}});
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x20);
    BOOST_TEST(verdict(bytes) != "");
}

BOOST_AUTO_TEST_CASE(bombs_stop_at_their_limits) {
    const std::string zeros(4U << 20U, '\0');
    const std::string bytes = test::zip_of({{"a.txt", zeros}, {"b.txt", zeros}});
    BOOST_TEST(verdict(bytes) == "");  // small enough to be harmless
    BOOST_TEST(verdict(bytes, {.ratio_free_bytes = 1U << 20U}) == "limit");
    BOOST_TEST(verdict(bytes, {.member_bytes_max = 1U << 20U}) == "limit");
    BOOST_TEST(verdict(bytes, {.total_bytes_max = 6U << 20U}) == "limit");
    BOOST_TEST(verdict(bytes, {.members_max = 1}) == "limit");
    BOOST_TEST(verdict(bytes, {.container_bytes_max = 100}) == "limit");
}

BOOST_AUTO_TEST_CASE(patterns_are_tried_on_the_name_without_its_folders) {
    const struct {
        const char* name;
        const char* pattern;
        bool fits;
    } cases[] = {{"FLAT_RCL.txt", "FLAT_RCL*.txt", true},
                 {"x/flat_rcl_post_2010.TXT", "FLAT_RCL*.txt", true},
                 {"FLAT_RCL.txt.bak", "FLAT_RCL*.txt", false},
                 {"other.txt", "FLAT_RCL*.txt", false},
                 {"a.csv", "*", true},
                 {"", "*", true},
                 {"aXbXc", "a*X*c", true},
                 {"aab", "*ab", true},
                 {"a", "", false}};
    for (const auto& row : cases)
        BOOST_TEST(fits_pattern(row.name, row.pattern) == row.fits,
                   row.name << " and " << row.pattern);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::zip
