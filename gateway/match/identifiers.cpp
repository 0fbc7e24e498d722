#include "gateway/match/identifiers.h"

#include <algorithm>

#include "gateway/text/gtin.h"

namespace recall::match {
namespace {

constexpr std::size_t numbers_after_cue_max = 200;
constexpr std::size_t words_before_number_max = 3;
constexpr std::size_t gtin_digits_min = 12;
constexpr std::size_t gtin_digits_max = 14;
constexpr std::size_t item_digits_min = 9;
constexpr std::size_t item_digits_max = 20;
constexpr std::size_t asin_characters = 10;
constexpr std::size_t run_characters_max = 40;
constexpr std::size_t name_number_characters_min = 3;
constexpr std::size_t batch_characters_min = 3;

// Tokens that hyphens and their like join, [first, last).
struct Run {
    std::size_t first = 0;
    std::size_t last = 0;
    bool has_digit = false;
};

Run run_at(const Text& text, std::size_t first) {
    const auto& tokens = text.tokens;
    Run run{first, first, false};
    for (std::size_t i = first; i < tokens.size() && !tokens[i].cjk(); ++i) {
        if (i > first && (tokens[i].after_blank || is_parted(text, i))) break;
        run.has_digit = run.has_digit || tokens[i].has_digit;
        run.last = i + 1;
    }
    return run;
}

ModelNumber number_of(const Text& text, const Run& run, ModelSource source) {
    return model_number(text.between(run.first, run.last), source);
}

void add(ModelNumber number, std::vector<ModelNumber>& out) {
    if (number.key.empty() || number.key.size() > run_characters_max) return;
    for (ModelNumber& known : out) {
        if (known.hash != number.hash) continue;
        known.source = std::min(known.source, number.source);
        return;
    }
    out.push_back(std::move(number));
}

bool begins_sentence(const Text& text, std::size_t token) {
    const std::size_t begin = token == 0 ? 0 : text.tokens[token - 1].end;
    const std::string_view gap =
        std::string_view(text.folded).substr(begin, text.tokens[token].begin - begin);
    return gap.find(". ") != std::string_view::npos || gap.find(';') != std::string_view::npos ||
           gap.find("。") != std::string_view::npos;
}

// The numbers that follow a cue: "numbers A1, A2 and A3"; other words end the list.
void add_after(const Text& text, const PhraseHit& cue, std::vector<ModelNumber>& out) {
    std::size_t words = 0;
    std::size_t found = 0;
    for (std::size_t i = cue.last; i < text.tokens.size() && found < numbers_after_cue_max;) {
        if (i > cue.last && begins_sentence(text, i)) return;
        const Run run = run_at(text, i);
        const ModelNumber number = run.last > run.first && run.has_digit
                                       ? number_of(text, run, ModelSource::cue)
                                       : ModelNumber();
        if (number.strength != text::ModelStrength::none) {
            add(number, out);
            ++found;
            words = 0;
        } else if (++words > words_before_number_max) {
            return;
        }
        i = std::max(run.last, i + 1);
    }
}

std::string digits_of(const Text& text, const Run& run) {
    std::string digits;
    for (std::size_t i = run.first; i < run.last; ++i) {
        if (text.tokens[i].has_letter) return {};
        digits += text.word(i);
    }
    return digits;
}

}  // namespace

ModelNumber model_number(std::string_view raw, ModelSource source) {
    ModelNumber number;
    number.raw = raw;
    number.key = text::model_key(raw);
    number.hash = text::model_hash(number.key);
    number.strength = text::model_strength(number.key);
    number.source = source;
    return number;
}

void find_models(const Text& text, const Reading& reading, std::vector<ModelNumber>& out) {
    for (const PhraseHit& cue : reading.cues) {
        if (cue.id == static_cast<std::uint32_t>(Cue::model)) add_after(text, cue, out);
    }
    for (std::size_t i = 0; i < text.tokens.size();) {
        const Run run = run_at(text, i);
        if (run.has_digit) {
            ModelNumber number = number_of(text, run, ModelSource::run);
            if (number.strength == text::ModelStrength::strong) add(std::move(number), out);
        }
        i = std::max(run.last, i + 1);
    }
}

void find_names_numbers(const Text& text, std::vector<ModelNumber>& out) {
    for (std::size_t i = 0; i < text.tokens.size();) {
        const Run run = run_at(text, i);
        if (run.has_digit) {
            ModelNumber number = number_of(text, run, ModelSource::name);
            if (number.strength != text::ModelStrength::none &&
                number.key.size() >= name_number_characters_min)
                add(std::move(number), out);
        }
        i = std::max(run.last, i + 1);
    }
}

void find_batches(const Text& text, const Reading& reading, std::vector<ModelNumber>& out) {
    for (const PhraseHit& cue : reading.cues) {
        const Cue kind = static_cast<Cue>(cue.id);
        if (kind == Cue::batch || kind == Cue::serial) add_after(text, cue, out);
    }
}

void add_batches(const Text& text, std::vector<ModelNumber>& out) {
    const auto add_part = [&](std::size_t first, std::size_t last) {
        ModelNumber batch = model_number(text.between(first, last), ModelSource::field);
        if (batch.key.size() >= batch_characters_min) add(std::move(batch), out);
    };
    std::size_t first = 0;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < text.tokens.size();) {
        const std::size_t last = std::max(run_at(text, i).last, i + 1);
        if (std::ranges::any_of(std::span(text.tokens).subspan(i, last - i),
                                &text::Token::has_digit))
            add_part(i, last);
        ++runs;
        // "W17 T102025" may be one lot written with a blank.
        if (last == text.tokens.size() || is_parted(text, last)) {
            if (runs > 1) add_part(first, last);
            first = last;
            runs = 0;
        }
        i = last;
    }
}

void find_gtins(const Text& text, std::vector<std::string>& out) {
    for (std::size_t i = 0; i < text.tokens.size();) {
        const Run run = run_at(text, i);
        if (const std::string digits = digits_of(text, run);
            digits.size() >= gtin_digits_min && digits.size() <= gtin_digits_max) {
            if (const auto gtin = text::parse_gtin(digits)) out.push_back(gtin->digits);
        }
        i = std::max(run.last, i + 1);
    }
}

void find_items(const Text& text, std::vector<std::string>& out) {
    for (const text::Token& token : text.tokens) {
        if (token.script != text::Script::latin || !token.has_digit) continue;
        const std::string_view word = token.in(text.folded);
        const bool is_asin = word.size() == asin_characters && word.starts_with("b0");
        const bool is_number =
            !token.has_letter && word.size() >= item_digits_min && word.size() <= item_digits_max;
        if (is_asin || is_number) out.push_back(text::model_key(word));
    }
}

}  // namespace recall::match
