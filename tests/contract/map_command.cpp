// The map command as an operator runs it.

#include <sys/stat.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <thread>

#include "gateway/base/byte_source.h"
#include "gateway/base/failure.h"
#include "gateway/ops/command.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/temp_folder.h"

#include <boost/test/unit_test.hpp>

namespace recall {

namespace {

const std::string fixtures = RECALLGW_SOURCE_DIR "/tests/fixtures/";

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Desk {
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder.file(name), std::ios::binary) << bytes;
        return folder.file(name);
    }
    int run(const std::vector<std::string>& arguments) {
        const test::Quiet quiet;
        const test::Printed printed;
        const int code = ops::run_program(arguments);
        out = printed.out.str();
        err = printed.err.str();
        return code;
    }
    // A pipe with a name; who opens it to write gives the bytes once.
    std::string pipe() const {
        const std::string path = folder.file("pipe");
        ::unlink(path.c_str());
        BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        return path;
    }

    test::TempFolder folder;
    std::string out;
    std::string err;
};

// "without provenance": the hash is of the bytes, and so the same.
struct Piped {
    const char* source;
    const char* file;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(map_command, Desk)

BOOST_AUTO_TEST_CASE(a_pipe_is_read_as_the_file_that_it_comes_from) {
    constexpr Piped cases[] = {{"us-cpsc", "us/cpsc/recalls.json"},
                               {"ca-recalls", "ca/recalls/dump.json"},
                               {"eu-safety-gate", "eu/safety-gate/report.xml"},
                               {"us-nhtsa", "us/nhtsa/FLAT_RCL_PRE_2010.txt"},
                               {"us-nhtsa", "us/nhtsa/FLAT_RCL_POST_2010.zip"}};
    for (const Piped& row : cases) {
        BOOST_TEST_CONTEXT(row.file) {
            const std::string file = fixtures + row.file;
            const int code = run({"map", row.source, file});
            const std::string expected = out;
            BOOST_TEST(!expected.empty());
            const std::string path = pipe();
            const std::jthread writer(
                [&] { std::ofstream(path, std::ios::binary) << bytes_of(file); });
            BOOST_TEST(run({"map", row.source, path}) == code);
            BOOST_TEST(out == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pipe_is_copied_up_to_a_limit) {
    const std::string path = pipe();
    const std::jthread writer([&] { std::ofstream(path, std::ios::binary) << "0123456789"; });
    BOOST_CHECK_EXCEPTION(repeatable_source(path, 9), Failure, [](const Failure& failure) {
        return failure.code() == ErrorCode::limit;
    });
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_again_with_other_content_is_told) {
    const auto record = [](const std::string& title) {
        return R"({"RecallID":7,"RecallNumber":"1","RecallDate":"2024-05-02","Products":[],)"
               R"("Title":")" +
               title + "\"}";
    };
    const std::string first = write("first.json", "[" + record("A") + "," + record("A") + "]");
    const std::string second = write("second.json", "[" + record("A") + "," + record("B") + "]");
    const std::string issues = folder.file("issues");
    BOOST_TEST(run({"map", "us-cpsc", first, "--issues", issues}) == ops::exit_done);
    BOOST_TEST(bytes_of(issues) == "");
    BOOST_TEST(run({"map", "us-cpsc", first, second, "--issues", issues}) == ops::exit_done);
    BOOST_TEST(bytes_of(issues) == R"({"file":")" + second +
                                       R"(","record":2,"key":"7","code":"conflict","path":"key",)"
                                       R"("value":"7: record 1 of )" +
                                       first + R"( has it too, with other content"})" + "\n");
    BOOST_TEST(err.find("1 conflict") != std::string::npos, err);
}

BOOST_AUTO_TEST_CASE(a_notice_that_xml_could_not_carry_is_not_signed_as_json_either) {
    const std::string key = folder.file("me");
    BOOST_REQUIRE(run({"key", "new", "--out", key}) == ops::exit_done);
    const struct {
        const char* title;
        bool is_signed;
    } cases[] = {{"Toy", true}, {"Toy\\u0007", false}, {"Toy\\uFFFE", false}};
    for (const auto& row : cases) {
        std::istringstream in(R"({"schema":"1.0","id":"us-cpsc:7","source":"us-cpsc",)"
                              R"("language":"en","title":[{"lang":"en","text":")" +
                              std::string(row.title) + R"("}]})");
        std::streambuf* const before = std::cin.rdbuf(in.rdbuf());
        for (const char* format : {"json", "xml"}) {
            in.clear();
            in.seekg(0);
            std::cin.clear();
            const int code = run({"sign", "--format", format, "--key", key + ".key"});
            BOOST_TEST((code == ops::exit_done) == row.is_signed, row.title << " " << format);
            BOOST_TEST(out.empty() != row.is_signed);
            BOOST_TEST((err.find("XML cannot carry") != std::string::npos) != row.is_signed, err);
        }
        std::cin.rdbuf(before);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
