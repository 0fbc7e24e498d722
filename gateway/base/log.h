#pragma once
// The log: one line an event, as text for people or JSON for machines, to standard error.
// Any thread; a line is written whole. Whoever handles an error logs it, once.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/base/errors.h"

namespace recall {

enum class LogFormat { text, json };

// What is written from now on. Set once by main before other threads start.
void configure_log(LogFormat format, LogLevel least);

using LogField = std::pair<std::string_view, std::string>;

// log(LogLevel::warning, "poll", "the source answered 429", {{"source", id}}).
// `area` is the folder's word; `text` a sentence without variable parts where that is natural.
void log(LogLevel level, std::string_view area, std::string_view text,
         std::initializer_list<LogField> fields = {});

// An error at the level its table line names.
void log(const Error& error, std::string_view area, std::initializer_list<LogField> fields = {});

// Where lines go instead of standard error, for tests; nullptr restores it.
using LogSink = void (*)(std::string_view line, void* context);
void redirect_log(LogSink sink, void* context);

}  // namespace recall
