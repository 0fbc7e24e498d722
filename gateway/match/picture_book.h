#pragma once
// What the pictures of notices look like, to be looked up by those of a listing. Every look-up goes
// through all of them, which takes well under a millisecond for 100,000. A picture that many
// notices show, such as an authority's sign, tells nothing and is passed over. Filled on one
// thread, then read from any.

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/picture_hash.h"

namespace recall::match {

inline constexpr std::size_t notices_a_picture_max = 8;

struct PictureLikeness {
    int bits = 0;  // that differ; see model::distance
    model::PictureHash notice{};
    model::PictureHash listing{};
};

class PictureBook {
  public:
    void add(const std::string& notice, const model::PictureHash& hash);
    bool empty() const { return by_notice_.empty(); }

    // The notices with a picture near to one of these, the nearest first, at most so many.
    static constexpr std::size_t near_max = 16;
    std::vector<std::string> near(std::span<const model::PictureHash> pictures) const;

    // The two pictures of a notice and of these that are most alike, when they are near.
    std::optional<PictureLikeness> likeness(std::string_view notice,
                                            std::span<const model::PictureHash> pictures) const;

  private:
    bool is_common(const model::PictureHash& hash) const;

    std::map<model::PictureHash, std::set<std::string>> by_hash_;
    std::map<std::string, std::set<model::PictureHash>, std::less<>> by_notice_;
};

}  // namespace recall::match
