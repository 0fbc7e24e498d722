#pragma once
// What the matcher knows of words: product words with the concept that they name in every
// language, brands with their spellings, cues ("compatible with", "型号", "lot"), and the words
// that stand around names of companies. Read once from the TSV files of mappings/lexicon (the
// format is told there in README.md); then immutable, any thread.
// A wrong file throws Failure(config), naming file and line.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/match/phrases.h"

namespace recall::match {

// What a cue says about the words around it.
enum class Cue : std::uint8_t {
    compatible_after,   // what follows is what the thing fits: for, für, 适用
    compatible_before,  // what precedes is: 用, 専用, 対応
    accessory,          // a part or an addition: replacement, 配件, Zubehör
    with,               // what follows comes with the thing: with, mit, 带
    without,            // what follows is not in the parcel: no, ohne, 不含
    container_only,     // without the goods: empty bottle, 空瓶
    fixed_version,      // made after the fault was mended: 整改后, corrected version
    newer_version,      // so say sellers of anything: 升级款, upgraded
    no_brand,           // unbranded, 无品牌, ノーブランド
    model,              // a model number follows: model no., 型号, réf.
    batch,              // a lot number follows: lot, 批号, Charge
    serial,             // a serial number follows
    gtin,               // an article number follows: EAN, UPC, 条码
    item,               // a marketplace's number follows: ASIN
    maker,              // a company follows: 生产企业, manufacturer, Hersteller
    company,            // legal forms and places in names of companies: Co., Ltd., 有限公司
    noise,              // words that name nothing: hot sale, 正品, recalled, brand
};

inline constexpr std::size_t cue_count = static_cast<std::size_t>(Cue::noise) + 1;

// A family that ends in "*" describes goods (colours, materials) and is none itself.
struct Concept {
    std::string name;
    std::string family;
    bool describes() const { return family.back() == '*'; }
};

class Lexicon {
  public:
    static std::shared_ptr<const Lexicon> load(const std::string& folder);

    const PhraseTable& products() const { return products_; }  // id: that of product()
    const PhraseTable& brands() const { return brands_; }      // id: one number a brand
    const PhraseTable& cues() const { return cues_; }          // id: a Cue

    const std::string& brand_name(std::uint32_t id) const { return brand_names_[id]; }
    const Concept& product(std::uint32_t id) const { return concepts_[id]; }
    std::size_t product_count() const { return concepts_.size(); }
    std::uint32_t family_of(std::uint32_t id) const { return families_[id]; }

  private:
    friend class LexiconReader;

    PhraseTable products_;
    PhraseTable brands_;
    PhraseTable cues_;
    std::vector<Concept> concepts_;
    std::vector<std::string> brand_names_;
    std::vector<std::uint32_t> families_;  // by concept: one number a family
};

}  // namespace recall::match
