#include "gateway/match/brand_name.h"

#include <algorithm>

#include "gateway/match/reading.h"
#include "gateway/text/hash.h"
#include "gateway/text/model_key.h"

namespace recall::match {
namespace {

constexpr std::size_t brand_bytes_max = 200;

// Sorted words that are no legal form; all of them when nothing else is there.
std::vector<std::uint64_t> own_words(const Text& text, const Lexicon& lexicon) {
    std::vector<PhraseHit> cues;
    lexicon.cues().scan(text.tokens, cues);
    std::vector<bool> legal(text.tokens.size());
    for (const PhraseHit& cue : cues) {
        if (static_cast<Cue>(cue.id) != Cue::company || cue.first == 0) continue;
        for (std::uint32_t i = cue.first; i < cue.last; ++i)
            legal[i] = true;
    }
    std::vector<std::uint64_t> words;
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        if (!legal[i] && !text.tokens[i].cjk()) words.push_back(text.tokens[i].hash);
    }
    sort_unique(words);
    return words;
}

bool says_none(const Text& text, const Lexicon& lexicon) {
    for (const std::uint32_t id : lexicon.cues().find(text.tokens)) {
        if (static_cast<Cue>(id) == Cue::no_brand) return true;
    }
    return false;
}

bool is_everyday(const std::string& key, const Text& text, const Lexicon& lexicon) {
    std::string lower = key;
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    std::string buffer;
    const std::uint64_t hash = text::hash(text::stem(lower, buffer));
    const auto knows = [&](std::uint64_t word) {
        const auto is_noise = [](std::uint32_t id) { return static_cast<Cue>(id) == Cue::noise; };
        return !lexicon.products().find_word(word).empty() ||
               std::ranges::any_of(lexicon.cues().find_word(word), is_noise);
    };
    if (!lexicon.brands().find(text.tokens).empty()) return false;
    return knows(hash) || std::ranges::all_of(text.tokens, [&](const text::Token& token) {
               return knows(token.hash);
           });
}

void add(BrandName name, std::vector<BrandName>& out) {
    if (name.key.size() < 2 || std::ranges::find(out, name.hash, &BrandName::hash) != out.end())
        return;
    out.push_back(std::move(name));
}

}  // namespace

BrandName brand_name(std::string_view raw, const Lexicon& lexicon) {
    BrandName name;
    const Text text = read_text(raw, brand_bytes_max);
    if (text.tokens.empty() || says_none(text, lexicon)) return name;
    name.raw = raw.substr(0, brand_bytes_max);
    name.key = text::model_key(text.folded);
    name.hash = text::model_hash(name.key);
    name.words = own_words(text, lexicon);
    name.is_latin = std::ranges::none_of(text.tokens, &text::Token::cjk);
    name.is_everyday = is_everyday(name.key, text, lexicon);
    return name;
}

std::vector<BrandName> brand_names(std::string_view raw, const Lexicon& lexicon) {
    std::vector<BrandName> out;
    const Text text = read_text(raw, brand_bytes_max);
    if (text.tokens.empty() || says_none(text, lexicon)) return out;
    add(brand_name(raw, lexicon), out);
    std::size_t first = 0;
    for (std::size_t i = 1; i <= text.tokens.size(); ++i) {
        const bool ends = i == text.tokens.size() ||
                          text.tokens[i].cjk() != text.tokens[i - 1].cjk() || is_parted(text, i) ||
                          text.folded.find('/', text.tokens[i - 1].end) < text.tokens[i].begin;
        if (!ends) continue;
        add(brand_name(text.between(first, i), lexicon), out);
        first = i;
    }
    return out;
}

bool is_near(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() < near_letters_min || b.size() - a.size() > 1) return false;
    std::size_t same = 0;
    while (same < a.size() && a[same] == b[same])
        ++same;
    const std::string_view rest_a = a.substr(same);
    const std::string_view rest_b = b.substr(same);
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.size() <= 1 || rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace recall::match
