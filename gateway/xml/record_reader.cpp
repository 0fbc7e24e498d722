#include "gateway/xml/record_reader.h"

#include "gateway/xml/encoding.h"
#include "gateway/xml/record_cutter.h"
#include "gateway/xml/record_feed.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

namespace recall::xml {
namespace {

constexpr std::size_t chunk_bytes = 64U << 10U;

class Reader {
  public:
    Reader(std::span<const std::string> path, const Limits& limits, const RecordSinks& sinks)
        : path_(path),
          limits_(limits),
          sinks_(sinks),
          cutter_(path.back(), path.size() > 1 ? path[path.size() - 2] : ""),
          feed_(std::make_unique<RecordFeed>(path, limits, sinks, 0)) {}

    Result<Document> read(const ByteSource& source) {
        std::vector<char> buffer(chunk_bytes);
        std::size_t size = source(buffer);
        if (size == 0) return Error{ErrorCode::bad_xml, "the document is empty"};
        if (const auto known = check_encoding({buffer.data(), size}); !known) return known.error();
        for (; size > 0; size = source(buffer)) {
            cutter_.add({buffer.data(), size});
            if (!take_pieces()) return feed_->error();
        }
        cutter_.finish();
        if (!take_pieces()) return feed_->error();
        return finish();
    }

  private:
    using Begins = RecordCutter::Begins;
    struct Piece {
        std::string bytes;
        Begins begins = Begins::nothing;
        long offset = 0;
        long line = 0;
    };

    bool take_pieces() {
        RecordCutter::Piece cut;
        while (cutter_.next(cut)) {
            Piece piece{std::string(cut.bytes), cut.begins, offset_, line_};
            offset_ += long(cut.bytes.size());
            line_ += std::count(cut.bytes.begin(), cut.bytes.end(), '\n');
            if (!take(std::move(piece))) return false;
        }
        return true;
    }

    // False when the document is given up.
    bool take(Piece&& piece) {
        keep(std::move(piece));
        if (is_skipping_ && open_.back().begins == Begins::nothing) return true;
        return (!is_skipping_ && feed_last()) || recover();
    }

    // What the open record came in, within its limit.
    void keep(Piece&& piece) {
        if (open_bytes_ + piece.bytes.size() > limits_.bytes_max && !open_.empty()) {
            if (is_skipping_ && piece.begins == Begins::nothing) return;
            open_.erase(open_.begin() + 1, open_.end());
            open_bytes_ = open_.front().bytes.size();
        }
        open_bytes_ += piece.bytes.size();
        open_.push_back(std::move(piece));
    }

    // The last of the open pieces.
    bool feed_last() {
        const Begins begins = open_.back().begins;
        const std::size_t started = feed_->started();
        const bool is_good = feed_->feed(open_.back().bytes);
        if (begins == Begins::record) {
            in_head_ = false;
            if (feed_->started() > started) forget_before_last();
        } else if (is_good && (in_head_ || begins == Begins::container_end)) {
            in_head_ = true;
            forget_before_last();
            if (head_.size() <= head_bytes_max) head_ += open_.back().bytes;
        }
        return is_good;
    }

    void forget_before_last() {
        open_.erase(open_.begin(), open_.end() - 1);
        open_bytes_ = open_.back().bytes.size();
    }

    // The record that the open pieces begin with is broken: begins again at the next one, when that
    // is among them; else waits for it. False when the document is given up.
    bool recover() {
        while (true) {
            const bool is_record = open_.front().begins == Begins::record;
            // Before the first record it is not the record that is broken.
            const bool is_hopeless = feed_->is_given_up() || !is_record ||
                                     (broken_ == 0 && feed_->started() == 0) ||
                                     head_.size() > head_bytes_max;
            if (!sinks_.broken || is_hopeless || broken_ == broken_records_max) return false;
            const auto next = std::find_if(open_.begin() + 1, open_.end(), [](const Piece& piece) {
                return piece.begins != Begins::nothing;
            });
            is_skipping_ = next == open_.end();
            if (is_skipping_) return true;
            report(next);
            if (again({std::make_move_iterator(next), std::make_move_iterator(open_.end())}))
                return true;
        }
    }

    void report(std::vector<Piece>::const_iterator end) {
        ++broken_;
        std::string raw;
        for (auto piece = open_.cbegin(); piece != end; ++piece)
            raw += piece->bytes;
        Error error = feed_->error();
        error.text += "; the record begins at byte " + std::to_string(open_.front().offset) +
                      ", line " + std::to_string(open_.front().line);
        sinks_.broken(raw, error);
    }

    // A new parser reads the pieces after what stands around the records.
    bool again(std::vector<Piece> pieces) {
        const long head_lines = std::count(head_.begin(), head_.end(), '\n');
        feed_ = std::make_unique<RecordFeed>(path_, limits_, sinks_,
                                             pieces.front().line - 1 - head_lines);
        open_.clear();
        open_bytes_ = 0;
        bool is_good = feed_->feed(head_);
        for (Piece& piece : pieces) {
            keep(std::move(piece));
            // What follows a break waits with the rest for the next beginning.
            is_good = is_good && feed_last();
        }
        return is_good;
    }

    Result<Document> finish() {
        if (!is_skipping_) {
            if (feed_->finish()) return feed_->take_rest();
            if (const Node record = feed_->open_record(); record)
                sinks_.refused(record, feed_->error());
            return feed_->error();
        }
        // What is wrong after a whole record is the document's.
        if (feed_->open_record()) report(open_.cend());
        return feed_->error();
    }

    std::span<const std::string> path_;
    const Limits& limits_;
    const RecordSinks& sinks_;
    RecordCutter cutter_;
    std::unique_ptr<RecordFeed> feed_;
    long offset_ = 0;
    long line_ = 1;
    std::string head_;  // what stands around the records, as far as it was read
    bool in_head_ = true;
    std::vector<Piece> open_;  // from the start of the record that is open
    std::size_t open_bytes_ = 0;
    bool is_skipping_ = false;  // the open record is broken
    std::size_t broken_ = 0;
};

}  // namespace

Result<Document> read_records(const ByteSource& source, std::span<const std::string> path,
                              const Limits& limits, const RecordSinks& sinks) {
    return Reader(path, limits, sinks).read(source);
}

}  // namespace recall::xml
