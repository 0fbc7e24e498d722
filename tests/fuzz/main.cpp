// Under libFuzzer the environment's RECALLGW_FUZZ_TARGET says which reader is fed. Without it this
// is a plain test: every reader gets its seeds, which it must take, and simple damage to them.
//   fuzz_readers                       all of them
//   fuzz_readers --names               what they are called
//   fuzz_readers --seeds TARGET FOLDER writes a first corpus for libFuzzer
//   fuzz_readers TARGET FILE…          files that were found

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <span>
#include <sstream>

#include "tests/fuzz/target.h"

namespace recall::fuzz {

std::vector<Target> all_targets() {
    return {map_document_target(), notice_json_target(),  notice_xml_target(),
            message_json_target(), message_xml_target(),  signed_xml_target(),
            signed_json_target(),  trust_file_target(),   http_request_target(),
            http_reply_target(),   listing_json_target(), csv_target()};
}

namespace {

Target find_target(std::string_view name) {
    for (Target& target : all_targets()) {
        if (target.name == name) return std::move(target);
    }
    std::cerr << "no target is named " << name << "; there are:";
    for (const Target& target : all_targets())
        std::cerr << ' ' << target.name;
    std::cerr << '\n';
    std::exit(2);
}

}  // namespace
}  // namespace recall::fuzz

#ifdef RECALLGW_LIBFUZZER

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const recall::fuzz::Target target = [] {
        const char* name = std::getenv("RECALLGW_FUZZ_TARGET");
        return recall::fuzz::find_target(name == nullptr ? "" : name);
    }();
    // A broken promise leaves through here and is a crash to libFuzzer.
    target.read({reinterpret_cast<const char*>(data), size});
    return 0;
}

#else

namespace recall::fuzz {
namespace {

namespace files = std::filesystem;

constexpr int cuts = 16;
constexpr int flips = 48;
constexpr std::size_t damaged_bytes_max = 16U << 10U;  // larger seeds are only read as they are
constexpr std::uint32_t random_seed = 20261125;        // the same damage in every run

// Cut short, bytes changed, a stretch left out, a stretch doubled.
std::vector<std::string> damage(const std::string& seed, std::mt19937& random) {
    std::vector<std::string> inputs;
    if (seed.empty() || seed.size() > damaged_bytes_max) return inputs;
    const auto place = [&] { return random() % seed.size(); };
    for (int i = 0; i < cuts; ++i)
        inputs.push_back(seed.substr(0, place()));
    for (int i = 0; i < flips; ++i) {
        std::string input = seed;
        input[place()] = static_cast<char>(random());
        inputs.push_back(std::move(input));
    }
    for (int i = 0; i < cuts; ++i) {
        const std::size_t from = place();
        const std::size_t length = 1 + random() % 40;
        inputs.push_back(std::string(seed).erase(from, length));
        inputs.push_back(std::string(seed).insert(from, seed.substr(from, length)));
    }
    return inputs;
}

// Whether the target held its promises and, where that is asked, took the input.
bool holds(const Target& target, const std::string& input, bool must_take) {
    try {
        const bool is_taken = target.read(input);
        if (is_taken || !must_take) return true;
        std::cerr << target.name << ": a seed is not taken: " << input.substr(0, 200) << '\n';
    } catch (const std::exception& thrown) {
        std::cerr << target.name << ": " << thrown.what() << "\n  input: " << input.substr(0, 2000)
                  << '\n';
    }
    return false;
}

int run_all() {
    long inputs = 0;
    long failed = 0;
    for (const Target& target : all_targets()) {
        std::mt19937 random(random_seed);
        const auto seeds = target.seeds();
        if (seeds.empty()) {
            std::cerr << target.name << " has no seeds\n";
            ++failed;
        }
        for (const std::string& seed : seeds) {
            failed += holds(target, seed, true) ? 0 : 1;
            const auto damaged = damage(seed, random);
            for (const std::string& input : damaged)
                failed += holds(target, input, false) ? 0 : 1;
            inputs += 1 + static_cast<long>(damaged.size());
        }
    }
    std::cout << inputs << " inputs, " << failed << " failures\n";
    return failed == 0 ? 0 : 1;
}

int write_seeds(const Target& target, const files::path& folder) {
    files::create_directories(folder);
    int number = 0;
    for (const std::string& seed : target.seeds())
        std::ofstream(folder / std::to_string(++number), std::ios::binary) << seed;
    return 0;
}

int run_files(const Target& target, std::span<char*> paths) {
    bool all_hold = true;
    for (const char* path : paths) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        all_hold = holds(target, text.str(), false) && all_hold;
    }
    return all_hold ? 0 : 1;
}

int run(std::span<char*> words) {
    if (words.size() == 1) return run_all();
    if (words.size() == 2 && std::string_view(words[1]) == "--names") {
        for (const Target& target : all_targets())
            std::cout << target.name << '\n';
        return 0;
    }
    if (words.size() == 4 && std::string_view(words[1]) == "--seeds")
        return write_seeds(find_target(words[2]), words[3]);
    return run_files(find_target(words[1]), words.subspan(2));
}

}  // namespace
}  // namespace recall::fuzz

int main(int argc, char** argv) {
    return recall::fuzz::run({argv, static_cast<std::size_t>(argc)});
}

#endif
