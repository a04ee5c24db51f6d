#include "hub/crypto/pki.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/nid.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/pem.h"

namespace recoup::crypto {
namespace {

constexpr std::size_t kCommonNameMax = 64;  // RFC 5280 appendix A: ub-common-name.
constexpr char kUriPrefix[] = "recoup://";

bool IsVisibleAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

void CheckNameAndTimes(const std::string& common_name, absl::Time not_before, absl::Time not_after,
                       Faults& faults) {
  if (common_name.empty() || common_name.size() > kCommonNameMax) {
    faults.Add("common_name", absl::StrCat("must have 1 to ", kCommonNameMax, " bytes"));
  }
  // RFC 5280 section 4.1.2.5 writes years with four digits; before 1970 is a mistake.
  const absl::Time latest = absl::FromCivil(absl::CivilSecond(9999, 12, 31), absl::UTCTimeZone());
  if (not_before < absl::UnixEpoch() || not_after > latest || not_before >= not_after) {
    faults.Add("not_after", "must lie after not_before, and both between 1970 and 9999");
  }
}

absl::Status CheckRequest(const CertificateRequest& request) {
  Faults faults;
  CheckNameAndTimes(request.common_name, request.not_before, request.not_after, faults);
  if (!request.uri.empty() &&
      (!absl::StartsWith(request.uri, kUriPrefix) || !IsVisibleAscii(request.uri))) {
    faults.Add("uri", absl::StrCat("must start with ", kUriPrefix, " and be visible ASCII"));
  }
  for (std::size_t i = 0; i < request.dns_names.size(); ++i) {
    if (request.dns_names[i].empty() || !IsVisibleAscii(request.dns_names[i])) {
      faults.Add(absl::StrCat("dns_names[", i, "]"), "must be visible ASCII");
    }
  }
  for (std::size_t i = 0; i < request.ip_addresses.size(); ++i) {
    const bssl::UniquePtr<ASN1_OCTET_STRING> ip(a2i_IPADDRESS(request.ip_addresses[i].c_str()));
    ERR_clear_error();
    if (ip == nullptr) {
      faults.Add(absl::StrCat("ip_addresses[", i, "]"), "must be an IPv4 or IPv6 address");
    }
  }
  if (!request.server && !request.client) {
    faults.Add("server", "a certificate must be for a server, a client or both");
  }
  return faults.ToStatus();
}

bssl::UniquePtr<EVP_PKEY> NewKey() {
  bssl::UniquePtr<EC_KEY> ec(EC_KEY_new_by_curve_name(NID_X9_62_prime256v1));
  bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
  RECOUP_CHECK(ec != nullptr && key != nullptr && EC_KEY_generate_key(ec.get()) == 1);
  RECOUP_CHECK(EVP_PKEY_assign_EC_KEY(key.get(), ec.release()) == 1);
  return key;
}

void SetTime(absl::Time time, X509* certificate, int (*set)(X509*, const ASN1_TIME*)) {
  const bssl::UniquePtr<ASN1_TIME> asn1(ASN1_TIME_set(nullptr, absl::ToTimeT(time)));
  RECOUP_CHECK(asn1 != nullptr && set(certificate, asn1.get()) == 1);
}

// Everything but issuer, extensions and signature. Fails only when the name is not UTF-8.
absl::StatusOr<bssl::UniquePtr<X509>> NewCertificate(const std::string& common_name,
                                                     absl::Time not_before, absl::Time not_after,
                                                     EVP_PKEY* key) {
  bssl::UniquePtr<X509> certificate(X509_new());
  const bssl::UniquePtr<BIGNUM> serial(BN_new());
  // RFC 5280 section 4.1.2.2: positive and at most 20 bytes; 127 random bits do not repeat.
  RECOUP_CHECK(certificate != nullptr && serial != nullptr &&
               BN_rand(serial.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1);
  RECOUP_CHECK(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())) !=
               nullptr);
  RECOUP_CHECK(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  RECOUP_CHECK(X509_set_pubkey(certificate.get(), key) == 1);
  SetTime(not_before, certificate.get(), X509_set1_notBefore);
  SetTime(not_after, certificate.get(), X509_set1_notAfter);
  if (X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate.get()), NID_commonName,
                                 MBSTRING_UTF8, Data(common_name),
                                 static_cast<int>(common_name.size()), -1, 0) != 1) {
    ERR_clear_error();
    return MakeError(Reason::kInvalidArgument, "the common name is not UTF-8");
  }
  return certificate;
}

// Only for constant values: names from a request would be parsed as configuration here.
void AddExtension(X509* issuer, X509* certificate, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const bssl::UniquePtr<X509_EXTENSION> extension(
      X509V3_EXT_nconf_nid(nullptr, &context, nid, value));
  RECOUP_CHECK(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void PushName(GENERAL_NAMES* names, int type, ASN1_STRING* value) {
  bssl::UniquePtr<GENERAL_NAME> name(GENERAL_NAME_new());
  RECOUP_CHECK(name != nullptr && value != nullptr);
  GENERAL_NAME_set0_value(name.get(), type, value);
  RECOUP_CHECK(bssl::PushToStack(names, std::move(name)));
}

ASN1_STRING* NewIa5String(const std::string& text) {
  ASN1_STRING* value = ASN1_STRING_type_new(V_ASN1_IA5STRING);
  RECOUP_CHECK(value != nullptr &&
               ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) == 1);
  return value;
}

void AddAlternativeNames(const CertificateRequest& request, X509* certificate) {
  const bssl::UniquePtr<GENERAL_NAMES> names(GENERAL_NAMES_new());
  RECOUP_CHECK(names != nullptr);
  if (!request.uri.empty()) PushName(names.get(), GEN_URI, NewIa5String(request.uri));
  for (const std::string& dns : request.dns_names) {
    PushName(names.get(), GEN_DNS, NewIa5String(dns));
  }
  for (const std::string& ip : request.ip_addresses) {
    PushName(names.get(), GEN_IPADD, a2i_IPADDRESS(ip.c_str()));
  }
  if (sk_GENERAL_NAME_num(names.get()) == 0) return;
  RECOUP_CHECK(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0,
                                 X509V3_ADD_DEFAULT) == 1);
}

Identity SignWith(EVP_PKEY* issuer_key, X509* certificate, EVP_PKEY* key) {
  RECOUP_CHECK(X509_sign(certificate, issuer_key, EVP_sha256()) != 0);
  return {WritePem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); }),
          PrivateKeyPem(key)};
}

bssl::UniquePtr<X509> ReadCertificate(std::string_view pem) {
  const bssl::UniquePtr<BIO> bio = ReadOnlyBio(pem);
  bssl::UniquePtr<X509> certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return certificate;
}

// Nothing when the certificate holds a date that is none.
absl::StatusOr<absl::Time> FromAsn1(const ASN1_TIME* time) {
  const bssl::UniquePtr<ASN1_TIME> epoch(ASN1_TIME_set(nullptr, 0));
  int days = 0;
  int seconds = 0;
  if (epoch == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) {
    ERR_clear_error();
    return MakeError(Reason::kInvalidArgument, "the certificate's validity is malformed");
  }
  return absl::UnixEpoch() + days * absl::Hours(24) + absl::Seconds(seconds);
}

std::string Text(const ASN1_STRING* value) {
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                     static_cast<std::size_t>(ASN1_STRING_length(value)));
}

std::string CommonName(const X509* certificate) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (index < 0) return "";
  std::uint8_t* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
  const bssl::UniquePtr<std::uint8_t> owner(utf8);
  if (size < 0) {
    ERR_clear_error();
    return "";
  }
  return std::string(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
}

}  // namespace

absl::StatusOr<Identity> CreateCa(const CaRequest& request) {
  Faults faults;
  CheckNameAndTimes(request.common_name, request.not_before, request.not_after, faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  const bssl::UniquePtr<EVP_PKEY> key = NewKey();
  RECOUP_ASSIGN_OR_RETURN(
      const bssl::UniquePtr<X509> certificate,
      NewCertificate(request.common_name, request.not_before, request.not_after, key.get()));
  X509* const self = certificate.get();
  RECOUP_CHECK(X509_set_issuer_name(self, X509_get_subject_name(self)) == 1);
  AddExtension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  AddExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
  AddExtension(self, self, NID_subject_key_identifier, "hash");
  return SignWith(key.get(), self, key.get());
}

absl::StatusOr<Identity> IssueCertificate(const Identity& ca, const CertificateRequest& request) {
  RECOUP_RETURN_IF_ERROR(CheckRequest(request));
  const bssl::UniquePtr<X509> issuer = ReadCertificate(ca.certificate_pem);
  const bssl::UniquePtr<EVP_PKEY> issuer_key = ReadPrivateKey(ca.key_pem);
  if (issuer == nullptr || issuer_key == nullptr ||
      X509_check_private_key(issuer.get(), issuer_key.get()) != 1 ||
      X509_check_ca(issuer.get()) != 1) {
    ERR_clear_error();
    return MakeError(Reason::kInvalidArgument,
                     "this is not an authority's certificate and its key");
  }
  const bssl::UniquePtr<EVP_PKEY> key = NewKey();
  RECOUP_ASSIGN_OR_RETURN(
      const bssl::UniquePtr<X509> certificate,
      NewCertificate(request.common_name, request.not_before, request.not_after, key.get()));
  X509* const subject = certificate.get();
  RECOUP_CHECK(X509_set_issuer_name(subject, X509_get_subject_name(issuer.get())) == 1);
  AddExtension(issuer.get(), subject, NID_basic_constraints, "critical,CA:FALSE");
  AddExtension(issuer.get(), subject, NID_key_usage, "critical,digitalSignature");
  AddExtension(issuer.get(), subject, NID_ext_key_usage,
               request.server && request.client ? "serverAuth,clientAuth"
               : request.server                 ? "serverAuth"
                                                : "clientAuth");
  AddExtension(issuer.get(), subject, NID_subject_key_identifier, "hash");
  AddExtension(issuer.get(), subject, NID_authority_key_identifier, "keyid");
  AddAlternativeNames(request, subject);
  return SignWith(issuer_key.get(), subject, key.get());
}

absl::StatusOr<CertificateInfo> ParseCertificate(std::string_view pem) {
  const bssl::UniquePtr<X509> certificate = ReadCertificate(pem);
  if (certificate == nullptr) {
    return MakeError(Reason::kInvalidArgument, "this is not a certificate in PEM");
  }
  CertificateInfo info;
  info.common_name = CommonName(certificate.get());
  RECOUP_ASSIGN_OR_RETURN(info.not_before, FromAsn1(X509_get0_notBefore(certificate.get())));
  RECOUP_ASSIGN_OR_RETURN(info.not_after, FromAsn1(X509_get0_notAfter(certificate.get())));
  const bssl::UniquePtr<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  ERR_clear_error();
  if (names == nullptr) return info;
  for (std::size_t i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_URI) info.uris.push_back(Text(name->d.uniformResourceIdentifier));
    if (name->type == GEN_DNS) info.dns_names.push_back(Text(name->d.dNSName));
  }
  return info;
}

}  // namespace recoup::crypto
