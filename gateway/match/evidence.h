#pragma once
// Evidence for and against a listing being a notice's product: one function a kind, each in its
// own file <kind>_evidence.cpp, each finding at most one level of levels.def. Pure; any thread.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/match/line.h"
#include "gateway/match/picture_book.h"
#include "gateway/match/query.h"

namespace recall::match {

enum class Level : std::uint8_t {
#define X(name, kind, weight) name,
#include "gateway/match/levels.def"
#undef X
};

struct LevelFacts {
    std::string_view name;
    std::string_view kind;
    double weight;
};

const LevelFacts& facts(Level level);
std::size_t level_count();

struct Finding {
    Level level = Level::prior;
    std::string notice;  // raw values, for people; either may be empty
    std::string listing;
};
using Findings = std::vector<Finding>;

// How rare a word or brand is among the notices: the logarithm of how many there are to each one
// that has it.
class Rarity {
  public:
    virtual ~Rarity() = default;
    virtual double of_word(std::uint64_t hash) const = 0;
    virtual double of_brand(std::uint64_t hash) const = 0;
};

inline constexpr double rare_min = 6.5;  // fewer than about one notice in 600

struct Pair {
    const Query& query;
    const Line& line;
    const Rarity& rarity;
    const Lexicon& lexicon;
    bool tells = true;  // false: the values for people may be left out, which is faster
    // What the listing's pictures look like, and those of the notices; either may be absent.
    std::span<const model::PictureHash> pictures{};
    const PictureBook* book = nullptr;
};

void gtin_evidence(const Pair& pair, Findings& out);
void item_evidence(const Pair& pair, Findings& out);
void model_evidence(const Pair& pair, Findings& out);
void brand_evidence(const Pair& pair, Findings& out);
void name_evidence(const Pair& pair, Findings& out);
void category_evidence(const Pair& pair, Findings& out);
void accessory_evidence(const Pair& pair, Findings& out);
void version_evidence(const Pair& pair, Findings& out);
void batch_evidence(const Pair& pair, Findings& out);
void size_evidence(const Pair& pair, Findings& out);
void maker_evidence(const Pair& pair, Findings& out);
void feature_evidence(const Pair& pair, Findings& out);
void image_evidence(const Pair& pair, Findings& out);

// All of them, the prior first. Of a listing without a title only those that need none.
Findings compare(const Pair& pair);

}  // namespace recall::match
