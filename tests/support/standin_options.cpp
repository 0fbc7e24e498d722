// Kept apart from standin.cpp, which the demo's program compiles without the tests' certificates.
#include "tests/support/pki.h"
#include "tests/support/standin.h"

namespace recall::test {

StandInOptions stand_in_options() {
    StandInOptions options;
    options.data = stand_in_data(RECALLGW_SOURCE_DIR "/tests/standin");
    return options;
}

StandInOptions stand_in_options(const Identity& server) {
    StandInOptions options = stand_in_options();
    options.certificate_file = server.certificate_file;
    options.key_file = server.key_file;
    return options;
}

StandInOptions StandIn::from_samples(const std::string& shared, const Identity& server) {
    StandInOptions options;
    options.data = stand_in_samples(shared);
    options.certificate_file = server.certificate_file;
    options.key_file = server.key_file;
    return options;
}

}  // namespace recall::test
