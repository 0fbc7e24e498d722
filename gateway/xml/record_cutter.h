#pragma once
// Cuts the bytes of a long document before each start tag of its record element and before each end
// tag of the element around the records, by those tags alone: where a reader that failed inside a
// record can begin again. Tags inside CDATA sections, comments and instructions do not count. For
// encodings in which ASCII is ASCII. One thread.

#include <string>
#include <string_view>

namespace recall::xml {

class RecordCutter {
  public:
    enum class Begins { nothing, record, container_end };
    struct Piece {
        std::string_view bytes;  // valid until the next call
        Begins begins = Begins::nothing;
    };

    // Local names.
    RecordCutter(std::string record, std::string container)
        : record_(std::move(record)), container_(std::move(container)) {}

    void add(std::string_view bytes);
    void finish() { is_finished_ = true; }
    // False when there is no more of what was added; the beginning of what may be a tag waits for
    // more bytes.
    bool next(Piece& piece);

  private:
    enum class Tag { undecided, other, record, container_end };

    Tag tag_at(std::size_t at) const;

    std::string record_;
    std::string container_;
    std::string bytes_;
    std::size_t begin_ = 0;  // of the piece that is next
    Begins begins_ = Begins::nothing;
    std::string_view other_end_;  // of the CDATA section, comment or instruction that is open
    bool is_finished_ = false;
};

}  // namespace recall::xml
