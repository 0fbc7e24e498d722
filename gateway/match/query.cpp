#include "gateway/match/query.h"

#include "gateway/match/shown.h"

#include <algorithm>

namespace recall::match {
namespace {

constexpr std::size_t title_bytes_max = 2U << 10U;
constexpr std::size_t details_bytes_max = 8U << 10U;
constexpr std::size_t value_bytes_max = 1U << 10U;
constexpr std::size_t url_bytes_max = 2U << 10U;

class QueryMaker {
  public:
    QueryMaker(const model::Listing& listing, const Lexicon& lexicon)
        : listing_(listing), lexicon_(lexicon) {}

    Query make() {
        query_.listing = listing_.id;
        query_.language = listing_.lang.substr(0, listing_.lang.find('-'));
        read_title();
        read_details();
        add_brands();
        add_numbers();
        add_words();
        add_maker(listing_.seller);
        add_maker(listing_.manufacturer);
        return std::move(query_);
    }

  private:
    void read_title() {
        query_.title = read_text(listing_.title, title_bytes_max);
        query_.shown_title = shown(query_.title.folded);
        query_.meaning = read_meaning(query_.title, lexicon_);
        append_spans(query_.title, query_.spans);
        find_models(query_.title, query_.meaning, query_.runs);
        find_names_numbers(query_.title, query_.runs);
        for (const ModelNumber& number : query_.runs) {
            if (number.source == ModelSource::cue) query_.models.push_back(number);
        }
        find_batches(query_.title, query_.meaning, query_.batches);
        append_measures(query_.title, query_.measures);
    }

    // What the name of an attribute says of its value.
    bool names(const std::string& attribute, Cue cue) const {
        const Text name = read_text(attribute, value_bytes_max);
        std::vector<PhraseHit> hits;
        lexicon_.cues().scan(name.tokens, hits);
        return std::ranges::any_of(
            hits, [&](const PhraseHit& hit) { return static_cast<Cue>(hit.id) == cue; });
    }

    void read_details() {
        std::string all = listing_.model + " ; " + listing_.category;
        for (const auto& [name, value] : listing_.attributes) {
            if (all.size() > details_bytes_max) break;
            all += " ; " + name + " : " + value;
            read_attribute(name, value);
        }
        query_.details = read_text(all, details_bytes_max);
        query_.details_meaning = read_meaning(query_.details, lexicon_);
        append_spans(query_.details, query_.detail_spans);
        append_measures(query_.details, query_.measures);
    }

    void read_attribute(const std::string& name, const std::string& value) {
        const Text text = read_text(value, value_bytes_max);
        if (names(name, Cue::batch) || names(name, Cue::serial)) add_batches(text, query_.batches);
        if (names(name, Cue::model)) add_model(text);
        if (names(name, Cue::gtin)) add_gtin(value);
        if (names(name, Cue::item)) find_items(text, query_.items);
        if (names(name, Cue::maker)) add_maker(value);
    }

    void add_model(const Text& text) {
        ModelNumber number = model_number(text.folded, ModelSource::field);
        if (number.key.size() < 2) return;
        const auto known = std::ranges::find(query_.models, number.hash, &ModelNumber::hash);
        if (known == query_.models.end()) query_.models.push_back(std::move(number));
    }

    void add_gtin(std::string_view raw) {
        const auto gtin = text::parse_gtin(raw);
        if (!gtin) return;
        const auto known = std::ranges::find(query_.gtins, *gtin);
        if (known == query_.gtins.end()) query_.gtins.push_back(*gtin);
    }

    void add_numbers() {
        if (!listing_.model.empty()) add_model(read_text(listing_.model, value_bytes_max));
        if (!listing_.gtin.empty()) add_gtin(listing_.gtin);
        std::vector<std::string> found;
        find_gtins(query_.title, found);
        find_gtins(query_.details, found);
        for (const std::string& digits : found)
            add_gtin(digits);
        find_items(query_.title, query_.items);
        find_items(read_text(listing_.url, url_bytes_max), query_.items);
        find_items(read_text(listing_.id, value_bytes_max), query_.items);
    }

    void add_brands() {
        query_.brands = brand_names(listing_.brand, lexicon_);
        query_.states_brand = !query_.brands.empty();
        query_.says_no_brand = !listing_.brand.empty() && query_.brands.empty();
        add_known_brands(read_text(listing_.brand, value_bytes_max), nullptr);
        add_known_brands(query_.title, &query_.meaning);
    }

    // Brands that the lexicon knows under any of their spellings.
    void add_known_brands(const Text& text, const Reading* meaning) {
        std::vector<PhraseHit> hits;
        lexicon_.brands().scan(text.tokens, hits);
        for (const PhraseHit& hit : hits) {
            if (meaning != nullptr && meaning->is_aside(hit.first, hit.last)) continue;
            BrandName name = brand_name(lexicon_.brand_name(hit.id), lexicon_);
            name.raw = std::string(text.between(hit.first, hit.last));
            name.is_stated = meaning == nullptr;
            const auto known = std::ranges::find(query_.brands, name.hash, &BrandName::hash);
            if (known == query_.brands.end()) query_.brands.push_back(std::move(name));
        }
    }

    void add_words() {
        append_words(query_.title, query_.words);
        query_.all_words = query_.words;
        append_words(query_.details, query_.all_words);
        for (const BrandName& brand : query_.brands)
            query_.all_words.insert(query_.all_words.end(), brand.words.begin(), brand.words.end());
        sort_unique(query_.words);
        sort_unique(query_.all_words);
        for (const ProductWord& word : query_.meaning.products)
            (word.is_offered ? query_.offered : query_.mentioned).push_back(word.id);
        for (const ProductWord& word : query_.details_meaning.products)
            query_.mentioned.push_back(word.id);
        query_.mentioned.insert(query_.mentioned.end(), query_.offered.begin(),
                                query_.offered.end());
        for (auto* ids : {&query_.offered, &query_.mentioned}) {
            std::ranges::sort(*ids);
            ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
        }
    }

    void add_maker(const std::string& raw) {
        if (raw.empty()) return;
        BrandName maker = brand_name(raw, lexicon_);
        if (maker.key.size() > 2) query_.makers.push_back(std::move(maker));
    }

    const model::Listing& listing_;
    const Lexicon& lexicon_;
    Query query_;
};

}  // namespace

Query make_query(const model::Listing& listing, const Lexicon& lexicon) {
    return QueryMaker(listing, lexicon).make();
}

}  // namespace recall::match
