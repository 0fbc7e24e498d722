#include "gateway/ops/picture_role.h"

#include "gateway/ops/node_name.h"
#include "gateway/ops/poll_role.h"

namespace recall::ops {

pictures::PictureWorkOptions picture_options(const settings::Settings& settings) {
    pictures::PictureWorkOptions options;
    options.follow =
        settings.pictures_fetch == "on" ? pictures::Follow::all : pictures::Follow::asked;
    options.workers = static_cast<std::size_t>(settings.pictures_workers);
    return options;
}

PictureRole::PictureRole(const settings::Settings& settings, store::Database& database,
                         const Clock& clock)
    : fetcher_(fetcher_options(settings), clock),
      work_(database, fetcher_, clock, node_name(settings), picture_options(settings)) {}

}  // namespace recall::ops
