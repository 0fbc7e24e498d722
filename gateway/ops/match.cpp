// recallgw match: a file of notices against a file of listings, no database. Listings stream
// through in batches, so memory does not grow with their number, and matches come out in their
// order whatever the number of threads.

#include <algorithm>
#include <atomic>
#include <charconv>
#include <iostream>
#include <thread>
#include <vector>

#include "gateway/base/failure.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/match_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/match/matcher.h"
#include "gateway/ops/command.h"
#include "gateway/ops/lines.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/match_options.h"

namespace recall::ops {
namespace {

constexpr std::size_t notice_bytes_max = 16U << 20U;
constexpr std::size_t listings_a_batch = 4'096;
constexpr long long threads_max = 256;

// Lines that were refused, told on standard error.
struct Refused {
    long count = 0;

    void tell(const std::string& file, long line, const Error& error) {
        ++count;
        std::cerr << file << ':' << line << ": " << error.line() << '\n';
    }
};

Error too_long(std::size_t bytes_max) {
    return {ErrorCode::limit, "the line has more than " + std::to_string(bytes_max) + " bytes"};
}

std::vector<model::Notice> read_notices(const std::string& path, Refused& refused) {
    std::vector<model::Notice> notices;
    LineReader lines(path, notice_bytes_max);
    for (std::string line; lines.next(line);) {
        if (lines.was_too_long()) {
            refused.tell(path, lines.number(), too_long(notice_bytes_max));
            continue;
        }
        Result<model::Notice> notice = json::read_kept_notice(line);
        if (!notice) {
            refused.tell(path, lines.number(), notice.error());
        } else if (notice->status != "withdrawn" && notice->status != "vanished") {
            notices.push_back(*std::move(notice));
        }
    }
    return notices;
}

struct Job {
    std::string line;
    long number = 0;
    bool was_too_long = false;
    std::string output;
    std::optional<Error> error;
    long matches = 0;
    long reviews = 0;
};

void check(const match::Matcher& matcher, const match::CheckOptions& options, Job& job) {
    const json::ListingLimits limits;
    if (job.was_too_long) {
        job.error = too_long(limits.line_bytes_max);
        return;
    }
    const Result<model::Listing> listing = json::read_listing(job.line, limits);
    if (!listing) {
        job.error = listing.error();
        return;
    }
    for (const model::Match& match : matcher.check(*listing, options).matches) {
        json::append_match_line(job.output, match);
        job.matches += match.decision == model::Decision::match;
        job.reviews += match.decision == model::Decision::review;
    }
}

// A failure in a thread is thrown again here, in the thread that called.
void check_all(const match::Matcher& matcher, const match::CheckOptions& options, long long threads,
               std::vector<Job>& jobs) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::exception_ptr> failures(static_cast<std::size_t>(threads));
    const auto work = [&](std::size_t worker) {
        try {
            for (std::size_t i = next++; i < jobs.size(); i = next++)
                check(matcher, options, jobs[i]);
        } catch (const std::exception&) {
            failures[worker] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < failures.size(); ++i)
            others.emplace_back(work, i);
        work(0);
    }
    for (const std::exception_ptr& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

bool fill(LineReader& lines, std::vector<Job>& jobs) {
    jobs.clear();
    while (jobs.size() < listings_a_batch) {
        Job job;
        if (!lines.next(job.line)) break;
        job.number = lines.number();
        job.was_too_long = lines.was_too_long();
        jobs.push_back(std::move(job));
    }
    return !jobs.empty();
}

Result<int> run(const Arguments& arguments) {
    if (!arguments.has("notices") || !arguments.has("listings"))
        return Error{ErrorCode::usage, "give --notices FILE and --listings FILE"};
    match::CheckOptions options;
    if (const auto read = read_match_options(arguments, options); !read) return read.error();
    const auto threads = read_number(
        arguments, "threads", std::max(1U, std::thread::hardware_concurrency()), 1, threads_max);
    if (!threads) return threads.error();
    Refused refused;
    match::Matcher matcher(open_lexicon(arguments.value("mappings")));
    matcher.replace(read_notices(arguments.value("notices"), refused));
    const std::string path = arguments.value("listings");
    LineReader lines(path, json::ListingLimits().line_bytes_max);
    long listings = 0;
    long matches = 0;
    long reviews = 0;
    for (std::vector<Job> jobs; fill(lines, jobs);) {
        check_all(matcher, options, *threads, jobs);
        for (const Job& job : jobs) {
            if (job.error) refused.tell(path, job.number, *job.error);
            std::cout << job.output;
            listings += !job.error;
            matches += job.matches;
            reviews += job.reviews;
        }
    }
    if (!std::cout.flush()) throw Failure(ErrorCode::io, "the output could not be written");
    std::cerr << matcher.facts().notices << " notices, " << listings << " listings, " << matches
              << " match, " << reviews << " review, " << refused.count << " lines refused\n";
    return refused.count > 0 ? exit_quarantined : exit_done;
}

}  // namespace

const Command& match_command() {
    static const Command command{
        .name = "match",
        .summary = "match a file of listings against a file of notices; no database",
        .words = "",
        .options = {{"notices", "FILE", "notices, one JSON object a line, as map prints them"},
                    {"listings", "FILE", "listings or products, one JSON object a line"},
                    {"min-score", "X", "leave out what scores less, 0 to 1 (0.2)"},
                    {"most", "N", "notices a listing at most, best first (10)"},
                    {"threads", "N", "threads (as many as the machine has)"},
                    {"mappings", "FOLDER",
                     "mapping files with the lexicon; default: those the program was built with"}},
        .details =
            "Prints one match a line, in the order of the listings, the best notice first; the\n"
            "evidence weights of a match add up to the log odds of its score. Notices whose "
            "status\n"
            "is withdrawn or vanished are left out. Only decision \"match\" rests on an "
            "identifier;\n"
            "\"review\" wants a person, \"no_match\" is told as far as --min-score goes.\n"
            "Exit codes: 0 all is well, 3 lines were refused (file, line and reason on standard\n"
            "error), 2 wrong usage or unreadable file.",
        .run = run};
    return command;
}

}  // namespace recall::ops
