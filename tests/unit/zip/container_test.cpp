// ZIP containers: what is read, and everything that is refused. Containers are made by libzip, then
// broken.
#include "gateway/zip/container.h"

#include <boost/test/unit_test.hpp>

#include <zip.h>

#include "gateway/base/errors.h"

namespace recall::zip {
namespace {

struct Entry {
    std::string name;
    std::string text;
    zip_uint16_t encryption = ZIP_EM_NONE;
};

std::string made(const std::vector<Entry>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    BOOST_REQUIRE(archive != nullptr);
    for (const Entry& entry : entries) {
        zip_source_t* text = zip_source_buffer(archive, entry.text.data(), entry.text.size(), 0);
        const zip_int64_t at = zip_file_add(archive, entry.name.c_str(), text, 0);
        BOOST_REQUIRE(at >= 0);
        if (entry.encryption != ZIP_EM_NONE)
            zip_file_set_encryption(archive, zip_uint64_t(at), entry.encryption, "secret");
    }
    BOOST_REQUIRE(zip_close(archive) == 0);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(target, &stat);
    std::string out(stat.size, '\0');
    zip_source_open(target);
    zip_source_read(target, out.data(), out.size());
    zip_source_close(target);
    zip_source_free(target);
    return out;
}

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
    const std::string bytes = made({{"a.txt", "one"}, {"folder/b.txt", long_text}, {"c", ""}});
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
        BOOST_TEST(verdict(made({{"good.txt", "x"}, {name, "x"}})) == "bad-zip", name);
    for (const char* name : {"a..txt", "...", "a/b/c.txt", ".hidden"})
        BOOST_TEST(verdict(made({{name, "x"}})) == "", name);
}

BOOST_AUTO_TEST_CASE(encrypted_members_are_refused) {
    BOOST_TEST(verdict(made({{"a.txt", "text", ZIP_EM_AES_256}})) == "bad-zip");
}

BOOST_AUTO_TEST_CASE(a_zip_within_a_zip_is_refused) {
    BOOST_TEST(verdict(made({{"inner.txt", made({{"a.txt", "x"}})}})) == "bad-zip");
}

BOOST_AUTO_TEST_CASE(a_container_cut_anywhere_is_refused) {
    const std::string bytes = made({{"a.txt", std::string(5000, 'a') + "end"}, {"b.txt", "two"}});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        BOOST_TEST(verdict(bytes.substr(0, size)) != "", size << " bytes of it");
    BOOST_TEST(verdict(bytes.substr(0, bytes.size() / 2)) == "truncated");
}

BOOST_AUTO_TEST_CASE(a_member_with_a_byte_changed_is_refused) {
    std::string text;
    for (int i = 0; i < 2000; ++i)
        text += std::to_string(i * 7919);
    std::string bytes = made({{"a.txt", text}});
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x20);
    BOOST_TEST(verdict(bytes) != "");
}

BOOST_AUTO_TEST_CASE(bombs_stop_at_their_limits) {
    const std::string zeros(4U << 20U, '\0');
    const std::string bytes = made({{"a.txt", zeros}, {"b.txt", zeros}});
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
