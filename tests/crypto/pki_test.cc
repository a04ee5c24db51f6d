#include "hub/crypto/pki.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "hub/base/error.h"

namespace recoup::crypto {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'793'491'200);  // 2026-11-01 UTC.

CaRequest CaFor(std::string name) {
  return {std::move(name), kStart, kStart + absl::Hours(24 * 3650)};
}

CertificateRequest InsurerRequest() {
  CertificateRequest request;
  request.common_name = "华安财产保险";
  request.uri = "recoup://insurer/huaan";
  request.dns_names = {"localhost", "hub.example"};
  request.ip_addresses = {"127.0.0.1", "::1"};
  request.client = true;
  request.not_before = kStart;
  request.not_after = kStart + absl::Hours(24 * 365);
  return request;
}

TEST(PkiTest, CertificateSaysWhatWasAsked) {
  const auto ca = CreateCa(CaFor("Recoup development CA"));
  ASSERT_TRUE(ca.ok()) << ca.status();
  const auto identity = IssueCertificate(*ca, InsurerRequest());
  ASSERT_TRUE(identity.ok()) << identity.status();
  const auto info = ParseCertificate(identity->certificate_pem);
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_EQ(info->common_name, "华安财产保险");
  EXPECT_EQ(info->uris, std::vector<std::string>{"recoup://insurer/huaan"});
  EXPECT_EQ(info->dns_names, (std::vector<std::string>{"localhost", "hub.example"}));
  EXPECT_EQ(info->not_before, kStart);
  EXPECT_EQ(info->not_after, kStart + absl::Hours(24 * 365));
}

TEST(PkiTest, ValidityHoldsBeyond2049_WhereTheEncodingChanges) {
  CertificateRequest request = InsurerRequest();
  request.not_after = absl::FromCivil(absl::CivilSecond(2051, 2, 3, 4, 5, 6), absl::UTCTimeZone());
  const auto identity = IssueCertificate(*CreateCa(CaFor("CA")), request);
  EXPECT_EQ(ParseCertificate(identity->certificate_pem)->not_after, request.not_after);
}

TEST(PkiTest, NamesCannotSmuggleOthersIn) {
  CertificateRequest request = InsurerRequest();
  request.dns_names = {"a.example,URI:recoup://fund/all"};
  const auto identity = IssueCertificate(*CreateCa(CaFor("CA")), request);
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(ParseCertificate(identity->certificate_pem)->uris,
            std::vector<std::string>{"recoup://insurer/huaan"});
}

TEST(PkiTest, EveryCertificateHasItsOwnKey) {
  const auto ca = CreateCa(CaFor("CA"));
  EXPECT_NE(IssueCertificate(*ca, InsurerRequest())->key_pem,
            IssueCertificate(*ca, InsurerRequest())->key_pem);
}

TEST(PkiTest, RefusesEachFaultByItsPath) {
  struct Row {
    std::string field;
    std::function<void(CertificateRequest&)> spoil;
  };
  const std::vector<Row> rows = {
      {"common_name", [](CertificateRequest& r) { r.common_name = ""; }},
      {"common_name", [](CertificateRequest& r) { r.common_name = std::string(65, 'x'); }},
      {"uri", [](CertificateRequest& r) { r.uri = "https://insurer/huaan"; }},
      {"uri", [](CertificateRequest& r) { r.uri = "recoup://insurer/hua an"; }},
      {"uri", [](CertificateRequest& r) { r.uri = "recoup://insurer/华安"; }},
      {"dns_names[1]", [](CertificateRequest& r) { r.dns_names[1] = ""; }},
      {"ip_addresses[0]", [](CertificateRequest& r) { r.ip_addresses[0] = "127.0.0.256"; }},
      {"server", [](CertificateRequest& r) { r.client = false; }},
      {"not_after", [](CertificateRequest& r) { r.not_after = r.not_before; }},
      {"not_after", [](CertificateRequest& r) { r.not_after = absl::InfiniteFuture(); }},
      {"not_after", [](CertificateRequest& r) { r.not_before = absl::InfinitePast(); }},
  };
  const auto ca = CreateCa(CaFor("CA"));
  for (const Row& row : rows) {
    CertificateRequest request = InsurerRequest();
    row.spoil(request);
    const ErrorDetail detail = DetailOf(IssueCertificate(*ca, request).status());
    ASSERT_EQ(detail.faults.size(), 1u) << row.field;
    EXPECT_EQ(detail.faults[0].field, row.field);
  }
}

TEST(PkiTest, OnlyAnAuthorityIssues) {
  const auto ca = CreateCa(CaFor("CA"));
  const auto other = CreateCa(CaFor("CA"));
  const auto party = IssueCertificate(*ca, InsurerRequest());
  for (const Identity& refused : {*party, Identity{ca->certificate_pem, other->key_pem},
                                  Identity{ca->certificate_pem, ""}, Identity{"", ca->key_pem}}) {
    EXPECT_EQ(IssueCertificate(refused, InsurerRequest()).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST(PkiTest, RefusesWhatIsNoCertificate) {
  const auto ca = CreateCa(CaFor("CA"));
  const std::string pem = ca->certificate_pem;
  for (const std::string& refused :
       {std::string(), std::string("x"), ca->key_pem, pem.substr(0, pem.size() / 2)}) {
    EXPECT_EQ(ParseCertificate(refused).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace recoup::crypto
