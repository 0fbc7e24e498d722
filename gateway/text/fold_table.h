#pragma once
// The characters that keys do not tell apart: accents of Latin and Greek letters, traditional and
// simplified Han (OpenCC's dictionary, flattened to single characters), katakana and hiragana.
// Built once at first use, then read by any thread. A missing dictionary throws Failure (config).

#include <vector>

namespace recall::text {

class FoldTable {
  public:
    FoldTable();
    // The character that stands for c in keys; c itself when there is none.
    char32_t operator[](char32_t c) const { return c < table_.size() ? table_[c] : c; }

  private:
    std::vector<char16_t> table_;  // the Basic Multilingual Plane
};

const FoldTable& fold_table();

}  // namespace recall::text
