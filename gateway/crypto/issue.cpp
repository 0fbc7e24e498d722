// The half of certificate.h that makes certificates, requests and revocation lists.
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

#include "gateway/base/failure.h"
#include "gateway/crypto/certificate.h"
#include "gateway/crypto/openssl_handles.h"

namespace recall::crypto {
namespace {

constexpr std::size_t serial_bytes = 16;

const EVP_MD* digest_for(const PrivateKey& key) {
    switch (key.public_key().kind()) {
        case KeyKind::ed25519:
            return nullptr;
        case KeyKind::p384:
            return EVP_sha384();
        case KeyKind::sm2:
            return EVP_sm3();
        default:
            return EVP_sha256();
    }
}

void set_name(X509_NAME* name, const CertificateRequest& request) {
    const auto add = [&](const char* field, const std::string& text) {
        if (text.empty()) return;
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, octets(text),
                                   static_cast<int>(text.size()), -1, 0);
    };
    add("O", request.organisation);
    add("CN", request.common_name);
}

void set_time(ASN1_TIME* time, Instant instant) {
    ASN1_TIME_set(time, std::chrono::system_clock::to_time_t(instant));
}

std::vector<std::pair<int, std::string>> extensions_of(const CertificateRequest& request) {
    using Use = CertificateRequest::Use;
    std::vector<std::pair<int, std::string>> out;
    const bool authority = request.use == Use::authority;
    out.emplace_back(NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    out.emplace_back(NID_key_usage,
                     authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    if (request.use == Use::server) out.emplace_back(NID_ext_key_usage, "serverAuth,clientAuth");
    if (request.use == Use::client) out.emplace_back(NID_ext_key_usage, "clientAuth");
    std::string names;
    for (const std::string& name : request.dns_names) {
        const bool address = name.find_first_not_of("0123456789.") == std::string::npos ||
                             name.find(':') != std::string::npos;
        names += (names.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
    }
    if (!names.empty()) out.emplace_back(NID_subject_alt_name, names);
    return out;
}

void set_random_serial(X509* certificate) {
    std::array<unsigned char, serial_bytes> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7FU) | 1U);  // positive, never short
    const NumberHandle number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

CertificateHandle unsigned_certificate(const CertificateRequest& request, const PublicKey& subject,
                                       X509* issuer) {
    CertificateHandle certificate(X509_new());
    X509* raw = certificate.get();
    X509_set_version(raw, X509_VERSION_3);
    set_random_serial(raw);
    set_name(X509_get_subject_name(raw), request);
    X509_set_issuer_name(raw, X509_get_subject_name(issuer == nullptr ? raw : issuer));
    set_time(X509_getm_notBefore(raw), request.not_before);
    set_time(X509_getm_notAfter(raw), request.not_after);
    X509_set_pubkey(raw, subject.raw());
    auto extensions = extensions_of(request);
    extensions.emplace_back(NID_subject_key_identifier, "hash");
    if (issuer != nullptr) extensions.emplace_back(NID_authority_key_identifier, "keyid");
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer == nullptr ? raw : issuer, raw, nullptr, nullptr, 0);
    for (const auto& [name, value] : extensions) {
        const ExtensionHandle extension(
            X509V3_EXT_conf_nid(nullptr, &context, name, value.c_str()));
        if (extension == nullptr) {
            throw Failure(ErrorCode::usage, "a name for the certificate is malformed: " + value);
        }
        X509_add_ext(raw, extension.get(), -1);
    }
    return certificate;
}

Certificate signed_by(const CertificateHandle& certificate, const PrivateKey& key) {
    if (X509_sign(certificate.get(), key.raw(), digest_for(key)) <= 0) {
        throw Failure(ErrorCode::internal,
                      "a certificate could not be signed: " + last_openssl_error());
    }
    auto read = Certificate::from_der(der_of<X509>(i2d_X509, certificate.get()));
    RECALL_CHECK(read.ok(), "a certificate that we made can be read");
    return *std::move(read);
}

}  // namespace

Certificate make_certificate(const CertificateRequest& request, const PublicKey& subject,
                             const Issuer& issuer) {
    return signed_by(unsigned_certificate(request, subject, issuer.certificate.raw()), issuer.key);
}

Certificate make_self_signed(const CertificateRequest& request, const PrivateKey& key) {
    return signed_by(unsigned_certificate(request, key.public_key(), nullptr), key);
}

std::string make_signing_request(const CertificateRequest& request, const PrivateKey& key) {
    const RequestHandle made(X509_REQ_new());
    X509_REQ_set_version(made.get(), X509_REQ_VERSION_1);
    set_name(X509_REQ_get_subject_name(made.get()), request);
    X509_REQ_set_pubkey(made.get(), key.raw());
    const int done = X509_REQ_sign(made.get(), key.raw(), digest_for(key));
    RECALL_CHECK(done > 0, "a request for our own key can be signed");
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509_REQ(bio.get(), made.get());
    return written(bio.get());
}

std::string make_revocation_list(const std::vector<Certificate>& revoked, const Issuer& issuer,
                                 Instant now, Instant next_update) {
    const CrlHandle list(X509_CRL_new());
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.raw()));
    const std::unique_ptr<ASN1_TIME, Freed<ASN1_TIME_free>> time(ASN1_TIME_new());
    set_time(time.get(), now);
    X509_CRL_set1_lastUpdate(list.get(), time.get());
    for (const Certificate& certificate : revoked) {
        RevokedHandle entry(X509_REVOKED_new());
        X509_REVOKED_set_serialNumber(entry.get(), X509_get_serialNumber(certificate.raw()));
        X509_REVOKED_set_revocationDate(entry.get(), time.get());
        X509_CRL_add0_revoked(list.get(), entry.release());
    }
    set_time(time.get(), next_update);
    X509_CRL_set1_nextUpdate(list.get(), time.get());
    X509_CRL_sort(list.get());
    const int done = X509_CRL_sign(list.get(), issuer.key.raw(), digest_for(issuer.key));
    RECALL_CHECK(done > 0, "a list of our own can be signed");
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509_CRL(bio.get(), list.get());
    return written(bio.get());
}

}  // namespace recall::crypto
