// The demo, as ./start.sh --demo runs it after the build: on free ports, in a folder of its own.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>

#include "gateway/store/cases.h"
#include "gateway/store/database.h"
#include "gateway/store/matches.h"
#include "tests/support/temp_folder.h"

namespace store = recall::store;

namespace {

const std::string script = RECALLGW_SOURCE_DIR "/config/demo/demo.sh";

// The script, whose standard error is read.
class Demo {
  public:
    explicit Demo(const std::string& folder, const std::string& port = "0") {
        int ends[2];
        BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        process_ = ::fork();
        if (process_ == 0) {
            ::setenv("RECALLGW_DATA_FOLDER", folder.c_str(), 1);
            ::setenv("DEMO_PROGRAMS", RECALLGW_BINARY_DIR, 1);
            ::setenv("DEMO_PORT", port.c_str(), 1);
            ::dup2(ends[1], STDERR_FILENO);
            ::execl(script.c_str(), script.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        said_ = ends[0];
    }
    ~Demo() {
        if (process_ > 0) end();
        ::close(said_);
    }
    Demo(const Demo&) = delete;
    Demo& operator=(const Demo&) = delete;

    // What it says up to and with the line that has this; to the end when none has.
    std::string until(std::string_view text) const {
        std::string all;
        for (char c = 0; ::read(said_, &c, 1) == 1;) {
            all += c;
            if (c == '\n' && all.find(text) != std::string::npos) break;
        }
        return all;
    }

    // As Ctrl-C does; returns the exit code.
    int end() {
        ::kill(process_, SIGINT);
        return exit_code();
    }
    int exit_code() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    pid_t process_ = 0;
    int said_ = -1;
};

bool is_built() {
    return std::filesystem::exists(RECALLGW_BINARY_DIR "/recallgw") &&
           std::filesystem::exists(RECALLGW_BINARY_DIR "/recallgw-standin");
}

// A listing taken down, one that is to be, and a match that was none.
void expect_cases(const std::string& file) {
    store::DatabaseOptions options;
    options.url = "sqlite:" + file;
    const auto database = store::Database::open(options);
    const store::SessionLease session = database->lease();
    const auto cases = store::Cases(*session).list(std::nullopt, "", 10);
    BOOST_REQUIRE(cases);
    BOOST_REQUIRE(cases->rows.size() == 2U);
    const store::TakedownCase& answered = cases->rows.front();
    BOOST_TEST(answered.listing == "LM-10003");
    BOOST_TEST(answered.outcome == "removed");
    BOOST_TEST(cases->rows.back().listing == "LM-10001");
    BOOST_TEST(cases->rows.back().outcome == "");
    store::MatchFilter filter;
    filter.state = store::MatchState::rejected;
    const auto rejected = store::Matches(*session).list(filter, "", 10);
    BOOST_REQUIRE(rejected);
    BOOST_TEST(rejected->rows.size() == 1U);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(demo)

BOOST_AUTO_TEST_CASE(the_demo_polls_starts_stops_and_starts_again_with_the_same_data) {
    if (!is_built()) {
        BOOST_TEST_MESSAGE("skipped: the programs are not built");
        return;
    }
    const recall::test::TempFolder folder;
    {
        Demo demo(folder.path().string());
        const std::string said = demo.until("Ctrl-C stops it");
        BOOST_TEST(has(said, "us-cpsc: healthy, fetched 23, new 22"), said);
        BOOST_TEST(has(said, "eu-safety-gate: healthy, fetched 18, new 18"), said);
        BOOST_TEST(has(said, "jp-caa: healthy, fetched 14, new 14"), said);
        BOOST_TEST(has(said, "au-accc: healthy, fetched 10, new 10"), said);
        BOOST_TEST(has(said, "listings: {\"created\":39"), said);
        BOOST_TEST(has(said, "The demo runs"), said);
        BOOST_TEST(demo.end() == 0);
    }
    expect_cases(folder.file("demo/cn-demo/recallgw.db"));
    Demo again(folder.path().string());
    const std::string said = again.until("Ctrl-C stops it");
    BOOST_TEST(has(said, "eu-safety-gate: healthy, fetched 18, new 0"), said);
    BOOST_TEST(has(said, "listings: {\"created\":0,\"changed\":0,\"unchanged\":39"), said);
    BOOST_TEST(has(said, "The demo runs"), said);
    BOOST_TEST(again.end() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
