// Two `recallgw serve` processes that are killed in the middle of a delivery and started again.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "gateway/exchange/partners.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "gateway/store/outbox.h"
#include "tests/support/exchange.h"
#include "tests/support/pki.h"
#include "tests/support/temp_folder.h"

using namespace std::chrono_literals;
namespace exchange = recall::exchange;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

const std::string program = RECALLGW_BINARY_DIR "/recallgw";
constexpr int messages = 40;

std::vector<char*> argument_pointers(std::vector<std::string>& arguments) {
    std::vector<char*> pointers;
    for (std::string& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    return pointers;
}

// A gateway's folder, settings and process.
class ServedGateway {
  public:
    ServedGateway(const test::Pki& pki, const std::string& party)
        : party_(party),
          signer_(pki.signer(party + "-signer")),
          server_(pki.server(party + "-server")),
          client_(pki.client(party + "-client")),
          authority_file_(pki.authority().certificate_file) {}
    ~ServedGateway() { kill(SIGKILL); }

    void start() {
        int ends[2];
        BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        // Not poll: a test asks no authority.
        std::vector<std::string> arguments = {program, "serve", "--role", "match,deliver,http"};
        for (const std::string& setting : settings()) {
            arguments.push_back("--set");
            arguments.push_back(setting);
        }
        const std::vector<char*> pointers = argument_pointers(arguments);
        process_ = ::fork();
        if (process_ == 0) {
            const int log =
                ::open(folder_.file("log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
            ::dup2(ends[1], STDOUT_FILENO);
            ::dup2(log, STDERR_FILENO);
            ::execv(pointers[0], pointers.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        // One line, "https://127.0.0.1:PORT", once it listens.
        std::string line;
        for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';)
            line += c;
        ::close(ends[0]);
        BOOST_REQUIRE_MESSAGE(line.starts_with("https://"), party_ + " did not start: " + log());
        port_ = line.substr(line.rfind(':') + 1);
    }
    void kill(int signal) {
        if (process_ <= 0) return;
        ::kill(process_, signal);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }

    model::Partner as_partner() const {
        model::Partner partner =
            test::partner_of(exchange::Identity{party_, signer_.key, signer_.certificate});
        partner.endpoint = "https://127.0.0.1:" + port_ + "/exchange/v1/messages";
        partner.connections = {{server_.certificate.fingerprint(), {}, {}},
                               {client_.certificate.fingerprint(), {}, {}}};
        return partner;
    }
    std::unique_ptr<store::Database> open() const {
        store::DatabaseOptions options;
        options.url = "sqlite:" + folder_.file("recallgw.db");
        auto database = store::Database::open(options);
        store::migrate(*database, recall::SystemClock().now());
        return database;
    }
    std::string log() const {
        std::ifstream in(folder_.file("log"));
        return {std::istreambuf_iterator<char>(in), {}};
    }

  private:
    std::vector<std::string> settings() const {
        return {"data.folder=" + folder_.path().string(),
                "http.port=" + port_,
                "http.tls_certificate=" + server_.certificate_file,
                "http.tls_key=" + server_.key_file,
                "http.tls_client_ca=" + authority_file_,
                "exchange.party=" + party_,
                "exchange.key=" + signer_.key_file,
                "exchange.certificate=" + signer_.certificate_file,
                "exchange.tls_key=" + client_.key_file,
                "exchange.tls_certificate=" + client_.certificate_file,
                "exchange.ca_file=" + authority_file_,
                "exchange.interval_ms=50",
                "exchange.retry_first_ms=50"};
    }

    test::TempFolder folder_;
    std::string party_;
    test::Identity signer_;
    test::Identity server_;
    test::Identity client_;
    std::string authority_file_;
    std::string port_ = "0";
    pid_t process_ = 0;
};

// Looks until it is so; the processes are real, so their time is too.
bool wait_until(const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < end) {
        if (so()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

long long arrived(store::Database& database) {
    const auto session = database.lease();
    return static_cast<long long>(store::Inbox(*session).list("", "", "", 1000)->rows.size());
}

void store_notices(store::Database& database) {
    for (int i = 1; i <= messages; ++i) {
        const model::Notice notice =
            test::sample_notice("us-test:" + std::to_string(i), "Lamp " + std::to_string(i));
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); },
                recall::SystemClock().now());
        });
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(processes)

BOOST_AUTO_TEST_CASE(gateways_killed_in_the_middle_lose_and_double_nothing) {
    if (!std::filesystem::exists(program)) {
        BOOST_TEST_MESSAGE("skipped: " + program + " is not built");
        return;
    }
    test::TempFolder folder;
    const test::Pki pki(folder.path().string());
    ServedGateway us(pki, "cn-authority");
    ServedGateway them(pki, "xx-partner");
    const auto ours = us.open();
    const auto theirs = them.open();
    us.start();
    them.start();
    test::register_partner(*theirs, us.as_partner());
    model::Partner partner = them.as_partner();
    partner.distribution = {model::DistributionRule{}};
    test::register_partner(*ours, partner);
    store_notices(*ours);
    for (const long long so_far : {3, 12, 20, 28}) {
        BOOST_REQUIRE_MESSAGE(wait_until([&] { return arrived(*theirs) >= so_far; }),
                              us.log() + them.log());
        ServedGateway& victim = so_far % 8 == 4 ? us : them;
        victim.kill(SIGKILL);
        victim.start();
    }
    const auto all_delivered = [&] {
        const auto session = ours->lease();
        return store::Outbox(*session).count(store::OutboxState::delivered) == messages;
    };
    BOOST_REQUIRE_MESSAGE(wait_until(all_delivered), us.log() + them.log());
    const auto sent = ours->lease();
    const auto session = theirs->lease();
    store::Inbox inbox(*session);
    const auto received = inbox.list("", "", "", 1000);
    BOOST_REQUIRE(received.ok());
    BOOST_TEST(received->rows.size() == std::size_t(messages));
    BOOST_TEST(inbox.gaps("cn-authority", 10).empty());
    for (const store::InboxMessage& message : received->rows) {
        BOOST_TEST(store::Notices(*session).revisions(message.subject).size() == 1U);
        BOOST_TEST(inbox.find("cn-authority", message.message_id)->receipt ==
                   store::Outbox(*sent).find(message.message_id)->receipt);
    }
    us.kill(SIGTERM);
    them.kill(SIGTERM);
}

BOOST_AUTO_TEST_SUITE_END()
