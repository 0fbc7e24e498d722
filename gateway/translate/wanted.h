#pragma once
// Which texts of a notice are translated, and what there is of their translations. Those never
// become part of the stored notice, and so are never signed or sent. Any thread.

#include <string>
#include <vector>

#include "gateway/model/notice.h"
#include "gateway/store/translations.h"

namespace recall::translate {

// Longer texts are lists and tables more than prose, and cost as much as a hundred titles.
inline constexpr std::size_t text_characters_max = 10'000;
// On the work list at once; then what follows notices waits.
inline constexpr long long wanted_max = 100'000;

// A language that texts are translated into.
struct Target {
    std::string tag;   // BCP 47, such as zh-CN
    std::string code;  // what the service calls it
};

// "zh-CN=zh-Hans en": tags with blanks between, each with the service's word where that is not the
// tag's first part. Fails with config.
Result<std::vector<Target>> read_targets(const std::string& text);

// A text of a notice, and the language it is to be had in.
struct Wanted {
    store::TranslationKey key;
    std::string text;
    std::size_t characters = 0;
};

// Each once. Nothing of a notice that is not public, for a member that says the same in the target
// language, for text without letters, and for what is too long.
std::vector<Wanted> wanted_of(const model::Notice& notice, const std::vector<Target>& targets);

// Onto the work list, those that are not known; false when the list is full. Needs a
// WriteTransaction.
bool want(store::Session& session, const std::vector<Wanted>& wanted, Instant now);

// A translation of a text of the notice.
struct Reading {
    std::string place;  // of the original in JSON: "products[0].name[1]"
    std::string from;   // language of the original
    std::string lang;
    std::string text;
    std::string made_at;
};

std::vector<Reading> readings(store::Session& session, const model::Notice& notice);

// The notice for people: with the translations among its texts, each marked as made by a machine.
// Never to be stored or sent.
model::Notice with_readings(store::Session& session, model::Notice notice);

}  // namespace recall::translate
