#include "gateway/mapping/firm.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/base/utf8.h"
#include "gateway/mapping/clean_text.h"

namespace recall::mapping {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// ASCII only, so that places in both texts agree.
std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (is_upper(c)) c = char(c + 32);
    }
    return out;
}

std::string trimmed(std::string_view text, std::string_view what = " ,;") {
    const std::size_t first = text.find_first_not_of(what);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(what) - first + 1));
}

struct Mark {
    std::size_t at = std::string::npos;
    std::size_t end = std::string::npos;
};

// The first "dba" in one of its spellings, as a word, with the comma and "as" behind it.
Mark find_dba(std::string_view text) {
    constexpr std::array<std::string_view, 7> spellings = {"doing business as",
                                                           "doing business under the name",
                                                           "trading as",
                                                           "d/b/a/",
                                                           "d/b/a",
                                                           "d.b.a.",
                                                           "dba"};
    const std::string in = lowered(text);
    Mark best;
    for (const std::string_view spelling : spellings) {
        for (std::size_t at = in.find(spelling); at != std::string::npos;
             at = in.find(spelling, at + 1)) {
            const std::size_t end = at + spelling.size();
            const bool begins = at == 0 || !is_letter(in[at - 1]);
            const bool ends = end == in.size() || !is_letter(in[end]);
            if (!begins || !ends) continue;
            if (at < best.at) best = {at, end};
            break;
        }
    }
    if (best.at == std::string::npos) return best;
    while (best.end < in.size() && std::string_view(" .,:").find(in[best.end]) != in.npos)
        ++best.end;
    if (in.compare(best.end, 3, "as ") == 0) best.end += 3;
    return best;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t at = std::min(text.find(separator, from), text.size());
        out.push_back(trimmed(text.substr(from, at - from), " "));
        from = at + separator.size();
    }
    return out;
}

bool is_legal_form(std::string_view part) {
    constexpr std::array<std::string_view, 14> forms = {
        "inc", "llc",  "ltd",      "co",  "corp",  "limited", "lp",
        "l.p", "gmbh", "co., ltd", "llp", "l.l.c", "s.a",     "incorporated"};
    return std::ranges::find(forms, lowered(trimmed(part, " ."))) != forms.end();
}

// "Yitahome, Uforic and ModFusion": a list when it has commas; "Foo, Inc." is one.
std::vector<std::string> names_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::string& part : split(text, ",")) {
        if (part.starts_with("and ")) part = part.substr(4);
        if (part.empty() || part.starts_with("owner of ")) continue;
        if (is_legal_form(part) && !out.empty()) {
            out.back() += ", " + part;
            continue;
        }
        const std::size_t at = part.rfind(" and ");
        if (!out.empty() && at != std::string::npos) {
            out.push_back(trimmed(std::string_view(part).substr(0, at)));
            part = trimmed(std::string_view(part).substr(at + 5));
        }
        out.push_back(std::move(part));
    }
    for (std::string& name : out) {
        for (const std::string_view kind : {"Amazon seller ", "online seller ", "Walmart seller ",
                                            "eBay seller ", "Temu seller ", "seller "}) {
            if (name.starts_with(kind)) name.erase(0, kind.size());
        }
    }
    return out;
}

struct Place {
    std::string city;
    std::string country;
};

// "Dover, Delaware", "Montreal, Quebec, Canada", "China", "New York".
std::optional<Place> place_of(std::string_view text, const PlaceTables& tables) {
    constexpr std::size_t parts_max = 3;
    const auto parts = split(text, ",");
    if (parts.size() > parts_max || parts.front().empty()) return std::nullopt;
    const Code* country = tables.countries->find_label(parts.back());
    const Code* state = tables.places->find_label(parts.back());
    if (parts.size() == parts_max && tables.places->find_label(parts[1]) == nullptr)
        return std::nullopt;
    if (parts.size() > 1 && state != nullptr) return Place{parts.front(), state->id};
    if (country != nullptr) return Place{parts.size() > 1 ? parts.front() : "", country->id};
    if (state != nullptr) return Place{"", state->id};
    return std::nullopt;
}

// Takes ", of PLACE" off the end; without a comma before "of" where the place is known.
std::optional<Place> take_place(std::string& text, const PlaceTables& tables) {
    for (const std::string_view mark : {", of ", ", from ", " of ", " from "}) {
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + 1)) {
            auto place =
                place_of(trimmed(std::string_view(text).substr(at + mark.size()), " ,."), tables);
            if (!place)
                place = place_of(trimmed(std::string_view(text).substr(at + mark.size())), tables);
            if (!place) continue;
            text = trimmed(std::string_view(text).substr(0, at));
            return place;
        }
    }
    // ", of Boston": a city, though the country is not said.
    const std::size_t at = text.rfind(", of ");
    if (at == std::string::npos) return std::nullopt;
    const std::string city = text.substr(at + 5);
    if (city.empty() || !is_upper(city[0]) || city.find_first_of(",.()") != std::string::npos)
        return std::nullopt;
    text.resize(at);
    return Place{city, ""};
}

bool is_chinese_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        if (c >= 0x4E00 && c <= 0x9FFF) return true;
    }
    return false;
}

std::string letters_of(std::string_view text) {
    std::string out;
    for (const char c : lowered(text)) {
        if (is_lower(c)) out += c;
    }
    return out;
}

// "…youxiangongsi", also with blanks: a Chinese firm's name in Latin letters.
bool is_romanised(std::string_view name) { return letters_of(name).ends_with("gongsi"); }

// Notes in brackets go: "(compressors", "(formerly …)", "(\"JHTNA\")"; those that are a name beside
// a romanised or an English one are kept as such; others stay in the name.
void read_brackets(Firm& firm) {
    const std::size_t open = firm.name.find('(');
    if (open == std::string::npos) return;
    const std::size_t close = std::min(firm.name.find(')', open), firm.name.size());
    const std::string inside =
        trimmed(std::string_view(firm.name).substr(open + 1, close - open - 1));
    const std::string before = trimmed(std::string_view(firm.name).substr(0, open));
    const std::string after =
        close < firm.name.size() ? trimmed(std::string_view(firm.name).substr(close + 1)) : "";
    if (before.empty() || inside.empty()) return;
    const std::string plain = lowered(inside);
    const bool is_note = is_lower(inside[0]) || inside[0] == '"' || plain.starts_with("formerly") ||
                         inside.starts_with("\xE2\x80\x9C");
    if (is_note) {
        firm.name = before + (after.empty() ? "" : " " + after);
    } else if (after.empty() && is_romanised(before)) {
        firm.local_name = before;
        firm.name = inside;
    } else if (after.empty() && is_chinese_text(inside) && !is_chinese_text(before)) {
        firm.local_name = inside;
        firm.name = before;
    } else if (after.empty() && is_chinese_text(before) && !is_chinese_text(inside)) {
        firm.local_name = before;
        firm.name = inside;
    }
}

// What an earlier name, an owned brand or the way of trade adds.
void cut_clauses(std::string& name) {
    const std::string in = lowered(name);
    std::size_t end = name.size();
    for (const std::string_view mark :
         {", owner of ", ", through ", ", f/k/a ", " f/k/a ", ", fka ", ", formerly ",
          " (formerly ", " formerly known as ", " (f/k/a "}) {
        end = std::min(end, in.find(mark));
    }
    if (end < name.size()) name = trimmed(std::string_view(name).substr(0, end));
}

// Where a city's name ends in "ShenzhenshiXY", "Shenzhen XY", "Ji Nan XY" (letters are counted);
// nothing when the letters only begin like it.
bool ends_city(std::string_view name, std::size_t letters, bool is_glued) {
    // Of a city glued to the rest without "shi", in a romanised name and in others.
    const std::size_t sure_letters = is_glued ? 6 : 8;
    std::size_t at = 0;
    for (std::size_t seen = 0; at < name.size() && seen < letters; ++at)
        seen += is_letter(name[at]) ? 1 : 0;
    const std::string_view rest = name.substr(at);
    if (rest.empty() || !is_letter(rest[0]) || is_upper(rest[0])) return true;
    if (lowered(rest).starts_with("shi") && (is_glued || rest.size() == 3 || !is_lower(rest[3])))
        return true;
    return letters >= sure_letters;
}

// The Chinese city that the name begins with, or that stands in brackets in it.
std::string chinese_city(std::string_view name, const CodeTable& cities) {
    constexpr std::size_t city_letters_max = 14;
    constexpr std::size_t city_characters_max = 4;
    if (is_chinese_text(name)) {
        std::size_t at = 0;
        std::string found;
        for (std::size_t i = 0; i < city_characters_max && at < name.size(); ++i) {
            next_character(name, at);
            if (const Code* code = cities.find_label(name.substr(0, at))) found = code->en;
        }
        return found;
    }
    if (const std::size_t open = name.find('('); open != std::string_view::npos) {
        const std::size_t close = name.find(')', open);
        if (close != std::string_view::npos) {
            if (const Code* code = cities.find_label(name.substr(open + 1, close - open - 1)))
                return code->en;
        }
    }
    const std::string letters = letters_of(name);
    const bool is_glued = is_romanised(name);
    for (std::size_t length = std::min(city_letters_max, letters.size()); length >= 4; --length) {
        const Code* code = cities.find_label(letters.substr(0, length));
        if (code != nullptr && ends_city(name, length, is_glued)) return code->en;
    }
    return {};
}

// Names of firms that could only be Chinese when a Chinese city begins them.
bool has_firm_word(std::string_view name) {
    const std::string in = lowered(name);
    return is_romanised(name) || is_chinese_text(name) || in.find("co.") != std::string::npos ||
           in.find("ltd") != std::string::npos || in.find("limited") != std::string::npos;
}

}  // namespace

Firm read_firm(std::string_view given, const PlaceTables& tables) {
    std::string text = trimmed(tidy(given));
    // "(dba X)" is "dba X".
    for (std::size_t at = text.find("(d"); at != std::string::npos; at = text.find("(d", at + 1)) {
        const Mark mark = find_dba(std::string_view(text).substr(at + 1));
        const std::size_t close = text.find(')', at);
        if (mark.at != 0 || close == std::string::npos) continue;
        text.erase(close, 1);
        text.erase(at, 1);
    }
    Firm out;
    if (const std::size_t through = text.find(", through "); through != std::string::npos)
        text.resize(through);
    std::optional<Place> place;
    bool is_name = true;
    for (std::string rest = text; !rest.empty();) {
        const Mark mark = find_dba(rest);
        std::string segment = trimmed(std::string_view(rest).substr(0, mark.at));
        // A note behind the place: "…, of China (youth ATV)".
        const std::size_t open = segment.rfind('(');
        std::string before = open == std::string::npos ? segment : trimmed(segment.substr(0, open));
        if (auto found = take_place(before, tables)) {
            place = place ? place : found;
            segment = before;
        } else if (auto whole = take_place(segment, tables)) {
            place = place ? place : whole;
        }
        if (is_name) {
            out.name = std::move(segment);
        } else if (!segment.empty()) {
            for (std::string& name : names_in(segment))
                out.trade_names.push_back(std::move(name));
        }
        is_name = false;
        rest = mark.at == std::string::npos ? "" : rest.substr(mark.end);
    }
    cut_clauses(out.name);
    read_brackets(out);
    if (place) {
        out.city = place->city;
        out.country = place->country;
    }
    const bool may_be_chinese = out.country == "CN" || (!place && has_firm_word(out.name));
    if (out.city.empty() && may_be_chinese) {
        out.city = chinese_city(out.name, *tables.cities);
        if (out.city.empty() && !out.local_name.empty())
            out.city = chinese_city(out.local_name, *tables.cities);
        if (!place && !out.city.empty()) out.country = "CN";
    }
    return out;
}

}  // namespace recall::mapping
