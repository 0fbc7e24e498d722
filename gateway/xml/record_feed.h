#pragma once
// The parser under record_reader: takes a document's bytes as they come and hands out its records.
// One thread.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/xml/record_reader.h"

namespace recall::xml {

class RecordFeed {
  public:
    // All arguments must outlive it. It begins at the document's start, or with what stands around
    // the records and then a record that lies so many lines further down than it believes.
    RecordFeed(std::span<const std::string> path, const Limits& limits, const RecordSinks& sinks,
               long lines_before);
    ~RecordFeed();
    RecordFeed(const RecordFeed&) = delete;
    RecordFeed& operator=(const RecordFeed&) = delete;

    // False when it cannot go on. Rethrows what a sink threw.
    bool feed(std::string_view bytes);
    bool finish();

    std::size_t started() const;  // records
    // Whether another beginning would change nothing.
    bool is_given_up() const;
    Node open_record() const;
    Error error() const;
    // What is left when the records are taken out.
    Document take_rest();

  private:
    struct State;
    std::unique_ptr<State> state_;
    long lines_before_;
};

}  // namespace recall::xml
