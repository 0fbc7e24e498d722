// How well the matcher decides, on the labelled pairs of RECALLGW_SHARED/eval/matching: figures for
// the half that weights may be fitted on (dev) and for the other half (held out), split by notice.
// usage: match_eval NOTICES.ndjson [--background FILE] [--features FILE] [--errors]
// --features writes what was found for every labelled pair and the best of every ordinary listing,
// one a line, for fit_weights.py; --errors prints the pairs of dev that were judged wrongly.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "gateway/base/failure.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/parse.h"
#include "gateway/match/score.h"
#include "gateway/match/snapshot.h"
#include "gateway/text/hash.h"
#include "gateway/xml/document.h"

namespace recall::match {
namespace {

struct Label {
    std::string listing;
    std::string notice;
    bool is_match = false;
    std::string kind;
    bool is_dev = false;
};

struct Judged {
    double score = 0;
    model::Decision decision = model::Decision::no_match;
    bool is_first = false;
    Findings findings;
};

std::vector<std::string> lines_of_file(const std::string& path) {
    std::ifstream in(path);
    if (!in) throw Failure(ErrorCode::usage, "cannot read " + path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

std::string member(const std::string& line, const std::string& name) {
    const std::string key = "\"" + name + "\": \"";
    const std::size_t at = line.find(key);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + key.size();
    return line.substr(begin, line.find('"', begin) - begin);
}

std::vector<Label> read_labels(const std::string& path) {
    std::vector<Label> labels;
    for (const std::string& line : lines_of_file(path)) {
        Label label{member(line, "listing"), member(line, "notice"),
                    member(line, "label") == "match", member(line, "kind")};
        label.is_dev = text::hash("split" + label.notice) % 2 == 0;
        labels.push_back(label);
    }
    return labels;
}

Snapshot read_notices(const std::string& path, const Lexicon& lexicon) {
    std::vector<std::shared_ptr<const Line>> lines;
    for (const std::string& text : lines_of_file(path)) {
        const auto notice = json::read_kept_notice(text);
        if (!notice) throw Failure(notice.error());
        for (Line& line : product_lines(*notice, lexicon))
            lines.push_back(std::make_shared<const Line>(std::move(line)));
    }
    Snapshot snapshot;
    snapshot.base = std::make_shared<const Segment>(std::move(lines));
    snapshot.recent = std::make_shared<const Segment>(std::vector<std::shared_ptr<const Line>>());
    snapshot.removed.resize(snapshot.base->lines().size());
    return snapshot;
}

struct Scored {
    const Line* line = nullptr;
    Findings findings;
    double score = 0;
};

std::vector<Scored> all_scores(const Snapshot& snapshot, const Query& query,
                               const Lexicon& lexicon) {
    const SnapshotRarity rarity(snapshot);
    std::vector<Scored> all;
    for (const std::uint32_t number : candidates(snapshot, query)) {
        const Line& line = snapshot.line(number);
        Findings findings = compare({query, line, rarity, lexicon});
        const double score = score_of(findings);
        all.push_back({&line, std::move(findings), score});
    }
    std::ranges::sort(all, [](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.line->notice < b.line->notice;
    });
    return all;
}

std::string level_names(const Findings& findings) {
    std::string out;
    for (const Finding& finding : findings)
        out += (out.empty() ? "" : ",") + std::string(facts(finding.level).name);
    return out;
}

struct Figures {
    long pairs = 0, matches = 0, first = 0;
    long flagged_right = 0, flagged_wrong = 0, decided_right = 0, decided_wrong = 0;
    double calibration[10] = {};
    void add(const Label& label, const Judged& judged) {
        ++pairs;
        matches += label.is_match;
        first += label.is_match && judged.is_first;
        if (judged.decision != model::Decision::no_match)
            ++(label.is_match ? flagged_right : flagged_wrong);
        if (judged.decision == model::Decision::match)
            ++(label.is_match ? decided_right : decided_wrong);
        calibration[std::min(9, int(judged.score * 10))] += judged.score - double(label.is_match);
    }
    void print(const std::string& name) const {
        const auto share = [](long part, long whole) {
            return whole == 0 ? 0.0 : double(part) / double(whole);
        };
        double error = 0;
        for (const double bin : calibration)
            error += std::abs(bin);
        std::printf(
            "%-8s %4ld pairs  flagged P %.3f R %.3f  decided P %.3f R %.3f  right first "
            "%.3f  ECE %.3f\n",
            name.c_str(), pairs, share(flagged_right, flagged_right + flagged_wrong),
            share(flagged_right, matches), share(decided_right, decided_right + decided_wrong),
            share(decided_right, matches), share(first, matches), error / double(pairs));
    }
};

class Evaluation {
  public:
    Evaluation(const std::string& notices, const std::string& folder)
        : lexicon_(Lexicon::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/lexicon")),
          snapshot_(read_notices(notices, *lexicon_)),
          folder_(folder) {}

    void judge(std::ostream* features, bool tells_errors) {
        std::map<std::string, model::Listing> listings;
        for (const std::string& line : lines_of_file(folder_ + "/listings.ndjson")) {
            const auto listing = json::read_listing(line);
            if (!listing) throw Failure(listing.error());
            listings[listing->id] = *listing;
        }
        Figures dev;
        Figures held_out;
        std::map<std::string, Figures> kinds;
        for (const Label& label : read_labels(folder_ + "/labels.ndjson")) {
            const Query query = make_query(listings.at(label.listing), *lexicon_);
            const Judged judged = judge_pair(label, query);
            (label.is_dev ? dev : held_out).add(label, judged);
            kinds[label.kind].add(label, judged);
            if (features != nullptr)
                *features << (label.is_dev ? "dev" : "held") << '\t' << label.is_match << '\t'
                          << label.listing << '\t' << label.notice << '\t'
                          << level_names(judged.findings) << '\n';
            const bool flagged = judged.decision != model::Decision::no_match;
            const bool not_first = label.is_match && !judged.is_first;
            if (tells_errors && label.is_dev && (flagged != label.is_match || not_first))
                tell(label, judged, query);
        }
        dev.print("dev");
        held_out.print("held out");
        for (const auto& [kind, figures] : kinds)
            std::printf("  %-24s %4ld pairs, flagged %ld, decided %ld\n", kind.c_str(),
                        figures.pairs, figures.flagged_right + figures.flagged_wrong,
                        figures.decided_right + figures.decided_wrong);
    }

    void judge_background(const std::string& path, std::ostream* features, bool tells_errors) {
        long listings = 0;
        long with_match = 0;
        long with_review = 0;
        for (const std::string& line : lines_of_file(path)) {
            const auto listing = json::read_listing(line);
            if (!listing) throw Failure(listing.error());
            ++listings;
            const Query query = make_query(*listing, *lexicon_);
            const auto all = all_scores(snapshot_, query, *lexicon_);
            if (all.empty()) continue;
            const Scored& best = all.front();
            const auto decision = decide(best.findings, best.score);
            with_match += decision == model::Decision::match;
            with_review += decision == model::Decision::review;
            if (features != nullptr)
                *features << "background\t0\t" << listing->id << '\t' << best.line->notice << '\t'
                          << level_names(best.findings) << '\n';
            if (tells_errors && decision != model::Decision::no_match)
                tell({listing->id, best.line->notice, false, "background", true},
                     {best.score, decision, true, best.findings}, query);
        }
        std::printf("%ld ordinary listings: %ld with a match, %ld with a review\n", listings,
                    with_match, with_review);
    }

  private:
    Judged judge_pair(const Label& label, const Query& query) const {
        Judged judged;
        const auto all = all_scores(snapshot_, query, *lexicon_);
        judged.is_first = !all.empty() && all.front().line->notice == label.notice;
        for (const Scored& scored : all) {
            if (scored.line->notice != label.notice) continue;
            judged.score = scored.score;
            judged.findings = scored.findings;
            judged.decision = decide(scored.findings, scored.score);
            return judged;
        }
        return judged;
    }

    void tell(const Label& label, const Judged& judged, const Query& query) const {
        std::printf("%s %s %s p=%.3f%s %s\n   %s\n", label.is_match ? "MISSED" : "WRONG",
                    label.kind.c_str(), label.notice.c_str(), judged.score,
                    judged.is_first ? "" : " not first", label.listing.c_str(),
                    query.title.folded.c_str());
        for (const Finding& finding : judged.findings) {
            if (finding.level == Level::prior) continue;
            std::printf("   %-20s %+.2f  %s | %s\n", facts(finding.level).name.data(),
                        facts(finding.level).weight, finding.notice.substr(0, 70).c_str(),
                        finding.level >= Level::name_most && finding.level <= Level::name_foreign
                            ? ""
                            : finding.listing.substr(0, 70).c_str());
        }
    }

    std::shared_ptr<const Lexicon> lexicon_;
    Snapshot snapshot_;
    std::string folder_;
};

int run(int argc, char** argv) {
    const char* shared = std::getenv("RECALLGW_SHARED");
    if (shared == nullptr || argc < 2) {
        std::cout << "skipped: RECALLGW_SHARED is not set, or no file of notices was named\n";
        return 0;
    }
    std::ofstream features;
    bool tells_errors = false;
    std::string background;
    for (int i = 2; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--features" && i + 1 < argc) features.open(argv[++i]);
        if (option == "--background" && i + 1 < argc) background = argv[++i];
        if (option == "--errors") tells_errors = true;
    }
    std::ostream* out = features.is_open() ? &features : nullptr;
    Evaluation evaluation(argv[1], std::string(shared) + "/eval/matching");
    evaluation.judge(out, tells_errors);
    if (!background.empty()) evaluation.judge_background(background, out, tells_errors);
    return 0;
}

}  // namespace
}  // namespace recall::match

int main(int argc, char** argv) {
    try {
        return recall::match::run(argc, argv);
    } catch (const recall::Failure& failure) {
        std::cerr << failure.error().line() << '\n';
        return 1;
    }
}
