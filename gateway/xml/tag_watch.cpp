#include "gateway/xml/tag_watch.h"

#include "gateway/xml/document.h"

namespace recall::xml {
namespace {

struct Other {
    std::string_view begin;  // after '<'
    std::string_view end;
};
constexpr Other others[] = {{"!--", "-->"}, {"![CDATA[", "]]>"}, {"?", "?>"}};

// Takes from the front up to and with the first of these bytes, and says which; 0 when none is
// there.
char take_through(std::string_view& in, std::string_view bytes) {
    const std::size_t at = in.find_first_of(bytes);
    const char found = at == std::string_view::npos ? '\0' : in[at];
    in.remove_prefix(at == std::string_view::npos ? in.size() : at + 1);
    return found;
}

}  // namespace

Error crowded_element() {
    return {ErrorCode::limit,
            "an element with more than " + std::to_string(attributes_max) + " attributes"};
}

void TagWatch::pass_opening(char c) {
    opening_ += c;
    for (const Other& other : others) {
        if (opening_ == other.begin) {
            state_ = State::other;
            end_ = other.end;
            tail_.clear();
            return;
        }
        if (other.begin.starts_with(opening_)) return;
    }
    attributes_ = 0;
    state_ = c == '>' ? State::text : State::tag;
}

void TagWatch::pass_other(std::string_view& in) {
    // An end may begin in the bytes before: its first bytes are looked at together with those.
    const std::size_t kept = tail_.size();
    tail_ += in.substr(0, end_.size());
    std::size_t at = tail_.find(end_);
    const bool is_split = at != std::string::npos;
    if (!is_split) at = in.find(end_);
    if (is_split || at != std::string_view::npos) {
        in.remove_prefix(at + end_.size() - (is_split ? kept : 0));
        state_ = State::text;
        return;
    }
    if (in.size() >= end_.size()) tail_ = in.substr(in.size() - end_.size() + 1);
    if (tail_.size() >= end_.size()) tail_.erase(0, tail_.size() - end_.size() + 1);
    in = {};
}

bool TagWatch::admits(std::string_view in) {
    while (!in.empty()) {
        switch (state_) {
            case State::text:
                if (take_through(in, "<") != '\0') state_ = State::opening;
                opening_.clear();
                break;
            case State::opening:
                pass_opening(in.front());
                in.remove_prefix(1);
                break;
            case State::tag:
                quote_ = take_through(in, "\"'>");
                if (quote_ == '>') state_ = State::text;
                if (quote_ != '"' && quote_ != '\'') break;
                if (++attributes_ > attributes_max_) return false;
                state_ = State::quoted;
                break;
            case State::quoted:
                if (take_through(in, {&quote_, 1}) != '\0') state_ = State::tag;
                break;
            case State::other:
                pass_other(in);
                break;
        }
    }
    return true;
}

}  // namespace recall::xml
