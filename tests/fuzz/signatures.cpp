// Signed messages: whatever is done to one, what verify hands out is what was signed, or nothing.

#include <algorithm>

#include "gateway/crypto/jws.h"
#include "gateway/crypto/xml_signature.h"
#include "gateway/json/notice_json.h"
#include "gateway/xml/notice_xml.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

constexpr std::size_t notices_max = 6;
constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 9 / 1}};

// The published example key of RFC 8037, appendix A: fixed, so that a corpus kept from an earlier
// run still verifies.
const crypto::PrivateKey& signer() {
    static const crypto::PrivateKey key = *crypto::PrivateKey::from_jwk(
        R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
        R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    return key;
}

const crypto::Trust& trust() {
    static const crypto::Trust filled = [] {
        crypto::Trust built;
        promise(built.add(signer().public_key().to_pem(), "signer").ok(), "the key is refused");
        return built;
    }();
    return filled;
}

std::vector<std::string> xml_payloads() {
    std::vector<std::string> all;
    for (const std::string& line : expected_notices()) {
        if (all.size() < notices_max) all.push_back(xml::write_notice(*json::read_notice(line)));
    }
    return all;
}

std::vector<std::string> json_payloads() {
    std::vector<std::string> all = expected_notices();
    all.resize(std::min(all.size(), notices_max));
    return all;
}

bool read_xml(std::string_view bytes) {
    // What a verifier hands out is canonical: compared with what it hands out of the untouched.
    static const std::vector<std::string> signed_bytes = [] {
        std::vector<std::string> all;
        for (const std::string& payload : xml_payloads()) {
            const auto message =
                *crypto::sign_xml(payload, {.key = signer(), .scheme = signer().scheme()});
            all.push_back(crypto::verify_xml(message, {.trust = trust(), .now = now})->bytes);
        }
        return all;
    }();
    const auto verified = crypto::verify_xml(bytes, {.trust = trust(), .now = now});
    if (!verified) return false;
    promise(std::ranges::count(signed_bytes, verified->bytes) > 0, "a forged XML message is taken");
    return true;
}

bool read_json(std::string_view bytes) {
    static const std::vector<std::string> signed_bytes = json_payloads();
    const auto verified = crypto::verify_jws(bytes, {.trust = trust(), .now = now});
    if (!verified) return false;
    promise(std::ranges::count(signed_bytes, verified->bytes) > 0,
            "a forged JSON message is taken");
    return true;
}

// Keys from the text of a file: private halves are never taken.
bool read_trust(std::string_view text) {
    crypto::Trust read;
    if (!read.add(text, "input")) return false;
    for (const auto& key : read.keys())
        promise(crypto::PublicKey::from_pem(key.key.to_pem()).ok(), "a key is not written back");
    return true;
}

}  // namespace

Target signed_xml_target() {
    const auto seeds = [] {
        std::vector<std::string> inputs;
        for (const std::string& payload : xml_payloads())
            inputs.push_back(
                *crypto::sign_xml(payload, {.key = signer(), .scheme = signer().scheme()}));
        return inputs;
    };
    return {"signed_xml", read_xml, seeds};
}

Target signed_json_target() {
    const auto seeds = [] {
        std::vector<std::string> inputs;
        for (const std::string& payload : json_payloads()) {
            for (const auto form : {crypto::JwsForm::flattened, crypto::JwsForm::compact})
                inputs.push_back(*crypto::sign_jws(
                    payload, {.key = signer(), .kid = "", .type = "", .form = form}));
        }
        return inputs;
    };
    return {"signed_json", read_json, seeds};
}

Target trust_file_target() {
    const auto seeds = [] {
        const std::string jwk =
            R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
        return std::vector<std::string>{signer().public_key().to_pem(), jwk,
                                        R"({"keys":[)" + jwk + "]}"};
    };
    return {"trust_file", read_trust, seeds};
}

}  // namespace recall::fuzz
