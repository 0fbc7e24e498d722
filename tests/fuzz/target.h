#pragma once
// A reader under fire: bytes go in, and whatever comes out must hold to what the reader promises.
// A promise that is broken throws Broken; a crash, a hang or a leak is found by the sanitizers.
// The targets run in two ways: as a plain test over seeds and simple damage to them (main.cpp), and
// under libFuzzer (RECALLGW_FUZZ). One thread.

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace recall::fuzz {

struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline void promise(bool held, const std::string& what) {
    if (!held) throw Broken(what);
}

struct Target {
    std::string name;
    // Whether the reader took the input.
    std::function<bool(std::string_view)> read;
    // Inputs that the reader takes, each of them.
    std::function<std::vector<std::string>()> seeds;
};

Target map_document_target();
Target notice_json_target();
Target notice_xml_target();
Target message_json_target();
Target message_xml_target();
Target signed_xml_target();
Target signed_json_target();
Target trust_file_target();
Target http_request_target();
Target http_reply_target();
Target listing_json_target();
Target csv_target();

std::vector<Target> all_targets();

// Raw files of tests/fixtures, each under its source's name, and the notices expected of them.
struct Fixture {
    std::string source;
    std::string bytes;
};
std::vector<Fixture> raw_fixtures();
std::vector<std::string> expected_notices();

}  // namespace recall::fuzz
