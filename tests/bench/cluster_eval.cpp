// Which notices are linked and why, for people to judge: stores the notices of NDJSON files in an
// empty database, links them as a running gateway does, and prints every link and every cluster.
// usage: cluster_eval FILE.ndjson…
// Lines: "link" TAB reasons TAB value TAB firm TAB days apart TAB id, title (twice); "cluster" TAB
// ids. The last line on standard error has the times.

#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "gateway/base/failure.h"
#include "gateway/clusters/cluster_work.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/clusters.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "tests/support/temp_folder.h"

namespace recall {
namespace {

constexpr std::size_t notices_a_step = 500;

struct Shown {
    std::string title;
    std::string day;
};

Shown shown(const model::Notice& notice) {
    Shown out;
    if (!notice.title.empty()) out.title = notice.title.front().text;
    for (char& c : out.title)
        c = c == '\t' || c == '\n' ? ' ' : c;
    const auto& day = notice.published_on ? notice.published_on : notice.updated_on;
    if (day) out.day = to_text(*day);
    return out;
}

void put(store::Database& database, const std::vector<model::Notice>& notices) {
    store::in_write_transaction(database, [&](store::Session& session) {
        for (const model::Notice& notice : notices) {
            const std::string text = json::write_notice(notice);
            store::Notices(session).upsert(
                {.notice = notice, .json = text, .content_hash = notice.id, .raw_sha256 = ""},
                [](std::string_view stored) { return json::read_kept_notice(stored); },
                SystemClock().now());
        }
    });
}

std::map<std::string, Shown> put_files(store::Database& database, int count, char** files) {
    std::map<std::string, Shown> all;
    std::vector<model::Notice> step;
    for (int i = 0; i < count; ++i) {
        std::ifstream in(files[i]);
        if (!in) throw Failure(ErrorCode::usage, std::string("cannot read ") + files[i]);
        for (std::string line; std::getline(in, line);) {
            Result<model::Notice> notice = json::read_kept_notice(line);
            if (!notice) throw Failure(notice.error());
            if (!all.emplace(notice->id, shown(*notice)).second) continue;
            step.push_back(*std::move(notice));
            if (step.size() < notices_a_step) continue;
            put(database, step);
            step.clear();
        }
    }
    put(database, step);
    return all;
}

void print(store::Session& session, const std::map<std::string, Shown>& all) {
    store::Clusters clusters(session);
    std::map<std::string, std::vector<std::string>> members;
    for (const auto& [id, what] : all) {
        if (const auto member = clusters.member(id)) members[member->cluster].push_back(id);
        for (const model::NoticeLink& link : clusters.links(id)) {
            if (link.a != id) continue;
            const bool is_joined =
                clusters.member(link.a)->cluster == clusters.member(link.b)->cluster;
            const Shown& other = all.at(link.b);
            std::cout << "link\t" << (is_joined ? "in" : "out") << '\t' << spelling(link.reason)
                      << '\t' << link.value << '\t' << link.firm << '\t' << what.day << '\t'
                      << other.day << '\t' << link.a << '\t' << what.title << '\t' << link.b << '\t'
                      << other.title << '\n';
        }
    }
    for (const auto& [name, ids] : members) {
        if (ids.size() < 2) continue;
        std::cout << "cluster\t" << ids.size();
        for (const std::string& id : ids)
            std::cout << '\t' << id;
        std::cout << '\n';
    }
}

int run(int count, char** files) {
    const test::TempFolder folder;
    const auto database = store::Database::open(
        {.url = "sqlite:" + folder.file("eval.db"), .synchronous = store::Synchronous::normal});
    const SystemClock clock;
    store::migrate(*database, clock.now());
    const auto all = put_files(*database, count, files);
    clusters::ClusterWork work(*database,
                               match::Lexicon::load(RECALLGW_SOURCE_DIR "/mappings/lexicon"), clock,
                               "eval", std::chrono::seconds(1));
    const auto begin = std::chrono::steady_clock::now();
    const clusters::ClusterCounts counts = work.run_once();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    print(*database->lease(), all);
    std::cerr << counts.notices << " notices, " << counts.links << " links written, "
              << took.count() << " s\n";
    return 0;
}

}  // namespace
}  // namespace recall

int main(int argc, char** argv) {
    try {
        return recall::run(argc - 1, argv + 1);
    } catch (const recall::Failure& failure) {
        std::cerr << failure.error().text << '\n';
        return 4;
    }
}
