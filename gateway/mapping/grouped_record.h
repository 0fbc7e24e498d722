#pragma once
// One record made of several rows or objects, as Grouping says: shared values once, what differs in
// <row> elements. What is beyond the limits of a record makes it none. One thread.

#include <optional>
#include <span>
#include <string>
#include <unordered_set>

#include "gateway/mapping/table_form.h"
#include "gateway/mapping/table_rows.h"
#include "gateway/xml/document.h"

namespace recall::mapping {

class GroupedRecord {
  public:
    GroupedRecord() : document_(xml::Document::create("record")) {}

    void add(const Grouping& grouping, std::span<const Cell> cells);
    void add(const Grouping& grouping, xml::Node object);

    xml::Node root() const { return document_.root(); }
    // Why it is none.
    const std::optional<Error>& error() const { return error_; }

  private:
    // Counts what is to be added; false when it must not be.
    bool admit(std::string_view name, std::string_view text);
    bool is_new(std::string_view identity) { return seen_.emplace(identity).second; }

    xml::Document document_;
    std::unordered_set<std::string> seen_;
    std::size_t nodes_ = 0;
    std::size_t bytes_ = 0;
    std::optional<Error> error_;
};

}  // namespace recall::mapping
