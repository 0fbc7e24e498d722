// recallgw-standin: serves the invented recalls of this folder as the four authorities' sites
// would, on 127.0.0.1, until it is told to stop. For ./start.sh --demo and for trying things out.

#include <csignal>
#include <iostream>
#include <map>
#include <string>

#include "gateway/base/failure.h"
#include "tests/support/standin.h"

namespace {

constexpr const char* usage =
    "usage: recallgw-standin --folder FOLDER | --samples SHARED --port N [--cert PEM --key PEM]\n"
    "Serves the recalls in FOLDER (as in tests/standin), or the genuine samples in the folder "
    "that\n"
    "RECALLGW_SHARED names for the tests, at 127.0.0.1:N, 0 for a free port, and prints its\n"
    "address. With a certificate and its key it speaks HTTPS. INT or TERM stops it.\n";

int serve(std::map<std::string, std::string>& given) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    recall::test::StandInOptions options;
    options.data = given.contains("--samples") ? recall::test::stand_in_samples(given["--samples"])
                                               : recall::test::stand_in_data(given["--folder"]);
    options.port = static_cast<unsigned short>(std::stoul(given["--port"]));
    options.certificate_file = given["--cert"];
    options.key_file = given["--key"];
    const recall::test::StandIn stand_in(std::move(options));
    std::cout << stand_in.url() << '\n' << std::flush;
    int signal = 0;
    sigwait(&signals, &signal);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::map<std::string, std::string> given;
    for (int at = 1; at + 1 < count; at += 2)
        given[words[at]] = words[at + 1];
    if (count % 2 == 0 || given.contains("--folder") == given.contains("--samples") ||
        !given.contains("--port") || given.contains("--cert") != given.contains("--key")) {
        std::cerr << usage;
        return 2;
    }
    try {
        return serve(given);
    } catch (const std::exception& exception) {
        std::cerr << "recallgw-standin: " << exception.what() << '\n';
        return 4;
    }
}
