// recallgw user add | list | revoke: who may call the API. A key is shown once, when it is made;
// the database keeps only its hash.

#include <algorithm>
#include <array>
#include <iostream>

#include "gateway/base/uuid.h"
#include "gateway/crypto/digest.h"
#include "gateway/json/writer.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/api_keys.h"

namespace recall::ops {
namespace {

constexpr std::array<std::string_view, 3> roles = {"admin", "analyst", "platform"};

Result<int> add(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "user add takes one NAME"};
    store::ApiKey key;
    key.label = arguments.words().front();
    key.role = arguments.value("role", "analyst");
    key.platform = arguments.value("platform");
    if (std::ranges::find(roles, key.role) == roles.end()) {
        return Error{ErrorCode::usage,
                     "--role must be admin, analyst or platform, not " + key.role};
    }
    if ((key.role == "platform") == key.platform.empty()) {
        return Error{ErrorCode::usage, "--platform ID goes with --role platform, and only with it"};
    }
    const Instant now = SystemClock().now();
    key.id = make_uuid(now);
    const std::string secret = "rgw_" + crypto::random_token();
    key.key_hash = crypto::sha256_hex(secret);
    const auto database = open_migrated_database(load_settings(arguments));
    const Result<void> added = store::in_write_transaction(
        *database, [&](store::Session& session) { return store::ApiKeys(session).add(key, now); });
    if (!added) return added.error();
    std::cerr << "This key is shown only now:\n";
    std::cout << secret << '\n';
    return exit_done;
}

Result<int> list(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    for (const store::ApiKey& key : store::ApiKeys(*session).list()) {
        json::Writer out;
        out.begin_object().member("id", key.id).member("name", key.label).member("role", key.role);
        if (!key.platform.empty()) out.member("platform", key.platform);
        out.member("created_at", key.created_at);
        if (!key.revoked_at.empty()) out.member("revoked_at", key.revoked_at);
        out.end_object();
        std::cout << out.text() << '\n';
    }
    return exit_done;
}

Result<int> revoke(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "user revoke takes one ID"};
    const auto database = open_migrated_database(load_settings(arguments));
    const Result<void> revoked =
        store::in_write_transaction(*database, [&](store::Session& session) {
            return store::ApiKeys(session).revoke(arguments.words().front(), SystemClock().now());
        });
    if (!revoked) return revoked.error();
    return exit_done;
}

}  // namespace

const Command& user_add_command() {
    static const Command command{
        "user add",
        "make an API key for a person or platform",
        "NAME",
        with_settings({{"role", "ROLE", "admin, analyst or platform (analyst)"},
                       {"platform", "ID", "the platform that the key is bound to"}}),
        "Prints the key, once; the database keeps only its hash.",
        add};
    return command;
}

const Command& user_list_command() {
    static const Command command{"user list",
                                 "list the API keys",
                                 "",
                                 with_settings(),
                                 "One JSON object a line; keys themselves are not kept.",
                                 list};
    return command;
}

const Command& user_revoke_command() {
    static const Command command{"user revoke",
                                 "end an API key",
                                 "ID",
                                 with_settings(),
                                 "Takes effect with the next request.",
                                 revoke};
    return command;
}

}  // namespace recall::ops
