#include "gateway/mapping/template.h"

#include <algorithm>

namespace recall::mapping {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

struct Place {
    std::size_t from = std::string_view::npos;
    std::size_t to = 0;
    bool found() const { return from != std::string_view::npos; }
};

// The words one after the other with any blanks, or none, between them.
Place find_words(std::string_view text, std::size_t from, const std::vector<std::string>& words) {
    for (std::size_t at = text.find(words.front(), from); at != std::string_view::npos;
         at = text.find(words.front(), at + 1)) {
        std::size_t to = at + words.front().size();
        bool fits = true;
        for (std::size_t i = 1; i < words.size() && fits; ++i) {
            const std::size_t next = std::min(text.find_first_not_of(' ', to), text.size());
            fits = text.substr(next).starts_with(words[i]);
            to = next + words[i].size();
        }
        if (fits) return {at, to};
    }
    return {};
}

}  // namespace

Result<Template> Template::compile(std::string_view form) {
    Template out;
    bool has_hole = false;
    for (std::size_t at = 0; at < form.size();) {
        const bool is_hole = form[at] == '{';
        const std::size_t end = form.find(is_hole ? '}' : '{', at);
        if (is_hole && (end == std::string_view::npos || end == at + 1)) {
            return Error{ErrorCode::usage, "a hole must read {name}: " + std::string(form)};
        }
        const std::string_view piece = is_hole ? form.substr(at + 1, end - at - 1)
                                               : form.substr(at, std::min(end, form.size()) - at);
        Part part{is_hole, std::string(piece),
                  is_hole ? std::vector<std::string>() : words_of(piece)};
        const bool follows_hole = !out.parts_.empty() && out.parts_.back().is_hole;
        if (is_hole && follows_hole) {
            return Error{ErrorCode::usage,
                         "two holes need text between them: " + std::string(form)};
        }
        has_hole = has_hole || is_hole;
        if (is_hole || !part.words.empty()) out.parts_.push_back(std::move(part));
        at = is_hole ? end + 1 : std::min(end, form.size());
    }
    if (!has_hole) return Error{ErrorCode::usage, "a form without a {hole}: " + std::string(form)};
    return out;
}

Template::Matches Template::match_all(std::string_view text) const {
    Matches out;
    const auto leave = [&](std::string_view piece) {
        const std::string_view rest = trimmed(piece);
        if (rest.empty()) return;
        if (!out.residue.empty()) out.residue += " … ";
        out.residue += rest;
    };
    const Part& first = parts_.front();
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t begin = at;
        std::size_t here = at;
        std::size_t part = 0;
        if (!first.is_hole) {
            const Place place = find_words(text, at, first.words);
            if (!place.found()) break;
            begin = place.from;
            here = place.to;
            part = 1;
        }
        Captures captures;
        bool is_whole = true;
        for (; part < parts_.size() && is_whole; part += 2) {
            const bool is_last = part + 1 >= parts_.size();
            Place end{text.size(), text.size()};
            if (!is_last) {
                end = find_words(text, here, parts_[part + 1].words);
                is_whole = end.found();
            } else if (!first.is_hole) {
                const Place again = find_words(text, here, first.words);
                if (again.found()) end = {again.from, again.from};
            }
            if (!is_whole) break;
            captures.emplace_back(parts_[part].text, trimmed(text.substr(here, end.from - here)));
            here = end.to;
        }
        if (!is_whole) break;
        leave(text.substr(at, begin - at));
        out.found.push_back(std::move(captures));
        at = here;
    }
    if (at < text.size()) leave(text.substr(at));
    return out;
}

std::vector<std::string> Template::hole_names() const {
    std::vector<std::string> out;
    for (const Part& part : parts_) {
        if (part.is_hole) out.push_back(part.text);
    }
    return out;
}

}  // namespace recall::mapping
