#pragma once
// A machine-translation service with the interface of LibreTranslate: POST {q, source, target,
// format} gives {translatedText}. What it answers is judged before it is believed. Any thread.
// Fails as net/fetch.h does; with bad_json, wrong_document (no translatedText), too_large (out of
// all proportion) or wrong_language for an answer that cannot be the translation.

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/net/fetch.h"

namespace recall::translate {

struct ServiceOptions {
    std::string url{};
    std::string key{};  // sent as api_key; empty: none
    std::chrono::milliseconds timeout{20'000};
};

struct Question {
    std::string_view text;
    std::string_view from;  // BCP 47; "und": the service finds it out
    std::string_view into;  // BCP 47, which the answer must be in
    std::string_view code;  // the service's own word for `into`
};

class Service {
  public:
    // The fetcher must outlive it; what it may reach is the fetcher's matter.
    Service(net::Fetcher& fetcher, ServiceOptions options);

    Result<std::string> translate(const Question& question);

  private:
    net::Fetcher& fetcher_;
    ServiceOptions options_;
    net::Manners manners_;
};

}  // namespace recall::translate
