#include "gateway/net/reply_body.h"

#include <optional>

#include "gateway/net/dechunker.h"
#include "gateway/net/inflater.h"
#include "gateway/net/spool.h"

namespace recall::net {
namespace {

// Bytes on the line may pass a body's limit, for they hold chunk sizes and the heads of gzip files;
// by an eighth and this.
constexpr std::uint64_t wire_bytes_allowance = 256U << 10U;

Error too_many(std::uint64_t bytes_max) {
    return {ErrorCode::too_large, "the body has more than " + std::to_string(bytes_max) + " bytes"};
}

// From the line to the spool.
class Pipe {
  public:
    Pipe(const ReplyHead& head, Coding coding, const std::string& folder, std::size_t bytes_max)
        : framing_(head.framing),
          left_(head.length),
          wire_left_(bytes_max + bytes_max / 8 + wire_bytes_allowance),
          bytes_max_(bytes_max),
          dechunker_(bytes_max),
          spool_(folder, bytes_max) {
        to_spool_ = [this](std::string_view bytes) { return spool_.write(bytes); };
        decoded_ = to_spool_;
        if (coding == Coding::identity) return;
        inflater_.emplace(coding);
        decoded_ = [this](std::string_view bytes) { return inflater_->feed(bytes, to_spool_); };
    }

    bool is_done() const {
        return framing_ == Framing::none || (framing_ == Framing::length && left_ == 0) ||
               (framing_ == Framing::chunked && dechunker_.is_done());
    }

    Result<void> take(std::string_view bytes) {
        if (bytes.size() > wire_left_) return too_many(bytes_max_);
        wire_left_ -= bytes.size();
        if (framing_ == Framing::chunked) return dechunker_.feed(bytes, decoded_);
        if (framing_ == Framing::close) return decoded_(bytes);
        if (bytes.size() > left_) return not_http("more bytes than the head states");
        left_ -= bytes.size();
        return decoded_(bytes);
    }

    Result<Fetched> finish() {
        if (inflater_) {
            if (auto whole = inflater_->finish(); !whole) return whole.error();
        }
        Fetched fetched;
        spool_.finish_into(fetched);
        return fetched;
    }

  private:
    Framing framing_;
    std::uint64_t left_;
    std::uint64_t wire_left_;
    std::uint64_t bytes_max_;
    Dechunker dechunker_;
    std::optional<Inflater> inflater_;
    Spool spool_;
    ByteSink to_spool_;
    ByteSink decoded_;
};

}  // namespace

Result<ReplyHead> read_head(Connection& connection, std::string& rest) {
    rest.clear();
    for (int interim = 0; interim <= interim_replies_max; ++interim) {
        auto end = reply_head_end(rest);
        while (!end && rest.size() <= reply_head_bytes_max) {
            const auto part = connection.read();
            if (!part) return part.error();
            if (part->empty()) {
                return Error{ErrorCode::truncated, "the server closed before its answer was whole"};
            }
            rest += *part;
            end = reply_head_end(rest);
        }
        if (!end || *end > reply_head_bytes_max) return not_http("head too long");
        Result<ReplyHead> head = parse_reply_head(std::string_view(rest).substr(0, *end - 4));
        if (!head) return head.error();
        rest.erase(0, *end);
        if (head->status >= 200) return head;
        if (head->status == 101) return not_http("another protocol was not asked for");
    }
    return not_http("too many interim replies");
}

Result<Fetched> read_body(Connection& connection, const ReplyHead& head, std::string_view rest,
                          const std::string& spool_folder, std::size_t bytes_max) {
    const Result<Coding> coding = coding_of(head.header("content-encoding"));
    if (!coding) return coding.error();
    if (head.count("content-encoding") > 1) return not_http("Content-Encoding twice");
    if (head.framing == Framing::length && head.length > bytes_max) return too_many(bytes_max);
    Pipe pipe(head, *coding, spool_folder, bytes_max);
    if (auto taken = pipe.take(rest); !taken) return taken.error();
    while (!pipe.is_done()) {
        const auto part = connection.read();
        if (!part) return part.error();
        if (part->empty() && head.framing == Framing::close) break;
        if (part->empty()) {
            return Error{ErrorCode::truncated, "the server closed before the body was whole"};
        }
        if (auto taken = pipe.take(*part); !taken) return taken.error();
    }
    if (pipe.is_done() && !connection.read_ready().empty()) {
        return not_http("more bytes than the head states");
    }
    Result<Fetched> fetched = pipe.finish();
    if (!fetched) return fetched.error();
    fetched->is_length_proven =
        head.framing != Framing::close || connection.is_secure() || *coding != Coding::identity;
    return fetched;
}

}  // namespace recall::net
