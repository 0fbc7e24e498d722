#include "gateway/mapping/join_languages.h"

#include <algorithm>

#include "gateway/model/notice_languages.h"

namespace recall::mapping {
namespace {

bool has_twins(const std::vector<MappedRecord>& halves) {
    for (std::size_t i = 0; i < halves.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (halves[i].notice && halves[j].notice &&
                halves[i].notice->language == halves[j].notice->language)
                return true;
        }
    }
    return false;
}

}  // namespace

void LanguageJoin::add(MappedRecord&& record) {
    if (!record.key.empty()) {
        const auto [place, is_new] = places_.try_emplace(record.key, records_.size());
        if (!is_new) {
            records_[place->second].push_back(std::move(record));
            return;
        }
    }
    records_.emplace_back();
    records_.back().push_back(std::move(record));
}

std::vector<MappedRecord> LanguageJoin::take() {
    std::vector<MappedRecord> out;
    for (std::vector<MappedRecord>& halves : records_) {
        if (halves.size() > 1 && !has_twins(halves)) {
            out.push_back(joined(std::move(halves)));
        } else {
            std::ranges::move(halves, std::back_inserter(out));
        }
    }
    records_.clear();
    places_.clear();
    return out;
}

MappedRecord LanguageJoin::joined(std::vector<MappedRecord> halves) const {
    std::stable_partition(halves.begin(), halves.end(), [this](const MappedRecord& half) {
        return half.notice && half.notice->language == language_;
    });
    MappedRecord out = std::move(halves.front());
    for (std::size_t i = 1; i < halves.size(); ++i) {
        MappedRecord& half = halves[i];
        out.number = std::min(out.number, half.number);
        std::ranges::move(half.issues, std::back_inserter(out.issues));
        out.is_quarantined = out.is_quarantined || half.is_quarantined;
        if (out.notice && half.notice) model::add_languages(*out.notice, *half.notice);
        if (half.raw.empty()) continue;
        out.raw += (out.raw.empty() ? "" : "\n") + half.raw;
    }
    if (out.is_quarantined) out.notice.reset();
    if (out.notice && out.notice->provenance) out.notice->provenance->issues = out.issues;
    return out;
}

}  // namespace recall::mapping
