#include "gateway/translate/work.h"

#include <pthread.h>

#include <algorithm>
#include <charconv>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/leases.h"
#include "gateway/store/notices.h"
#include "gateway/store/source_state.h"

namespace recall::translate {
namespace {

constexpr std::size_t rows_a_step = 100;
constexpr std::string_view lease_name = "translate";
// Longer than the longest time-out of the service.
constexpr std::chrono::seconds lease_length{300};

// Under this name the cursor stands beside those of sources, whose names begin with a country.
constexpr std::string_view cursor_owner = "gateway translate";
constexpr std::string_view cursor_name = "notices";

// Where the text itself is what the service fails at, others may do better.
bool is_fault_of_text(ErrorCode code) {
    return code == ErrorCode::wrong_document || code == ErrorCode::wrong_language ||
           code == ErrorCode::too_large || code == ErrorCode::bad_encoding;
}

std::chrono::minutes wait_after(long long attempts) {
    return first_wait * (1LL << std::clamp<long long>(attempts, 0, attempts_max));
}

Result<model::Notice> read_stored(const store::StoredNotice& stored) {
    return json::read_stored_notice(stored.json, stored.revision, stored.state);
}

}  // namespace

TranslateWork::TranslateWork(store::Database& database, net::Fetcher& fetcher,
                             ServiceOptions service, const Clock& clock, std::string owner,
                             TranslateOptions options)
    : database_(database),
      fetcher_(fetcher),
      service_(fetcher, std::move(service)),
      clock_(clock),
      owner_(std::move(owner)),
      options_(std::move(options)) {}

TranslateWork::~TranslateWork() { stop(); }

void TranslateWork::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "translate");
        run(stop);
    });
}

void TranslateWork::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    fetcher_.stop();
    thread_.join();
}

void TranslateWork::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        run_once(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.interval, [] { return false; });
    }
    let_go();
}

// So that another process, or this one started again, need not wait for the lease to run out.
void TranslateWork::let_go() {
    try {
        store::in_write_transaction(database_, [&](store::Session& session) {
            store::Leases(session).release(lease_name, owner_);
        });
    } catch (const Failure& failure) {
        log(failure.error(), "translate");
    }
}

bool TranslateWork::hold() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        return store::Leases(session).acquire(lease_name, owner_, clock_.now(), lease_length);
    });
}

TranslateCounts TranslateWork::run_once(const std::stop_token& stop) {
    TranslateCounts counts;
    try {
        if (!hold()) return counts;
        follow(stop);
        while (!stop.stop_requested() && hold()) {
            std::optional<store::StoredTranslation> due;
            {
                const store::SessionLease session = database_.lease();
                due = store::Translations(*session).next_due(clock_.now());
            }
            if (!due || !may_send(due->characters)) break;
            const Result<void> done = carry_out(*due, counts);
            if (done || stop.stop_requested()) continue;
            log(done.error(), "translate");
            break;
        }
    } catch (const Failure& failure) {
        log(failure.error(), "translate");
    }
    return counts;
}

// Puts the texts of notices that came or changed on the work list, a page at a time.
void TranslateWork::follow(const std::stop_token& stop) {
    bool is_more = true;
    while (is_more && !stop.stop_requested()) {
        is_more = store::in_write_transaction(database_, [&](store::Session& session) {
            store::Cursors cursors(session);
            const auto text = cursors.get(cursor_owner, cursor_name);
            // What was there before translation was switched on is translated when asked for.
            long long change = store::Translations(session).latest_notice_change();
            if (text) std::from_chars(text->data(), text->data() + text->size(), change);
            const auto page = store::Notices(session).active_after(change, rows_a_step);
            for (const store::StoredNotice& stored : page) {
                const Result<model::Notice> notice = read_stored(stored);
                if (!notice) throw Failure(notice.error());
                if (!want(session, wanted_of(*notice, options_.targets), clock_.now())) {
                    cursors.set(cursor_owner, cursor_name, std::to_string(change));
                    return false;
                }
                change = stored.change;
            }
            cursors.set(cursor_owner, cursor_name, std::to_string(change));
            return page.size() == rows_a_step;
        });
    }
}

bool TranslateWork::may_send(long long characters) {
    // It never will be, and must not hold up the others.
    if (characters > options_.characters_a_day_max) return true;
    return store::in_write_transaction(database_, [&](store::Session& session) {
        store::Translations translations(session);
        const Instant now = clock_.now();
        if (translations.sent_today(now) + characters > options_.characters_a_day_max) return false;
        translations.add_sent(characters, now);
        return true;
    });
}

Result<void> TranslateWork::carry_out(const store::StoredTranslation& wanted,
                                      TranslateCounts& counts) {
    const auto target = std::ranges::find(options_.targets, wanted.key.target_lang, &Target::tag);
    // The settings no longer name it.
    Result<std::string> answer = Error{ErrorCode::wrong_language, "not among translation.targets"};
    if (wanted.characters > options_.characters_a_day_max) {
        answer = Error{ErrorCode::too_large, "more than translation.characters_a_day"};
    } else if (target != options_.targets.end()) {
        answer = service_.translate({.text = wanted.original,
                                     .from = wanted.key.source_lang,
                                     .into = wanted.key.target_lang,
                                     .code = target->code});
    }
    const bool is_hopeless =
        !answer && (is_fault_of_text(answer.error().code) || wanted.attempts + 1 >= attempts_max);
    store::in_write_transaction(database_, [&](store::Session& session) {
        store::Translations translations(session);
        const Instant now = clock_.now();
        if (answer) {
            translations.save(wanted.key, *answer, now);
        } else if (is_hopeless) {
            translations.give_up(wanted.key, answer.error().code);
        } else {
            translations.put_off(wanted.key, answer.error().code,
                                 now + wait_after(wanted.attempts));
        }
    });
    ++(answer ? counts.made : is_hopeless ? counts.failed : counts.put_off);
    if (answer || is_fault_of_text(answer.error().code)) return {};
    return answer.error();
}

Result<TranslateCounts> TranslateWork::translate_notice(std::string_view id) {
    std::vector<Wanted> all;
    const Result<void> listed =
        store::in_write_transaction(database_, [&](store::Session& session) -> Result<void> {
            const auto stored = store::Notices(session).get(id);
            if (!stored) return Error{ErrorCode::not_found, "there is no notice of that id"};
            const Result<model::Notice> notice = read_stored(*stored);
            if (!notice) throw Failure(notice.error());
            all = wanted_of(*notice, options_.targets);
            if (!want(session, all, clock_.now())) {
                return Error{ErrorCode::rate_limited, "the work list of translations is full"};
            }
            store::Translations translations(session);
            for (const Wanted& one : all)
                translations.want_again(one.key, one.text, clock_.now());
            return {};
        });
    if (!listed) return listed.error();
    TranslateCounts counts;
    for (const Wanted& one : all) {
        std::optional<store::StoredTranslation> wanted;
        {
            const store::SessionLease session = database_.lease();
            wanted = store::Translations(*session).get(one.key);
        }
        if (!wanted || wanted->state != store::TranslationState::wanted) continue;
        if (!may_send(wanted->characters)) {
            return Error{ErrorCode::rate_limited,
                         "the limit of characters a day is reached (translation.characters_a_day)"};
        }
        if (const Result<void> done = carry_out(*wanted, counts); !done) return done.error();
    }
    return counts;
}

}  // namespace recall::translate
