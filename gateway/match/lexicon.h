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
    container_only,     // without the goods: empty bottle, 空瓶
    fixed_version,      // made after the fault was mended: 整改后, corrected version
    no_brand,           // unbranded, 无品牌, ノーブランド
    model,              // a model number follows: model no., 型号, réf.
    batch,              // a lot number follows: lot, 批号, Charge
    serial,             // a serial number follows
    gtin,               // an article number follows: EAN, UPC, 条码
    item,               // a marketplace's number follows: ASIN
    company,            // legal forms and places in names of companies: Co., Ltd., 有限公司
    noise,              // sellers' words that name nothing: hot sale, 正品, 送料無料
};

struct Concept {
    std::string name;
    std::string family;
};

class Lexicon {
  public:
    static std::shared_ptr<const Lexicon> load(const std::string& folder);

    const PhraseTable& products() const { return products_; }  // id: position in concepts()
    const PhraseTable& brands() const { return brands_; }      // id: one number a brand
    const PhraseTable& cues() const { return cues_; }          // id: a Cue

    const Concept& concept_of(std::uint32_t id) const { return concepts_[id]; }
    std::size_t concepts() const { return concepts_.size(); }
    std::uint32_t family_of(std::uint32_t id) const { return families_[id]; }

  private:
    void load_products(const std::string& path);
    void load_brands(const std::string& path);
    void load_cues(const std::string& path);

    PhraseTable products_;
    PhraseTable brands_;
    PhraseTable cues_;
    std::vector<Concept> concepts_;
    std::vector<std::uint32_t> families_;  // by concept: one number a family
};

}  // namespace recall::match
