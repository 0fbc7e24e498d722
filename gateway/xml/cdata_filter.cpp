#include "gateway/xml/cdata_filter.h"

#include <algorithm>

namespace recall::xml {
namespace {

constexpr std::string_view cdata_mark = "<![CDATA[";
constexpr std::string_view comment_mark = "<!--";
constexpr std::string_view instruction_mark = "<?";
constexpr std::string_view cdata_end = "]]>";

// Whether more bytes could still make `in` begin with the mark.
bool may_become(std::string_view in, std::string_view mark) {
    return in.size() < mark.size() && mark.starts_with(in);
}

}  // namespace

void CdataFilter::pass_content(std::string_view& in) {
    const std::size_t at = std::min(in.find('<'), in.size());
    out_ += in.substr(0, at);
    in.remove_prefix(at);
    if (in.empty()) return;
    if (in.starts_with(cdata_mark)) {
        state_ = State::cdata;
        in.remove_prefix(cdata_mark.size());
    } else if (in.starts_with(comment_mark)) {
        state_ = State::comment;
    } else if (in.starts_with(instruction_mark)) {
        state_ = State::instruction;
    } else if (may_become(in, cdata_mark) || may_become(in, comment_mark) ||
               may_become(in, instruction_mark)) {
        held_ = in;
        in = {};
    } else {
        out_ += '<';
        in.remove_prefix(1);
    }
}

void CdataFilter::pass_cdata(std::string_view& in) {
    const std::size_t at = std::min(in.find_first_of("]&<>"), in.size());
    out_ += in.substr(0, at);
    in.remove_prefix(at);
    if (in.empty()) return;
    if (in.starts_with(cdata_end)) {
        state_ = State::content;
        in.remove_prefix(cdata_end.size());
        return;
    }
    if (may_become(in, cdata_end)) {
        held_ = in;
        in = {};
        return;
    }
    const char c = in.front();
    if (c == '&') {
        out_ += "&amp;";
    } else if (c == '<') {
        out_ += "&lt;";
    } else if (c == '>') {
        out_ += "&gt;";
    } else {
        out_ += c;
    }
    in.remove_prefix(1);
}

// A comment or instruction stays as it is.
void CdataFilter::pass_until(std::string_view& in, std::string_view end) {
    const std::size_t at = in.find(end);
    if (at != std::string_view::npos) {
        out_ += in.substr(0, at + end.size());
        in.remove_prefix(at + end.size());
        state_ = State::content;
        return;
    }
    const std::size_t kept = std::min(in.size(), end.size() - 1);
    out_ += in.substr(0, in.size() - kept);
    held_ = in.substr(in.size() - kept);
    in = {};
}

std::string_view CdataFilter::feed(std::string_view bytes) {
    in_ = held_;
    in_ += bytes;
    held_.clear();
    out_.clear();
    for (std::string_view in = in_; !in.empty();) {
        switch (state_) {
            case State::content:
                pass_content(in);
                break;
            case State::cdata:
                pass_cdata(in);
                break;
            case State::comment:
                pass_until(in, "-->");
                break;
            case State::instruction:
                pass_until(in, "?>");
                break;
        }
    }
    return out_;
}

std::string_view CdataFilter::finish() {
    out_ = held_;
    held_.clear();
    return out_;
}

}  // namespace recall::xml
