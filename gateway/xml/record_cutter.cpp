#include "gateway/xml/record_cutter.h"

#include <algorithm>

namespace recall::xml {
namespace {

constexpr std::size_t name_bytes_max = 256;  // of a tag whose name is looked at, prefix included

struct Other {
    std::string_view begin;
    std::string_view end;
};
constexpr Other others[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

}  // namespace

void RecordCutter::add(std::string_view bytes) {
    bytes_.erase(0, begin_);
    begin_ = 0;
    bytes_ += bytes;
}

RecordCutter::Tag RecordCutter::tag_at(std::size_t at) const {
    const bool is_end = at + 1 < bytes_.size() && bytes_[at + 1] == '/';
    const std::size_t from = at + (is_end ? 2 : 1);
    const std::string_view ahead = std::string_view(bytes_).substr(from, name_bytes_max);
    const std::size_t size = ahead.find_first_of(" \t\r\n/><");
    if (size == std::string_view::npos)
        return ahead.size() == name_bytes_max || is_finished_ ? Tag::other : Tag::undecided;
    std::string_view name = ahead.substr(0, size);
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
        name.remove_prefix(colon + 1);
    if (!is_end && name == record_) return Tag::record;
    return is_end && name == container_ ? Tag::container_end : Tag::other;
}

bool RecordCutter::next(Piece& piece) {
    const std::string_view all = bytes_;
    const auto give = [&](std::size_t end, Begins then) {
        piece = {all.substr(begin_, end - begin_), begins_};
        begin_ = end;
        begins_ = then;
        return !piece.bytes.empty() || piece.begins != Begins::nothing;
    };
    // The tag that the piece begins with was looked at before.
    std::size_t at = begin_ + (begins_ == Begins::nothing ? 0 : 1);
    while (at < all.size()) {
        if (!other_end_.empty()) {
            const std::size_t end = all.find(other_end_, at);
            if (end == std::string_view::npos) {
                const std::size_t kept = is_finished_ ? 0 : other_end_.size() - 1;
                return give(std::max(at, all.size() - std::min(kept, all.size())), Begins::nothing);
            }
            at = end + other_end_.size();
            other_end_ = {};
            continue;
        }
        at = std::min(all.find('<', at), all.size());
        if (at == all.size()) break;
        const std::string_view rest = all.substr(at);
        const auto* const other = std::ranges::find_if(
            others, [&](const Other& one) { return rest.starts_with(one.begin); });
        if (other != std::end(others)) {
            at += other->begin.size();
            other_end_ = other->end;
            continue;
        }
        const bool may_become = !is_finished_ && std::ranges::any_of(others, [&](const Other& one) {
            return one.begin.starts_with(rest);
        });
        const Tag tag = may_become ? Tag::undecided : tag_at(at);
        if (tag == Tag::undecided) return give(at, Begins::nothing);
        if (tag != Tag::other) {
            const Begins then = tag == Tag::record ? Begins::record : Begins::container_end;
            if (at > begin_) return give(at, then);
            begins_ = then;
        }
        ++at;
    }
    return give(all.size(), Begins::nothing);
}

}  // namespace recall::xml
