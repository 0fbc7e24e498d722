#pragma once
// The API over a database in a temporary folder, with a key of each role, and requests to it.

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "gateway/crypto/digest.h"
#include "gateway/http/api.h"
#include "gateway/http/exchange_api.h"
#include "gateway/json/listing_json.h"
#include "gateway/store/api_keys.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/migrations.h"
#include "gateway/store/runs.h"

namespace recall::test {

class HeldClock final : public Clock {
  public:
    Instant now() const override { return now_; }
    void pass(std::chrono::milliseconds time) { now_ += time; }

  private:
    Instant now_{std::chrono::milliseconds(1780000000000)};
};

class ApiFolder {
  public:
    ApiFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "api-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~ApiFolder() { std::filesystem::remove_all(path); }
    ApiFolder(const ApiFolder&) = delete;
    ApiFolder& operator=(const ApiFolder&) = delete;
    std::string path;
};

struct ApiFixture {
    ApiFolder folder;
    std::unique_ptr<store::Database> database =
        store::Database::open({.url = "sqlite:" + folder.path + "/test.db"});
    HeldClock clock;
    http::Metrics metrics;
    http::Api api{*database, clock, metrics, "test", {}, {}};
    http::Router router;
    http::Guard guard{router, http::key_authenticator(*database), metrics};

    ApiFixture() {
        store::migrate(*database, clock.now());
        api.sources = {{"xx-test", "Test recalls", "Test Authority", "XX", "https://a.example"}};
        http::add_api_routes(router, api);
        http::add_case_routes(router, api, nullptr);
        add_key("admin", "");
        add_key("analyst", "");
        add_key("platform", "market");
    }

    // The key's secret is its role.
    void add_key(const std::string& role, const std::string& platform) {
        store::ApiKey key;
        key.id = "id-" + role;
        key.label = "a " + role;
        key.role = role;
        key.platform = platform;
        key.key_hash = crypto::sha256_hex(role);
        store::in_write_transaction(*database, [&](store::Session& session) {
            BOOST_REQUIRE(store::ApiKeys(session).add(key, clock.now()));
        });
    }

    http::Reply send(const std::string& method, const std::string& target,
                     const std::string& body = {}, http::Headers headers = {},
                     const std::string& key = "admin") const {
        http::Request request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        for (std::size_t at = target.find('?'); at != std::string::npos;) {
            const std::size_t end = target.find('&', at + 1);
            const std::string pair = target.substr(at + 1, end - at - 1);
            std::string value;
            BOOST_REQUIRE(http::percent_decode(pair.substr(pair.find('=') + 1), value));
            request.query[pair.substr(0, pair.find('='))].push_back(value);
            at = end;
        }
        request.headers = std::move(headers);
        request.headers.emplace_back("Authorization", "Bearer " + key);
        if (!body.empty() && request.header("Content-Type").empty()) {
            request.headers.emplace_back("Content-Type", "application/json");
        }
        request.body = body;
        return guard.answer(request);
    }
    http::Reply get(const std::string& target, const std::string& key = "admin",
                    http::Headers headers = {}) const {
        return send("GET", target, {}, std::move(headers), key);
    }

    long long add_match(const std::string& platform, const std::string& listing,
                        model::Decision decision = model::Decision::match) {
        model::Match match;
        match.listing = listing;
        match.notice = "xx-test:1";
        match.score = 0.97;
        match.decision = decision;
        return store::in_write_transaction(*database, [&](store::Session& session) {
            return store::Matches(session).save(
                match, platform, R"([{"kind":"brand","for":true,"weight":2.0}])", clock.now());
        });
    }
};

inline std::string header(const http::Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers) {
        if (http::equal_ignoring_case(key, name)) return value;
    }
    return {};
}

inline bool holds(const http::Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
}

}  // namespace recall::test
