// Signatures against their floor: this program's verify and sign, beside xmlsec1 on the same
// document and the processor's bare curve operation as `openssl speed` measures it.
// Build in Release; prints one table.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "gateway/crypto/jws.h"
#include "gateway/crypto/xml_signature.h"

namespace recall::crypto {
namespace {

using std::chrono::duration, std::chrono::hours, std::chrono::milliseconds,
    std::chrono::steady_clock;

constexpr auto measured_for = milliseconds(1500);

double per_second(const std::function<void()>& work) {
    const auto begin = steady_clock::now();
    long count = 0;
    while (steady_clock::now() - begin < measured_for) {
        work();
        ++count;
    }
    return static_cast<double>(count) / duration<double>(steady_clock::now() - begin).count();
}

void require(bool condition) {
    if (!condition) std::abort();
}

void print(const std::string& what, std::size_t bytes, double rate) {
    std::printf("%-44s %9zu B %12.0f /s %9.1f MB/s\n", what.c_str(), bytes, rate,
                rate * static_cast<double>(bytes) / 1e6);
}

std::string notice_of(std::size_t bytes) {
    std::string out = "<n:Notice xmlns:n=\"urn:example:notice\">";
    for (int i = 0; out.size() < bytes; ++i) {
        out += "<n:product number=\"" + std::to_string(i) +
               "\"><n:name lang=\"en\">Wooden toy truck &amp; "
               "trailer</n:name><n:gtin>04006381333931</n:gtin></n:product>";
    }
    return out + "</n:Notice>";
}

void measure_ours(KeyKind kind, const std::string& name, std::size_t bytes) {
    const PrivateKey key = PrivateKey::generate(kind);
    CertificateRequest request;
    const recall::Instant now = recall::SystemClock().now();
    request.common_name = "bench";
    request.not_before = now - hours(1);
    request.not_after = now + hours(1);
    const Certificate certificate = make_self_signed(request, key);
    Trust trust;
    require(trust.add(certificate.to_pem(), "bench").ok());
    const std::string document = notice_of(bytes);
    const XmlSigning signing{
        .key = key, .certificate = &certificate, .scheme = key.scheme(), .national = {}};
    const std::string message = sign_xml(document, signing).value();
    print("XML verify " + name, message.size(),
          per_second([&] { require(verify_xml(message, {.trust = trust, .now = now}).ok()); }));
    print("XML sign " + name, message.size(),
          per_second([&] { require(sign_xml(document, signing).ok()); }));
    const std::string json =
        sign_jws(document, {.key = key, .kid = "", .type = "", .form = JwsForm::flattened}).value();
    print("JSON verify " + name, json.size(),
          per_second([&] { require(verify_jws(json, {.trust = trust, .now = now}).ok()); }));
}

// xmlsec1 repeats inside one process; starting it is taken off by a second run of one.
void measure_xmlsec1(std::size_t bytes, int repeats) {
    const std::string folder =
        (std::filesystem::temp_directory_path() / "recall-bench-XXXXXX").string();
    std::string made = folder;
    require(::mkdtemp(made.data()) != nullptr);
    const PrivateKey key = PrivateKey::generate(KeyKind::p256);
    const std::string message =
        sign_xml(notice_of(bytes),
                 {.key = key, .certificate = nullptr, .scheme = key.scheme(), .national = {}})
            .value();
    std::ofstream(made + "/m.xml") << message;
    std::ofstream(made + "/k.pub") << key.public_key().to_pem();
    const auto seconds = [&](int times) {
        const std::string command = "xmlsec1 --verify --repeat " + std::to_string(times) +
                                    " --pubkey-pem " + made + "/k.pub " + made +
                                    "/m.xml >/dev/null 2>&1";
        const auto begin = steady_clock::now();
        const int code = std::system(command.c_str());
        return code == 0 ? duration<double>(steady_clock::now() - begin).count() : 0.0;
    };
    const double once = seconds(1);
    const double many = seconds(repeats + 1);
    if (once > 0 && many > once)
        print("xmlsec1 --verify ES256", message.size(), repeats / (many - once));
    else
        std::puts("xmlsec1 is not installed or refused");
    std::filesystem::remove_all(made);
}

int run() {
    for (const std::size_t bytes : {std::size_t{3'000}, std::size_t{1'000'000}}) {
        measure_ours(KeyKind::p256, "ES256", bytes);
        measure_ours(KeyKind::ed25519, "EdDSA", bytes);
        measure_xmlsec1(bytes, bytes > 100'000 ? 500 : 10'000);
    }
    std::fflush(stdout);
    return std::system(
               "openssl speed -seconds 1 ecdsap256 ed25519 2>/dev/null | grep -E "
               "'sign|ecdsa|EdDSA'") == -1
               ? 1
               : 0;
}

}  // namespace
}  // namespace recall::crypto

int main() { return recall::crypto::run(); }
