#include "gateway/translate/service.h"

#include <array>
#include <fstream>

#include "gateway/base/failure.h"
#include "gateway/base/utf8.h"
#include "gateway/json/parse.h"
#include "gateway/json/writer.h"
#include "gateway/text/language.h"

namespace recall::translate {
namespace {

constexpr std::size_t reply_bytes_max = 1U << 20U;
// A translation is longer than its original, but not by this much.
constexpr std::size_t growth_max = 10;
constexpr std::size_t growth_bytes = 500;
// Language can be told of such a text with certainty.
constexpr std::size_t sentence_bytes = 80;

std::string file_bytes(const net::Fetched& fetched) {
    std::string out(fetched.bytes, '\0');
    std::ifstream in(fetched.body->path(), std::ios::binary);
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (static_cast<std::size_t>(in.gcount()) != out.size()) {
        throw Failure(ErrorCode::io, "a spooled answer cannot be read back");
    }
    return out;
}

std::string request_body(const Question& question, const std::string& key) {
    const std::string_view from = text::primary_language(question.from);
    json::Writer out;
    out.begin_object()
        .member("q", question.text)
        .member("source", from == "und" || from.empty() ? "auto" : from)
        .member("target", question.code)
        .member("format", "text");
    if (!key.empty()) out.member("api_key", key);
    out.end_object();
    return std::move(out).text();
}

Result<std::string> read_answer(const std::string& bytes) {
    const Result<xml::Document> tree = json::parse(bytes, {.bytes_max = reply_bytes_max}, "answer");
    if (!tree) {
        return Error{ErrorCode::bad_json, "the translation service: " + tree.error().text};
    }
    const xml::Node text = tree->root().child("translatedText");
    if (!text || text.first_child() || text.marked(xml::Mark::number)) {
        return Error{ErrorCode::wrong_document,
                     "the translation service gave no text translatedText"};
    }
    return text.text();
}

// Whether the answer can be what was asked for.
Result<void> judge(const Question& question, const std::string& answer) {
    if (answer.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Error{ErrorCode::wrong_document, "the translation service gave an empty text"};
    }
    if (!is_xml_text(answer)) {
        return Error{ErrorCode::bad_encoding, "the translation holds what no text may hold"};
    }
    if (answer.size() > question.text.size() * growth_max + growth_bytes) {
        return Error{ErrorCode::too_large, "the translation has " + std::to_string(answer.size()) +
                                               " bytes for " +
                                               std::to_string(question.text.size())};
    }
    bool is_wrong = text::language_by_script(answer, question.into).has_value();
    const bool is_other_language =
        text::primary_language(question.from) != text::primary_language(question.into);
    if (!is_wrong && is_other_language && answer.size() >= sentence_bytes) {
        const std::array<std::string, 2> both = {std::string(question.into),
                                                 std::string(question.from)};
        is_wrong = text::detect_language(answer, question.into, both) != question.into;
    }
    if (is_wrong) {
        return Error{ErrorCode::wrong_language,
                     "the translation is not in " + std::string(question.into)};
    }
    return {};
}

}  // namespace

Service::Service(net::Fetcher& fetcher, ServiceOptions options)
    : fetcher_(fetcher), options_(std::move(options)) {
    manners_.interval = std::chrono::milliseconds(0);
    manners_.obeys_robots = false;  // it is ours, or we are its customer
    manners_.redirects_max = 0;
    manners_.attempts_max = 1;  // the work list tries again
    manners_.read_timeout = options_.timeout;
    manners_.deadline = options_.timeout;
}

Result<std::string> Service::translate(const Question& question) {
    net::FetchRequest request;
    request.method = "POST";
    request.url = options_.url;
    request.body = request_body(question, options_.key);
    request.body_type = "application/json";
    request.bytes_max = reply_bytes_max;
    const Result<net::Fetched> fetched = fetcher_.fetch(request, manners_);
    if (!fetched) return fetched.error();
    Result<std::string> answer = read_answer(file_bytes(*fetched));
    if (!answer) return answer;
    if (const Result<void> good = judge(question, *answer); !good) return good.error();
    return answer;
}

}  // namespace recall::translate
