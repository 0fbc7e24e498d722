#pragma once
// Texts made by a translation service, and the work list of those to make. A text is known by its
// hash and language, whatever notice it stands in. Writes need a WriteTransaction. One session, one
// thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/errors.h"
#include "gateway/store/session.h"

namespace recall::store {

enum class TranslationState { wanted, made, failed };
std::string_view spelling(TranslationState state);

// What is asked for: this text, from its language into that one.
struct TranslationKey {
    std::string text_hash{};  // SHA-256
    std::string source_lang{};
    std::string target_lang{};
    bool operator==(const TranslationKey&) const = default;
};

struct StoredTranslation {
    TranslationKey key{};
    TranslationState state = TranslationState::wanted;
    std::string original{};  // only while it is wanted
    std::string text{};      // only when it is made
    long long characters = 0;
    long long attempts = 0;
    std::string problem{};  // code of the last failure
    std::string made_at{};
};

class Translations {
  public:
    explicit Translations(Session& session) : session_(session) {}

    // Onto the work list; nothing happens when it is known already.
    void want(const TranslationKey& key, std::string_view original, long long characters,
              Instant now);
    // A failed one back on the list, as if it had never been tried.
    void want_again(const TranslationKey& key, std::string_view original, Instant now);

    // The one that is due the longest.
    std::optional<StoredTranslation> next_due(Instant now);
    std::optional<StoredTranslation> get(const TranslationKey& key);
    // Those of a text in every language it was made in, by language.
    std::vector<StoredTranslation> made(std::string_view text_hash, std::string_view source_lang);

    void save(const TranslationKey& key, std::string_view text, Instant now);
    void put_off(const TranslationKey& key, ErrorCode problem, Instant due);
    void give_up(const TranslationKey& key, ErrorCode problem);

    long long count(TranslationState state);

    // Characters sent on the day of `now`, UTC.
    long long sent_today(Instant now);
    void add_sent(long long characters, Instant now);

    // The number that changes of notices have come to.
    long long latest_notice_change();

  private:
    Session& session_;
};

}  // namespace recall::store
