#include "gateway/crypto/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>

#include "gateway/crypto/openssl_handles.h"

namespace recall::crypto {
namespace {

Instant instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return Instant{};
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::from_time_t(timegm(&parts)));
}

Error unusable(const std::string& text) { return {ErrorCode::sig_key, text}; }

// GM/T 0009: a certificate under SM2 is signed over its holder's id, which OpenSSL does not assume.
void set_sm2_id(X509* certificate) {
    constexpr std::string_view id = "1234567812345678";
    ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(value, octets(id), static_cast<int>(id.size()));
    X509_set0_distinguishing_id(certificate, value);
}

}  // namespace

Result<Certificate> Certificate::from_handle(x509_st* certificate) {
    std::shared_ptr<X509> owned(certificate, X509_free);
    const std::shared_ptr<EVP_PKEY> handle(X509_get_pubkey(certificate), EVP_PKEY_free);
    if (handle == nullptr) return unusable("the certificate's key cannot be read");
    auto key = PublicKey::from_handle(handle);
    if (!key) return key.error();
    if (key->kind() == KeyKind::sm2) set_sm2_id(certificate);
    // Fills the cache of extensions, so that later reading from several threads changes nothing.
    if (X509_check_purpose(certificate, -1, 0) != 1) {
        return unusable("the certificate's extensions are malformed");
    }
    return Certificate(std::move(owned), *std::move(key));
}

Result<Certificate> Certificate::from_pem(std::string_view pem) {
    const BioHandle bio = reading(pem);
    X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
    if (certificate == nullptr) return unusable("no certificate in PEM: " + last_openssl_error());
    return from_handle(certificate);
}

Result<Certificate> Certificate::from_der(std::string_view der) {
    const unsigned char* data = octets(der);
    X509* certificate = d2i_X509(nullptr, &data, static_cast<long>(der.size()));
    if (certificate == nullptr || data != octets(der) + der.size()) {
        X509_free(certificate);
        return unusable("no certificate in DER: " + last_openssl_error());
    }
    return from_handle(certificate);
}

Result<std::vector<Certificate>> Certificate::all_from_pem(std::string_view pem) {
    std::vector<Certificate> all;
    const BioHandle bio = reading(pem);
    while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        auto read = from_handle(certificate);
        if (!read) return read.error();
        all.push_back(*std::move(read));
    }
    const std::string reason = last_openssl_error();
    if (all.empty()) return unusable("no certificate in PEM: " + reason);
    return all;
}

Instant Certificate::not_before() const { return instant_of(X509_get0_notBefore(raw())); }
Instant Certificate::not_after() const { return instant_of(X509_get0_notAfter(raw())); }
bool Certificate::is_authority() const { return X509_check_ca(raw()) == 1; }

bool Certificate::is_self_issued() const {
    return (X509_get_extension_flags(raw()) & EXFLAG_SI) != 0;
}

std::string Certificate::common_name() const {
    std::array<char, 256> text{};
    const int length = X509_NAME_get_text_by_NID(X509_get_subject_name(raw()), NID_commonName,
                                                 text.data(), static_cast<int>(text.size()));
    return length <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(length));
}

bool Certificate::may_sign() const {
    return (X509_get_key_usage(raw()) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

bool Certificate::issued(const Certificate& other) const {
    const bool verified = X509_check_issued(raw(), other.raw()) == X509_V_OK &&
                          X509_verify(other.raw(), key_.raw()) == 1;
    ERR_clear_error();
    return verified;
}

std::string Certificate::to_der() const { return der_of<X509>(i2d_X509, raw()); }
std::string Certificate::fingerprint() const { return sha256_hex(to_der()); }

std::string Certificate::to_pem() const {
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), raw());
    return written(bio.get());
}

struct RevocationList::State {
    CrlHandle list;
};

Result<RevocationList> RevocationList::from_pem(std::string_view pem,
                                                const std::vector<Certificate>& authorities) {
    const BioHandle bio = reading(pem);
    auto state = std::make_shared<State>();
    state->list.reset(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
    if (state->list == nullptr)
        return unusable("no revocation list in PEM: " + last_openssl_error());
    for (const Certificate& authority : authorities) {
        if (X509_NAME_cmp(X509_get_subject_name(authority.raw()),
                          X509_CRL_get_issuer(state->list.get())) == 0 &&
            X509_CRL_verify(state->list.get(), authority.public_key().raw()) == 1) {
            RevocationList read;
            read.state_ = std::move(state);
            return read;
        }
    }
    ERR_clear_error();
    return unusable("no authority here signed the revocation list");
}

bool RevocationList::covers(const Certificate& certificate) const {
    return X509_NAME_cmp(X509_get_issuer_name(certificate.raw()),
                         X509_CRL_get_issuer(state_->list.get())) == 0;
}

bool RevocationList::revokes(const Certificate& certificate) const {
    X509_REVOKED* entry = nullptr;
    return X509_CRL_get0_by_cert(state_->list.get(), &entry, certificate.raw()) != 0;
}

bool RevocationList::is_current(Instant now) const {
    const ASN1_TIME* next = X509_CRL_get0_nextUpdate(state_->list.get());
    return next != nullptr && now < instant_of(next) &&
           now >= instant_of(X509_CRL_get0_lastUpdate(state_->list.get()));
}

}  // namespace recall::crypto
