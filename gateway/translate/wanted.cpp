#include "gateway/translate/wanted.h"

#include <algorithm>
#include <sstream>

#include "gateway/base/utf8.h"
#include "gateway/crypto/digest.h"
#include "gateway/model/notice_texts.h"
#include "gateway/text/character.h"
#include "gateway/text/language.h"

namespace recall::translate {
namespace {

constexpr std::string_view made_by_machine = "machine";

// Characters of the text; 0 when it has no letter outside of words with digits, such as model
// numbers, so that there is nothing to translate.
std::size_t characters_to_translate(std::string_view text) {
    std::size_t characters = 0;
    bool has_letters = false;
    for (std::size_t at = 0; at < text.size(); ++characters) {
        const char32_t c = next_character(text, at);
        const bool is_digit = c >= '0' && c <= '9';
        has_letters = has_letters || (text::script_of(c) != text::Script::none && !is_digit);
    }
    return has_letters ? characters : 0;
}

bool is_in(const model::Texts& texts, std::string_view language) {
    return std::ranges::any_of(texts, [&](const model::Text& text) {
        return text::primary_language(text.lang) == text::primary_language(language);
    });
}

// A language that the service can be asked for.
std::string source_of(const model::Text& text) { return text.lang.empty() ? "und" : text.lang; }

}  // namespace

Result<std::vector<Target>> read_targets(const std::string& text) {
    std::vector<Target> out;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const std::size_t equals = word.find('=');
        Target target{word.substr(0, equals), {}};
        target.code = equals == std::string::npos ? std::string(text::primary_language(target.tag))
                                                  : word.substr(equals + 1);
        const auto is_of_tag = [](char c) {
            return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   (c >= '0' && c <= '9');
        };
        const bool is_good = text::primary_language(target.tag).size() >= 2 &&
                             std::ranges::all_of(target.tag, is_of_tag) && !target.code.empty() &&
                             std::ranges::all_of(target.code, is_of_tag);
        if (!is_good) {
            return Error{ErrorCode::config,
                         "translation.targets: \"" + word + "\" is not like zh-CN or zh-CN=zh"};
        }
        out.push_back(std::move(target));
    }
    return out;
}

std::vector<Wanted> wanted_of(const model::Notice& notice, const std::vector<Target>& targets) {
    std::vector<Wanted> out;
    // The service is a third party.
    if (!notice.sensitivity.empty() && notice.sensitivity != "clear") return out;
    model::for_each_texts(notice, [&](const std::string&, const model::Texts& texts) {
        for (const Target& target : targets) {
            if (is_in(texts, target.tag)) continue;
            for (const model::Text& text : texts) {
                const std::size_t characters = characters_to_translate(text.text);
                if (characters == 0 || characters > text_characters_max) continue;
                Wanted one{{crypto::sha256_hex(text.text), source_of(text), target.tag},
                           text.text,
                           characters};
                if (std::ranges::find(out, one.key, &Wanted::key) == out.end())
                    out.push_back(std::move(one));
            }
        }
    });
    return out;
}

bool want(store::Session& session, const std::vector<Wanted>& wanted, Instant now) {
    store::Translations translations(session);
    if (translations.count(store::TranslationState::wanted) + std::ssize(wanted) > wanted_max)
        return false;
    for (const Wanted& one : wanted)
        translations.want(one.key, one.text, static_cast<long long>(one.characters), now);
    return true;
}

std::vector<Reading> readings(store::Session& session, const model::Notice& notice) {
    std::vector<Reading> out;
    store::Translations translations(session);
    model::for_each_texts(notice, [&](const std::string& place, const model::Texts& texts) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (store::StoredTranslation& made :
                 translations.made(crypto::sha256_hex(texts[i].text), source_of(texts[i]))) {
                if (is_in(texts, made.key.target_lang)) continue;
                out.push_back({place + "[" + std::to_string(i) + "]", texts[i].lang,
                               made.key.target_lang, std::move(made.text),
                               std::move(made.made_at)});
            }
        }
    });
    return out;
}

model::Notice with_readings(store::Session& session, model::Notice notice) {
    store::Translations translations(session);
    model::for_each_texts(notice, [&](const std::string&, model::Texts& texts) {
        const model::Texts originals = texts;
        for (const model::Text& original : originals) {
            for (store::StoredTranslation& made :
                 translations.made(crypto::sha256_hex(original.text), source_of(original))) {
                if (is_in(originals, made.key.target_lang)) continue;
                texts.push_back(
                    {made.key.target_lang, std::move(made.text), std::string(made_by_machine)});
            }
        }
    });
    return notice;
}

}  // namespace recall::translate
