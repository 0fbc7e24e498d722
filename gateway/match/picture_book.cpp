#include "gateway/match/picture_book.h"

#include <algorithm>

namespace recall::match {

void PictureBook::add(const std::string& notice, const model::PictureHash& hash) {
    by_hash_[hash].insert(notice);
    by_notice_[notice].insert(hash);
}

bool PictureBook::is_common(const model::PictureHash& hash) const {
    const auto found = by_hash_.find(hash);
    return found != by_hash_.end() && found->second.size() > notices_a_picture_max;
}

std::vector<std::string> PictureBook::near(std::span<const model::PictureHash> pictures) const {
    std::map<std::string, int> nearest;
    for (const auto& [hash, notices] : by_hash_) {
        if (pictures.empty() || notices.size() > notices_a_picture_max) continue;
        int bits = model::near_picture_bits_max + 1;
        for (const model::PictureHash& picture : pictures)
            bits = std::min(bits, distance(picture, hash));
        if (bits > model::near_picture_bits_max) continue;
        for (const std::string& notice : notices) {
            const auto [at, is_new] = nearest.emplace(notice, bits);
            at->second = std::min(at->second, bits);
        }
    }
    std::vector<std::string> out;
    for (const auto& [notice, bits] : nearest)
        out.push_back(notice);
    std::ranges::stable_sort(out, {}, [&](const std::string& notice) { return nearest[notice]; });
    if (out.size() > near_max) out.resize(near_max);
    return out;
}

std::optional<PictureLikeness> PictureBook::likeness(
    std::string_view notice, std::span<const model::PictureHash> pictures) const {
    const auto found = by_notice_.find(notice);
    if (pictures.empty() || found == by_notice_.end()) return std::nullopt;
    std::optional<PictureLikeness> best;
    for (const model::PictureHash& theirs : found->second) {
        if (is_common(theirs)) continue;
        for (const model::PictureHash& ours : pictures) {
            const int bits = distance(ours, theirs);
            if (bits <= model::near_picture_bits_max && (!best || bits < best->bits))
                best = PictureLikeness{bits, theirs, ours};
        }
    }
    return best;
}

}  // namespace recall::match
