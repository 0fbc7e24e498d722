#pragma once
// How often each field of a source's notices is there: coverage as a number. One thread.

#include <map>
#include <string>

#include "gateway/model/notice.h"

namespace recall::mapping {

class FieldCounts {
  public:
    // A field counts once a notice, however often it stands in its products.
    void add(const model::Notice& notice);

    long notices() const { return notices_; }
    // "products/gtins" → notices that have one; fields that no notice has are there with 0.
    const std::map<std::string, long>& counts() const { return counts_; }

  private:
    long notices_ = 0;
    std::map<std::string, long> counts_;
};

}  // namespace recall::mapping
