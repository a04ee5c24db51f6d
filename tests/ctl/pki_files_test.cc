// The development PKI as files: what is written, with which modes and identities, and that nothing
// is ever overwritten.
#include "ctl/pki_files.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/pki.h"
#include "hub/crypto/signing.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::ctl {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'770'000'000);

std::string ReadAll(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

int ModeOf(const fs::path& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return static_cast<int>(status.st_mode & 0777);
}

class PkiFilesTest : public testing::Test {
 protected:
  PkiInitRequest Init() const {
    return {
        .dir = directory_.path(), .dns_names = {"hub.example"}, .ip_addresses = {}, .now = kNow};
  }
  PkiIssueRequest Issue(std::string party, std::string actor = "") const {
    return {.dir = directory_.path(),
            .party = std::move(party),
            .actor = std::move(actor),
            .now = kNow};
  }
  fs::path At(const char* file) const { return fs::path(directory_.path()) / file; }

  TemporaryDirectory directory_;
  SeededRandom random_{7};
};

TEST_F(PkiFilesTest, InitWritesAnAuthorityAndTheHubsKeys) {
  const auto written = InitPki(Init(), random_);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->size(), 7u);
  for (const char* secret : {"ca.key", "hub/server.key", "hub/keyring", "hub/tree-head.key"}) {
    EXPECT_EQ(ModeOf(At(secret)), 0600) << secret;
  }
  EXPECT_EQ(ModeOf(At("hub")), 0700);
  const auto server = crypto::ParseCertificate(ReadAll(At("hub/server.pem")));
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_THAT(server->dns_names, ElementsAre("localhost", "hub.example"));
  EXPECT_EQ(server->not_after, kNow + absl::Hours(24) * 3650);
  EXPECT_TRUE(crypto::Keyring::Load(At("hub/keyring").string()).ok());
  const auto key = crypto::SigningKey::Load(At("hub/tree-head.key").string());
  ASSERT_TRUE(key.ok()) << key.status();
  const auto public_half = crypto::VerifyKey::FromPem(ReadAll(At("hub/tree-head.pem")));
  ASSERT_TRUE(public_half.ok()) << public_half.status();
  EXPECT_EQ(key->verify_key(), *public_half);
}

TEST_F(PkiFilesTest, NothingIsOverwrittenAndNothingIsWrittenBesideIt) {
  std::ofstream(At("ca.pem")) << "mine";
  const auto written = InitPki(Init(), random_);
  EXPECT_EQ(written.status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(DetailOf(written.status()).preconditions.size(), 1u);
  EXPECT_EQ(DetailOf(written.status()).preconditions[0].subject, At("ca.pem").string());
  EXPECT_EQ(ReadAll(At("ca.pem")), "mine");
  EXPECT_FALSE(fs::exists(At("hub")));
}

TEST_F(PkiFilesTest, ASecondInitNamesEveryFileThatExists) {
  ASSERT_TRUE(InitPki(Init(), random_).ok());
  const std::string before = ReadAll(At("ca.key"));
  const auto again = InitPki(Init(), random_);
  EXPECT_EQ(DetailOf(again.status()).preconditions.size(), 7u);
  EXPECT_EQ(ReadAll(At("ca.key")), before);
}

TEST_F(PkiFilesTest, APartyGetsACertificateThatNamesItAndASigningKey) {
  ASSERT_TRUE(InitPki(Init(), random_).ok());
  const auto issued = IssueParty(Issue("insurer/huaan"), random_);
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->uri, "recoup://insurer/huaan");
  const auto info = crypto::ParseCertificate(ReadAll(issued->certificate_file));
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_THAT(info->uris, ElementsAre("recoup://insurer/huaan"));
  EXPECT_EQ(ModeOf(issued->key_file), 0600);
  EXPECT_EQ(ModeOf(issued->signing_key_file), 0600);
  EXPECT_TRUE(issued->signing_key_is_new);
  const auto key = crypto::SigningKey::Load(issued->signing_key_file.string());
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->key_id(), issued->signing_key_id);
}

TEST_F(PkiFilesTest, ActorsShareTheSigningKeyOfTheirParty) {
  ASSERT_TRUE(InitPki(Init(), random_).ok());
  const auto first = IssueParty(Issue("fund/pudong", "wang-min"), random_);
  const auto second = IssueParty(Issue("fund/pudong", "li-na"), random_);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(second->uri, "recoup://fund/pudong/li-na");
  EXPECT_FALSE(second->signing_key_is_new);
  EXPECT_EQ(first->signing_key_id, second->signing_key_id);
  EXPECT_NE(ReadAll(first->certificate_file), ReadAll(second->certificate_file));
}

TEST_F(PkiFilesTest, TheSameCertificateIsNotIssuedTwice) {
  ASSERT_TRUE(InitPki(Init(), random_).ok());
  const auto issued = IssueParty(Issue("court/pudong"), random_);
  ASSERT_TRUE(issued.ok());
  const std::string before = ReadAll(issued->certificate_file);
  EXPECT_EQ(IssueParty(Issue("court/pudong"), random_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReadAll(issued->certificate_file), before);
}

TEST_F(PkiFilesTest, MalformedNamesAreRefusedWithAllFaults) {
  ASSERT_TRUE(InitPki(Init(), random_).ok());
  struct Row {
    std::string party;
    std::string actor;
    std::size_t faults;
  };
  const std::vector<Row> table = {{"insurer", "", 1},
                                  {"bank/huaan", "", 1},
                                  {"insurer/", "", 1},
                                  {"insurer/Hua An", "", 1},
                                  {"insurer/../../x", "", 1},
                                  {"insurer/huaan", "../x", 1},
                                  {"", "王", 3},
                                  {"fund/pudong", "wang min", 1}};
  for (const Row& row : table) {
    SCOPED_TRACE(row.party + " " + row.actor);
    const auto issued = IssueParty(Issue(row.party, row.actor), random_);
    EXPECT_EQ(issued.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(DetailOf(issued.status()).faults.size(), row.faults);
  }
  EXPECT_FALSE(fs::exists(At("parties")));
}

TEST_F(PkiFilesTest, IssueNeedsAnAuthority) {
  EXPECT_EQ(IssueParty(Issue("court/pudong"), random_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace recoup::ctl
