#include "gateway/match/matcher.h"

#include <algorithm>
#include <unordered_set>

#include "gateway/match/line.h"
#include "gateway/match/score.h"
#include "gateway/match/snapshot.h"

namespace recall::match {
namespace {

// What came since is searched beside the large segment; past this it is worth building one anew.
constexpr std::size_t recent_lines_min = 2'000;
constexpr std::size_t recent_share = 8;

using Lines = std::vector<std::shared_ptr<const Line>>;

std::shared_ptr<const Segment> segment(Lines lines) {
    return std::make_shared<const Segment>(std::move(lines));
}

Lines lines_of(std::span<const model::Notice* const> notices, const Lexicon& lexicon) {
    Lines lines;
    for (const model::Notice* notice : notices) {
        for (Line& line : product_lines(*notice, lexicon))
            lines.push_back(std::make_shared<const Line>(std::move(line)));
    }
    return lines;
}

std::shared_ptr<Snapshot> fresh(Lines lines, std::uint64_t version) {
    auto next = std::make_shared<Snapshot>();
    next->version = version;
    next->base = segment(std::move(lines));
    next->recent = segment({});
    next->removed.resize(next->base->lines().size());
    return next;
}

// The snapshot with its two segments made one.
std::shared_ptr<Snapshot> merged(const Snapshot& from) {
    Lines lines;
    for (std::size_t i = 0; i < from.base->lines().size(); ++i) {
        if (!from.removed[i]) lines.push_back(from.base->lines()[i]);
    }
    lines.insert(lines.end(), from.recent->lines().begin(), from.recent->lines().end());
    return fresh(std::move(lines), from.version);
}

// Of notices with the same id the last one counts.
std::vector<const model::Notice*> last_of_each(std::span<const model::Notice> notices) {
    std::unordered_set<std::string_view> seen;
    std::vector<const model::Notice*> out;
    for (auto notice = notices.rbegin(); notice != notices.rend(); ++notice) {
        if (seen.insert(notice->id).second) out.push_back(&*notice);
    }
    std::ranges::reverse(out);
    return out;
}

// The candidates by text, then the lines of notices with such a picture.
std::vector<std::uint32_t> all_candidates(const Snapshot& snapshot, const Query& query,
                                          const CheckOptions& options) {
    std::vector<std::uint32_t> out = candidates(snapshot, query);
    if (options.book == nullptr) return out;
    const auto add = [&](std::uint32_t line) {
        if (std::ranges::find(out, line) == out.end()) out.push_back(line);
    };
    const auto offset = static_cast<std::uint32_t>(snapshot.base->lines().size());
    for (const std::string& notice : options.book->near(options.pictures)) {
        const Segment::Range old = snapshot.base->lines_of(notice);
        for (std::uint32_t line = old.first; line < old.last; ++line) {
            if (!snapshot.removed[line]) add(line);
        }
        const Segment::Range recent = snapshot.recent->lines_of(notice);
        for (std::uint32_t line = recent.first; line < recent.last; ++line)
            add(offset + line);
    }
    return out;
}

}  // namespace

Matcher::Matcher(std::shared_ptr<const Lexicon> lexicon)
    : lexicon_(std::move(lexicon)), snapshot_(fresh({}, 0)) {}

Matcher::~Matcher() = default;

std::shared_ptr<const Snapshot> Matcher::snapshot() const {
    const std::lock_guard lock(pointing_);
    return snapshot_;
}

void Matcher::publish(std::shared_ptr<const Snapshot> next) {
    const std::lock_guard lock(pointing_);
    snapshot_.swap(next);
}

void Matcher::replace(std::span<const model::Notice> notices) {
    const std::lock_guard lock(changing_);
    publish(fresh(lines_of(last_of_each(notices), *lexicon_), snapshot()->version + 1));
}

void Matcher::update(std::span<const model::Notice> notices, std::span<const std::string> removed) {
    const std::lock_guard lock(changing_);
    const auto before = snapshot();
    auto next = std::make_shared<Snapshot>(*before);
    ++next->version;
    std::unordered_set<std::string_view> gone(removed.begin(), removed.end());
    for (const model::Notice& notice : notices)
        gone.insert(notice.id);
    for (const std::string_view id : gone) {
        const Segment::Range range = next->base->lines_of(id);
        if (range.first < range.last && !next->removed[range.first]) ++next->removed_notices;
        for (std::uint32_t i = range.first; i < range.last; ++i)
            next->removed[i] = true;
    }
    Lines recent;
    for (const auto& line : before->recent->lines()) {
        if (!gone.contains(line->notice)) recent.push_back(line);
    }
    Lines added = lines_of(last_of_each(notices), *lexicon_);
    std::ranges::move(added, std::back_inserter(recent));
    next->recent = segment(std::move(recent));
    const std::size_t limit = std::max(recent_lines_min, next->base->lines().size() / recent_share);
    publish(next->recent->lines().size() > limit ? merged(*next) : next);
}

CheckResult Matcher::check(const model::Listing& listing, const CheckOptions& options) const {
    const auto now = snapshot();
    const SnapshotRarity rarity(*now);
    const Query query = make_query(listing, *lexicon_);
    struct Scored {
        const Line* line = nullptr;
        double score = 0;
    };
    std::vector<Scored> all;
    for (const std::uint32_t number : all_candidates(*now, query, options)) {
        const Line& line = now->line(number);
        const double score = score_of(
            compare({query, line, rarity, *lexicon_, false, options.pictures, options.book}));
        if (score >= options.min_score) all.push_back({&line, score});
    }
    std::ranges::sort(all, [](const Scored& a, const Scored& b) {
        if (a.score != b.score) return a.score > b.score;
        if (a.line->notice != b.line->notice) return a.line->notice < b.line->notice;
        return a.line->product < b.line->product;
    });
    CheckResult result;
    result.index_version = now->version;
    for (const Scored& scored : all) {
        if (result.matches.size() >= options.most) break;
        const auto same_notice = [&](const model::Match& match) {
            return match.notice == scored.line->notice;
        };
        if (std::ranges::any_of(result.matches, same_notice)) continue;
        const Pair pair{query, *scored.line,     rarity,      *lexicon_,
                        true,  options.pictures, options.book};
        result.matches.push_back(make_match(pair, compare(pair), scored.score));
    }
    return result;
}

IndexFacts Matcher::facts() const {
    const auto now = snapshot();
    IndexFacts facts;
    facts.version = now->version;
    facts.notices = now->base->notices() + now->recent->notices() - now->removed_notices;
    facts.products =
        now->lines() - static_cast<std::size_t>(std::ranges::count(now->removed, true));
    facts.bytes = now->base->bytes() + now->recent->bytes();
    return facts;
}

}  // namespace recall::match
