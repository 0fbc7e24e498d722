#pragma once
// Records of one document that are one notice in several languages (<key joins="languages">). They
// need not stand together, so all are held until the document is whole; then each key gives one
// record. One of them in quarantine keeps the others of its key from passing for the whole. One
// thread.

#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/mapping/map_document.h"

namespace recall::mapping {

// Of one document that is joined.
inline constexpr std::size_t records_joined_max = 100'000;

class LanguageJoin {
  public:
    // `language`: of the record that is the notice; without one the first is.
    explicit LanguageJoin(std::string language) : language_(std::move(language)) {}

    bool is_full() const { return records_.size() >= records_joined_max; }
    void add(MappedRecord&& record);

    // One record for each key, in the order of their first; what is under one key and in one
    // language twice stays two records.
    std::vector<MappedRecord> take();

  private:
    MappedRecord joined(std::vector<MappedRecord> halves) const;

    std::string language_;
    std::vector<std::vector<MappedRecord>> records_;  // by key, those without one apart
    std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace recall::mapping
