// recallgw picture fetch | list: the pictures of notices.

#include <iostream>

#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/node_name.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/picture_role.h"
#include "gateway/ops/poll_role.h"
#include "gateway/pictures/wanted.h"
#include "gateway/store/notices.h"

namespace recall::ops {
namespace {

std::string line_of(store::Session& session, const model::Notice& notice) {
    json::Writer out;
    out.begin_object().member("notice", notice.id).key("pictures");
    pictures::write_pictures(out, session, notice);
    out.end_object();
    return std::move(out).text();
}

// The notices that the words name; says which are not there.
std::vector<model::Notice> read_notices(store::Session& session, const Arguments& arguments) {
    std::vector<model::Notice> out;
    for (const std::string& id : arguments.words()) {
        const auto stored = store::Notices(session).get(id);
        if (!stored) {
            std::cerr << "there is no notice " << id << '\n';
            continue;
        }
        Result<model::Notice> notice = json::read_kept_notice(stored->json);
        if (!notice) throw Failure(notice.error());
        out.push_back(*std::move(notice));
    }
    return out;
}

void print(store::Database& database, const std::vector<model::Notice>& notices) {
    const store::SessionLease session = database.lease();
    for (const model::Notice& notice : notices)
        std::cout << line_of(*session, notice) << '\n';
}

Result<int> list(const Arguments& arguments) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give a notice ID"};
    const auto database = open_migrated_database(load_settings(arguments));
    const auto notices = read_notices(*database->lease(), arguments);
    print(*database, notices);
    return notices.size() == arguments.words().size() ? exit_done : exit_not_so;
}

Result<int> fetch(const Arguments& arguments) {
    const bool is_pending = arguments.has("pending");
    if (arguments.words().empty() != is_pending)
        return Error{ErrorCode::usage, "give notice IDs, or --pending"};
    const settings::Settings settings = load_settings(arguments);
    const auto database = open_migrated_database(settings);
    const SystemClock clock;
    net::Fetcher fetcher(fetcher_options(settings), clock);
    pictures::PictureWorkOptions options = picture_options(settings);
    options.follow = pictures::Follow::asked;
    pictures::PictureWork work(*database, fetcher, clock, node_name(settings), options);
    const auto notices = read_notices(*database->lease(), arguments);
    pictures::PictureCounts counts;
    if (is_pending) counts = work.run_once();
    for (const model::Notice& notice : notices) {
        const auto wanted = store::in_write_transaction(*database, [&](store::Session& session) {
            return pictures::want_pictures(session, notice, pictures::AskedBy::person, clock.now());
        });
        if (!wanted) return wanted.error();
        for (const model::Image& image : pictures::pictures_of(notice))
            work.fetch_now(pictures::picture_id(image.url), counts);
    }
    print(*database, notices);
    std::cerr << "stored " << counts.stored << ", failed " << counts.failed << ", put off "
              << counts.put_off << '\n';
    const bool is_all = notices.size() == arguments.words().size();
    return is_all && counts.failed + counts.put_off == 0 ? exit_done : exit_not_so;
}

}  // namespace

const Command& picture_fetch_command() {
    static const Command command{
        .name = "picture fetch",
        .summary = "fetch the pictures of notices, to match by",
        .words = "NOTICE…",
        .options = with_settings({{"pending", "", "what is due on the work list instead"}}),
        .details =
            "Fetches what is not stored yet, also what failed before, and prints for each notice a "
            "line as\npicture list does. Of a picture a hash of what it looks like and a "
            "thumbnail are kept.\n"
            "Exit codes: 0 all are stored, 1 a picture or notice could not be had.",
        .run = fetch};
    return command;
}

const Command& picture_list_command() {
    static const Command command{
        .name = "picture list",
        .summary = "show how the pictures of notices stand",
        .words = "NOTICE…",
        .options = with_settings({}),
        .details =
            "One JSON object a line for each notice: every picture with its state "
            "(unfetched, wanted,\nstored, failed), the reason of the last failure, size, "
            "type and hash.\n"
            "Exit codes: 0 done, 1 there is no such notice.",
        .run = list};
    return command;
}

}  // namespace recall::ops
