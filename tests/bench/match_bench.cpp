// How fast listings are matched, and what the index weighs. Notices and listings are made up from
// a seed, in the proportions of the genuine ones; nothing is read.
// usage: match_bench [NOTICES] [LISTINGS]    default 100000 and 50000

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gateway/match/matcher.h"

namespace recall::match {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Inventor {
  public:
    std::string word(std::size_t syllables) {
        constexpr const char* parts[] = {"ba", "den", "ki", "lor", "mu", "nex", "pa", "ri",
                                         "so", "tal", "ve", "wy",  "zo", "cra", "fi", "ghe"};
        std::string out;
        for (std::size_t i = 0; i < syllables; ++i)
            out += parts[random_() % std::size(parts)];
        return out;
    }
    const char* thing() {
        constexpr const char* things[] = {
            "hair dryer", "stroller",   "USB charger",    "power bank", "soft toy",   "crib",
            "perfume",    "gel polish", "string lights",  "car seat",   "high chair", "fan heater",
            "balloons",   "bunk bed",   "bicycle helmet", "candle",     "dresser",    "baby walker",
            "slime",      "fire pit",   "e-bike",         "kettle",     "earrings",   "soother"};
        return things[random_() % std::size(things)];
    }
    const char* trimming() {
        constexpr const char* words[] = {"portable", "black", "children's", "2000 W", "ionic",
                                         "compact",  "red",   "wooden",     "500 ml", "deluxe",
                                         "folding",  "mini",  "plastic",    "LED",    "white"};
        return words[random_() % std::size(words)];
    }
    std::string number() {
        return std::string(1, char('A' + random_() % 26)) + char('A' + random_() % 26) + "-" +
               std::to_string(100 + random_() % 99'900);
    }
    bool one_in(unsigned n) { return random_() % n == 0; }

    model::Notice notice(std::size_t i) {
        model::Notice notice;
        notice.id = "bench:" + std::to_string(i);
        notice.language = "en";
        model::Product product;
        const std::string brand = word(3);
        product.type = {{"en", thing(), ""}};
        product.name = {{"en", std::string(trimming()) + " " + word(2) + " " + trimming(), ""}};
        if (!one_in(4)) product.brands = {brand};
        if (!one_in(3)) product.models = {number()};
        std::string prose = std::string(trimming()) + " " + thing() + " sold with ";
        for (int k = 0; k < 20; ++k)
            prose += word(1 + random_() % 2) + " ";
        product.description = {{"en", prose, ""}};
        notice.products = {product};
        return notice;
    }
    model::Listing listing(std::size_t i, const std::vector<model::Notice>& notices) {
        model::Listing listing;
        listing.id = std::to_string(i);
        listing.lang = "en";
        listing.title = word(3) + " " + thing() + " " + trimming() + " " + trimming() + " " +
                        number() + " " + word(2) + " for home and garden, " + trimming();
        if (one_in(10)) {
            const model::Product& product = notices[random_() % notices.size()].products[0];
            listing.title = (product.brands.empty() ? word(3) : product.brands[0]) + " " +
                            product.name[0].text + " " + product.type[0].text;
            if (!product.models.empty()) listing.model = product.models[0];
        }
        listing.attributes = {{"color", trimming()}, {"size", "12 cm"}};
        return listing;
    }

  private:
    std::minstd_rand random_{20'240'601};
};

// Of the whole process: what a busy machine does not change.
double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

double run_threads(const Matcher& matcher, const std::vector<model::Listing>& listings,
                   unsigned threads, std::atomic<long>& matches) {
    std::atomic<std::size_t> next = 0;
    const auto start = Clock::now();
    {
        std::vector<std::jthread> workers;
        for (unsigned i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                for (std::size_t k = next++; k < listings.size(); k = next++)
                    matches += static_cast<long>(matcher.check(listings[k]).matches.size());
            });
        }
    }
    return seconds_since(start);
}

void print_latency(const Matcher& matcher, const std::vector<model::Listing>& listings) {
    constexpr std::size_t sample = 5'000;
    std::vector<double> times;
    for (std::size_t i = 0; i < std::min(sample, listings.size()); ++i) {
        const auto start = Clock::now();
        matcher.check(listings[i]);
        times.push_back(seconds_since(start) * 1e6);
    }
    std::ranges::sort(times);
    std::printf("one check       median %.0f us, p99 %.0f us, slowest %.0f us\n",
                times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

void run(std::size_t notice_count, std::size_t listing_count) {
    Inventor inventor;
    std::vector<model::Notice> notices;
    for (std::size_t i = 0; i < notice_count; ++i)
        notices.push_back(inventor.notice(i));
    std::vector<model::Listing> listings;
    for (std::size_t i = 0; i < listing_count; ++i)
        listings.push_back(inventor.listing(i, notices));

    Matcher matcher(Lexicon::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/lexicon"));
    auto start = Clock::now();
    matcher.replace(notices);
    const double build = seconds_since(start);
    const IndexFacts facts = matcher.facts();
    std::printf("index           %zu notices, %.1f MB, built in %.2f s (%.0f notices/s)\n",
                facts.notices, double(facts.bytes) / 1e6, build, double(notice_count) / build);
    start = Clock::now();
    matcher.update(std::span(notices).first(std::min<std::size_t>(100, notices.size())));
    std::printf("update          100 notices in %.1f ms\n", seconds_since(start) * 1e3);

    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    for (const unsigned threads : {1U, cores}) {
        std::atomic<long> matches = 0;
        const double cpu_start = cpu_seconds();
        const double seconds = run_threads(matcher, listings, threads, matches);
        const double cpu = cpu_seconds() - cpu_start;
        std::printf(
            "%2u thread(s)    %.0f listings/s; %.0f a second of processor time (%ld told)\n",
            threads, double(listing_count) / seconds, double(listing_count) / cpu, matches.load());
    }
    print_latency(matcher, listings);
}

}  // namespace
}  // namespace recall::match

int main(int argc, char** argv) {
    const std::size_t notices = argc > 1 ? std::stoul(argv[1]) : 100'000;
    const std::size_t listings = argc > 2 ? std::stoul(argv[2]) : 50'000;
    recall::match::run(std::max<std::size_t>(1, notices), std::max<std::size_t>(1, listings));
}
