#include "gateway/match/line.h"

#include <algorithm>
#include <iterator>

#include "gateway/match/notice_title.h"
#include "gateway/match/prose_brands.h"
#include "gateway/text/gtin.h"

namespace recall::match {
namespace {

constexpr std::size_t name_bytes_max = 2U << 10U;
constexpr std::size_t prose_bytes_max = 32U << 10U;
constexpr std::size_t numbers_max = 2'000;  // of each kind, a product
constexpr std::size_t makers_max = 30;

void append(std::string& out, std::string_view text) {
    if (text.empty()) return;
    // The sign parts what stands in different fields.
    if (!out.empty()) out += " ; ";
    out += text;
}

std::string joined(const model::Texts& texts) {
    std::string out;
    for (const model::Text& text : texts)
        append(out, text.text);
    return out;
}

// "Viewrail, of Goshen, Indiana" → "Viewrail"; "A Co., dba B" → both.
void add_maker(std::string_view raw, const Lexicon& lexicon, std::vector<BrandName>& out) {
    std::string_view name = raw.substr(0, raw.find(", of "));
    while (!name.empty() && out.size() < makers_max) {
        const std::size_t alias = name.find("dba ");
        BrandName maker = brand_name(name.substr(0, alias), lexicon);
        maker.is_stated = false;
        if (maker.key.size() > 2) out.push_back(std::move(maker));
        if (alias == std::string_view::npos) return;
        name = name.substr(alias + 4);
    }
}

class LineMaker {
  public:
    LineMaker(const model::Notice& notice, const Lexicon& lexicon)
        : notice_(notice), lexicon_(lexicon) {
        for (const model::Text& title : notice.title) {
            NoticeTitle parts = read_title(title.text);
            append(title_name_, parts.name);
            if (!parts.firm.empty()) firms_.push_back(parts.firm);
            std::ranges::move(parts.firms, std::back_inserter(sellers_));
        }
    }

    Line make(const model::Product& product, std::size_t number, bool is_only) {
        Line line;
        line.notice = notice_.id;
        line.product = static_cast<std::uint32_t>(number);
        line.language = notice_.language.substr(0, 2);
        std::string name = joined(product.type);
        append(name, joined(product.name));
        if (is_only || name.empty()) append(name, title_name_);
        line.name = shown_name(product);
        std::string prose = joined(product.description);
        if (is_only) append(prose, joined(notice_.summary));
        read_name(name, line);
        read_prose(prose, line);
        add_brands(product, line);
        add_numbers(product, line);
        add_makers(line);
        finish(line);
        return line;
    }

  private:
    std::string shown_name(const model::Product& product) const {
        std::string name = joined(product.name);
        if (name.empty()) name = joined(product.type);
        return name.empty() ? title_name_ : name;
    }

    void read_name(const std::string& name, Line& line) {
        name_ = read_text(name, name_bytes_max);
        meaning_ = read_meaning(name_, lexicon_);
        append_words(name_, line.name_words);
        append_measures(name_, line.measures);
        line.cues |= meaning_.has_cue;
        for (const ProductWord& word : meaning_.products) {
            line.mentioned.push_back(word.id);
            if (word.is_offered && !lexicon_.product(word.id).describes())
                line.heads.push_back(word.id);
        }
        find_models(name_, meaning_, line.models);
        find_names_numbers(name_, line.models);
        find_gtins(name_, line.gtins);
        find_items(name_, line.items);
    }

    void read_prose(const std::string& text, Line& line) {
        prose_ = read_text(text, prose_bytes_max);
        const Reading meaning = read_meaning(prose_, lexicon_);
        append_words(prose_, line.text_words);
        append_measures(prose_, line.text_measures);
        line.cues |= meaning.has_cue;
        for (const ProductWord& word : meaning.products)
            line.mentioned.push_back(word.id);
        find_models(prose_, meaning, line.models);
        find_batches(prose_, meaning, line.batches);
        find_gtins(prose_, line.gtins);
        find_items(prose_, line.items);
    }

    void add_brands(const model::Product& product, Line& line) const {
        for (const std::string& brand : product.brands) {
            for (BrandName& name : brand_names(brand, lexicon_))
                line.brands.push_back(std::move(name));
        }
        if (product.vehicle && !product.vehicle->make.empty())
            line.brands.push_back(brand_name(product.vehicle->make, lexicon_));
        if (line.brands.empty()) {
            for (const std::string& firm : firms_)
                add_prose_brand(firm, lexicon_, line.brands);
            const std::string own = joined(product.name);
            const Text name = read_text(own.empty() ? title_name_ : own, name_bytes_max);
            find_branded(name_, lexicon_, line.brands);
            find_branded(prose_, lexicon_, line.brands);
            // Where the notice calls something a brand, the first words of the name are none.
            if (line.brands.size() == firms_.size())
                find_prose_brands(name, read_meaning(name, lexicon_), lexicon_, line.brands);
        }
        std::erase_if(line.brands, [](const BrandName& name) { return name.key.size() < 2; });
    }

    void add_numbers(const model::Product& product, Line& line) {
        for (const std::string& raw : product.models)
            add_model(raw, line);
        if (product.vehicle && !product.vehicle->model.empty())
            add_model(product.vehicle->model, line);
        for (const std::string& raw : product.gtins) {
            if (const auto gtin = text::parse_gtin(raw)) line.gtins.push_back(gtin->digits);
        }
        for (const std::string& raw : product.batches) {
            add_batches(read_text(raw, name_bytes_max), line.batches);
        }
        for (const model::NamedListing& listing : notice_.listings) {
            find_items(read_text(listing.item, name_bytes_max), line.items);
            find_items(read_text(listing.url, name_bytes_max), line.items);
        }
    }

    // A stated model may be a name ("Ariana") or hold more than the number ("Series No: 0000 883").
    void add_model(const std::string& raw, Line& line) {
        if (line.models.size() >= numbers_max) return;
        const Text text = read_text(raw, name_bytes_max);
        ModelNumber whole = model_number(text.folded, ModelSource::field);
        if (whole.key.size() < 2) return;
        whole.raw = raw;
        std::erase_if(line.models, [&](const ModelNumber& m) { return m.hash == whole.hash; });
        line.models.push_back(whole);
        append_words(text, line.text_words);
        std::vector<ModelNumber> inside;
        find_models(text, read_meaning(text, lexicon_), inside);
        for (ModelNumber& number : inside) {
            const auto known = std::ranges::find(line.models, number.hash, &ModelNumber::hash);
            number.source = ModelSource::cue;
            if (known == line.models.end()) line.models.push_back(std::move(number));
        }
    }

    void add_makers(Line& line) const {
        for (const model::Party& party : notice_.parties) {
            add_maker(party.name, lexicon_, line.makers);
            add_maker(party.local_name, lexicon_, line.makers);
            for (const std::string& name : party.trade_names)
                add_maker(name, lexicon_, line.makers);
        }
        for (const auto* names : {&firms_, &sellers_}) {
            for (const std::string& name : *names)
                add_maker(name, lexicon_, line.makers);
        }
        for (const BrandName& maker : line.makers)
            line.text_words.insert(line.text_words.end(), maker.words.begin(), maker.words.end());
    }

    static void finish(Line& line) {
        line.text_words.insert(line.text_words.end(), line.name_words.begin(),
                               line.name_words.end());
        for (const BrandName& brand : line.brands)
            line.text_words.insert(line.text_words.end(), brand.words.begin(), brand.words.end());
        sort_unique(line.name_words);
        sort_unique(line.text_words);
        line.text_measures.insert(line.text_measures.end(), line.measures.begin(),
                                  line.measures.end());
        for (auto* ids : {&line.heads, &line.mentioned}) {
            std::ranges::sort(*ids);
            ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
        }
        for (auto* numbers : {&line.gtins, &line.items}) {
            std::ranges::sort(*numbers);
            numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
            if (numbers->size() > numbers_max) numbers->resize(numbers_max);
        }
        if (line.models.size() > numbers_max) line.models.resize(numbers_max);
        // Some sources write the article number where lots stand: it is none.
        std::erase_if(line.batches, [&line](const ModelNumber& batch) {
            const auto gtin = text::parse_gtin(batch.raw);
            return gtin && std::ranges::binary_search(line.gtins, gtin->digits);
        });
    }

    const model::Notice& notice_;
    const Lexicon& lexicon_;
    std::string title_name_;
    std::vector<std::string> firms_;
    std::vector<std::string> sellers_;
    Text name_;
    Reading meaning_;
    Text prose_;
};

template <class T>
std::size_t bytes_of(const std::vector<T>& list) {
    return list.capacity() * sizeof(T);
}

std::size_t bytes_of(const std::string& text) {
    return text.capacity() > sizeof(std::string) / 2 ? text.capacity() + 1 : 0;
}

}  // namespace

std::size_t Line::bytes() const {
    std::size_t sum = sizeof(Line) + bytes_of(notice) + bytes_of(name) + bytes_of(name_words) +
                      bytes_of(text_words) + bytes_of(heads) + bytes_of(mentioned) +
                      bytes_of(measures) + bytes_of(text_measures) + bytes_of(brands) +
                      bytes_of(makers) + bytes_of(models) + bytes_of(batches) + bytes_of(gtins) +
                      bytes_of(items);
    for (const auto* names : {&brands, &makers}) {
        for (const BrandName& brand : *names)
            sum += bytes_of(brand.raw) + bytes_of(brand.key) + bytes_of(brand.words);
    }
    for (const auto* numbers : {&models, &batches}) {
        for (const ModelNumber& number : *numbers)
            sum += bytes_of(number.raw) + bytes_of(number.key);
    }
    for (const auto* numbers : {&gtins, &items}) {
        for (const std::string& number : *numbers)
            sum += bytes_of(number);
    }
    return sum;
}

std::vector<Line> product_lines(const model::Notice& notice, const Lexicon& lexicon) {
    std::vector<Line> lines;
    LineMaker maker(notice, lexicon);
    for (std::size_t i = 0; i < notice.products.size(); ++i)
        lines.push_back(maker.make(notice.products[i], i, notice.products.size() == 1));
    if (lines.empty()) lines.push_back(maker.make({}, 0, true));
    return lines;
}

}  // namespace recall::match
