#include "gateway/base/log.h"

#include <cstdio>
#include <mutex>

#include "gateway/base/clock.h"

namespace recall {
namespace {

struct State {
    std::mutex mutex;
    LogFormat format = LogFormat::text;
    LogLevel least = LogLevel::info;
    LogSink sink = nullptr;
    void* context = nullptr;
};

State& state() {
    static State instance;
    return instance;
}

std::string_view word(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "error";
}

// JSON string body; control characters can only come from the outside world and are escaped.
void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    char code[8];
                    std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
                    out += code;
                } else {
                    out += c;
                }
        }
    }
}

void append_json(std::string& out, std::string_view key, std::string_view value) {
    out += out.size() == 1 ? "\"" : ",\"";
    append_escaped(out, key);
    out += "\":\"";
    append_escaped(out, value);
    out += '"';
}

}  // namespace

void configure_log(LogFormat format, LogLevel least) {
    const std::lock_guard lock(state().mutex);
    state().format = format;
    state().least = least;
}

void redirect_log(LogSink sink, void* context) {
    const std::lock_guard lock(state().mutex);
    state().sink = sink;
    state().context = context;
}

void log(LogLevel level, std::string_view area, std::string_view text,
         std::initializer_list<LogField> fields) {
    State& current = state();
    const std::lock_guard lock(current.mutex);
    if (level < current.least) return;
    const std::string time = to_text(SystemClock().now());
    std::string line;
    if (current.format == LogFormat::json) {
        line = "{";
        append_json(line, "time", time);
        append_json(line, "level", word(level));
        append_json(line, "area", area);
        append_json(line, "text", text);
        for (const auto& [key, value] : fields)
            append_json(line, key, value);
        line += "}\n";
    } else {
        line = time + " " + std::string(word(level)) + " " + std::string(area) + ": ";
        append_escaped(line, text);
        for (const auto& [key, value] : fields) {
            line += " " + std::string(key) + "=\"";
            append_escaped(line, value);
            line += '"';
        }
        line += '\n';
    }
    if (current.sink != nullptr) {
        current.sink(line, current.context);
    } else {
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
}

void log(const Error& error, std::string_view area, std::initializer_list<LogField> fields) {
    log(facts(error.code).log_level, area, error.line(), fields);
}

}  // namespace recall
