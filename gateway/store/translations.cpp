#include "gateway/store/translations.h"

#include <algorithm>
#include <array>

#include "gateway/base/check.h"
#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 3> states = {"wanted", "made", "failed"};

// clang-format off
#define TRANSLATION_COLUMNS                                                                  \
    "select text_hash, source_lang, target_lang, state, original, text, characters, "        \
    "attempts, problem, made_at from translation where "
// clang-format on
constexpr std::string_view column_letters = "ttttttnntt";
#define OF_KEY                                                               \
    "text_hash = :text_hash and source_lang = :source_lang and target_lang " \
    "= :target_lang"

constexpr Sql insert_wanted{
    "translation.insert",
    "insert into translation (text_hash, source_lang, target_lang, state, original, text, "
    "characters, attempts, due_at, problem, made_at) values (:text_hash, :source_lang, "
    ":target_lang, 'wanted', :original, '', :characters, 0, :now, '', '') on conflict do nothing"};
constexpr Sql restart_failed{
    "translation.want_again",
    "update translation set state = 'wanted', original = :original, attempts = 0, due_at = :now "
    "where state = 'failed' and " OF_KEY};
constexpr Sql find_due{"translation.due",
                       TRANSLATION_COLUMNS
                       "state = 'wanted' and due_at <= :now order by due_at limit 1",
                       column_letters};
constexpr Sql find_one{"translation.get", TRANSLATION_COLUMNS OF_KEY, column_letters};
constexpr Sql find_made{"translation.made",
                        TRANSLATION_COLUMNS
                        "text_hash = :text_hash and source_lang = :source_lang "
                        "and state = 'made' order by target_lang",
                        column_letters};
constexpr Sql save_made{"translation.save",
                        "update translation set state = 'made', original = '', text = :text, "
                        "problem = '', made_at = :now where " OF_KEY};
constexpr Sql set_put_off{"translation.put_off",
                          "update translation set attempts = attempts + 1, due_at = :due, "
                          "problem = :problem where state = 'wanted' and " OF_KEY};
constexpr Sql set_failed{"translation.give_up",
                         "update translation set state = 'failed', original = '', "
                         "attempts = attempts + 1, problem = :problem where state = 'wanted' "
                         "and " OF_KEY};
constexpr Sql count_state{"translation.count",
                          "select count(*) from translation where state = :state", "n"};
constexpr Sql find_day{"translation_day.get",
                       "select characters from translation_day where day = :day", "n"};
constexpr Sql add_to_day{
    "translation_day.add",
    "insert into translation_day (day, characters) values (:day, :characters) on conflict (day) "
    "do update set characters = translation_day.characters + :characters"};
constexpr Sql find_counter{"translation.notice_change",
                           "select value from change_counter where series = 'notice'", "n"};

StoredTranslation read_row(const Rows& rows) {
    StoredTranslation out;
    out.key = {rows.text(0), rows.text(1), rows.text(2)};
    const auto state = std::ranges::find(states, rows.text(3));
    RECALL_CHECK(state != states.end(), "only spellings of states are written");
    out.state = TranslationState(state - states.begin());
    out.original = rows.text(4);
    out.text = rows.text(5);
    out.characters = rows.number(6);
    out.attempts = rows.number(7);
    out.problem = rows.text(8);
    out.made_at = rows.text(9);
    return out;
}

std::string day_of(Instant now) { return instant_text(now).substr(0, 10); }

}  // namespace

std::string_view spelling(TranslationState state) { return states[std::size_t(state)]; }

void Translations::want(const TranslationKey& key, std::string_view original, long long characters,
                        Instant now) {
    session_.execute(insert_wanted, {{"text_hash", key.text_hash},
                                     {"source_lang", key.source_lang},
                                     {"target_lang", key.target_lang},
                                     {"original", original},
                                     {"characters", characters},
                                     {"now", instant_text(now)}});
}

void Translations::want_again(const TranslationKey& key, std::string_view original, Instant now) {
    session_.execute(restart_failed, {{"original", original},
                                      {"now", instant_text(now)},
                                      {"text_hash", key.text_hash},
                                      {"source_lang", key.source_lang},
                                      {"target_lang", key.target_lang}});
}

std::optional<StoredTranslation> Translations::next_due(Instant now) {
    Rows rows = session_.query(find_due, {{"now", instant_text(now)}});
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::optional<StoredTranslation> Translations::get(const TranslationKey& key) {
    Rows rows = session_.query(find_one, {{"text_hash", key.text_hash},
                                          {"source_lang", key.source_lang},
                                          {"target_lang", key.target_lang}});
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::vector<StoredTranslation> Translations::made(std::string_view text_hash,
                                                  std::string_view source_lang) {
    std::vector<StoredTranslation> out;
    Rows rows = session_.query(find_made, {{"text_hash", text_hash}, {"source_lang", source_lang}});
    while (rows.next())
        out.push_back(read_row(rows));
    return out;
}

void Translations::save(const TranslationKey& key, std::string_view text, Instant now) {
    session_.execute(save_made, {{"text", text},
                                 {"now", instant_text(now)},
                                 {"text_hash", key.text_hash},
                                 {"source_lang", key.source_lang},
                                 {"target_lang", key.target_lang}});
}

void Translations::put_off(const TranslationKey& key, ErrorCode problem, Instant due) {
    session_.execute(set_put_off, {{"due", instant_text(due)},
                                   {"problem", spelling(problem)},
                                   {"text_hash", key.text_hash},
                                   {"source_lang", key.source_lang},
                                   {"target_lang", key.target_lang}});
}

void Translations::give_up(const TranslationKey& key, ErrorCode problem) {
    session_.execute(set_failed, {{"problem", spelling(problem)},
                                  {"text_hash", key.text_hash},
                                  {"source_lang", key.source_lang},
                                  {"target_lang", key.target_lang}});
}

long long Translations::count(TranslationState state) {
    Rows rows = session_.query(count_state, {{"state", spelling(state)}});
    return rows.next() ? rows.number(0) : 0;
}

long long Translations::sent_today(Instant now) {
    Rows rows = session_.query(find_day, {{"day", day_of(now)}});
    return rows.next() ? rows.number(0) : 0;
}

void Translations::add_sent(long long characters, Instant now) {
    session_.execute(add_to_day, {{"day", day_of(now)}, {"characters", characters}});
}

long long Translations::latest_notice_change() {
    Rows rows = session_.query(find_counter, {});
    return rows.next() ? rows.number(0) : 0;
}

}  // namespace recall::store
