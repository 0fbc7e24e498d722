#include "gateway/ops/configuration.h"

#include <unistd.h>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"

namespace recall::ops {
namespace {

LogLevel log_level(std::string_view word) {
    if (word == "debug") return LogLevel::debug;
    if (word == "warning") return LogLevel::warning;
    return word == "error" ? LogLevel::error : LogLevel::info;
}

}  // namespace

std::vector<OptionSpec> with_settings(std::vector<OptionSpec> own) {
    own.push_back({"config", "FILE", "settings as XML; every option: config/gateway.xml"});
    own.push_back({"set", "NAME=VALUE", "one setting, over file and environment; repeatable"});
    return own;
}

settings::Settings load_settings(const Arguments& arguments) {
    settings::Sources sources;
    sources.file = arguments.value("config");
    sources.sets = arguments.values("set");
    for (char** entry = environ; *entry != nullptr; ++entry)
        sources.environment.emplace_back(*entry);
    const Result<settings::Settings> settings = settings::load(sources);
    if (!settings) throw Failure(settings.error());
    configure_log(settings->log_format == "json" ? LogFormat::json : LogFormat::text,
                  log_level(settings->log_level));
    return *settings;
}

}  // namespace recall::ops
