#include "hub/crypto/sealing.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hub/crypto/blind_index.h"

namespace recoup::crypto {
namespace {

constexpr char kOldLine[] = "1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
constexpr char kNewLine[] = "2=ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";
constexpr char kPool[] = "310115-310";
constexpr char kBinding[] = "flag/1";

Keyring KeyringOf(const std::string& text) { return Keyring::Parse(text).value(); }

class SealerTest : public testing::Test {
 protected:
  SeededRandom random_{20261121};
  SeededRandom other_random_{42};
  Sealer sealer_{KeyringOf(kOldLine), random_};
};

TEST_F(SealerTest, OpensWhatItSealed_OfEverySizeAroundTheBlocks) {
  for (std::size_t size = 0; size <= 200; ++size) {
    const std::string plaintext(size, 'p');
    const std::string sealed = sealer_.Seal(kPool, kBinding, plaintext);
    EXPECT_EQ(sealed.size(), size + Sealer::kOverhead);
    const auto opened = sealer_.Open(kPool, kBinding, sealed);
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(*opened, plaintext);
  }
}

TEST_F(SealerTest, EveryNonceIsItsOwn) {
  std::set<std::string> records;
  for (int i = 0; i < 1000; ++i) records.insert(sealer_.Seal(kPool, kBinding, "same"));
  EXPECT_EQ(records.size(), 1000u);
}

TEST_F(SealerTest, RefusesARecord_WithAnyByteAltered) {
  const std::string sealed = sealer_.Seal(kPool, kBinding, "一段自由文本 with 400 bytes or fewer");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string altered = sealed;
      altered[i] = static_cast<char>(altered[i] ^ flip);
      const absl::StatusCode code = sealer_.Open(kPool, kBinding, altered).status().code();
      // Byte 0 is the format, bytes 1 and 2 the key version, of which only 1 exists.
      const absl::StatusCode expected = i == 0   ? absl::StatusCode::kInvalidArgument
                                        : i <= 2 ? absl::StatusCode::kFailedPrecondition
                                                 : absl::StatusCode::kDataLoss;
      EXPECT_EQ(code, expected) << "byte " << i << " flip " << flip;
    }
  }
}

TEST_F(SealerTest, RefusesARecord_CutOrLengthened) {
  const std::string sealed = sealer_.Seal(kPool, kBinding, "text");
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(sealer_.Open(kPool, kBinding, sealed.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(sealer_.Open(kPool, kBinding, sealed + '\0').ok());
}

TEST_F(SealerTest, RefusesARecordThatWasMoved) {
  const std::string sealed = sealer_.Seal(kPool, kBinding, "text");
  EXPECT_EQ(sealer_.Open("310115-390", kBinding, sealed).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(sealer_.Open(kPool, "flag/2", sealed).status().code(), absl::StatusCode::kDataLoss);
  // The border between context and binding is authenticated as well.
  EXPECT_EQ(sealer_.Open("310115-310f", "lag/1", sealed).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, RefusesAVersionClaimedForAnotherKey) {
  const Sealer both(KeyringOf(std::string(kOldLine) + kNewLine), other_random_);
  std::string sealed = sealer_.Seal(kPool, kBinding, "text");
  sealed[2] = 2;
  EXPECT_EQ(both.Open(kPool, kBinding, sealed).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, RotatesWithoutLosingARecord) {
  const std::string sealed_before = sealer_.Seal(kPool, kBinding, "kept");
  const Sealer both(KeyringOf(std::string(kOldLine) + kNewLine), other_random_);
  EXPECT_EQ(*both.Open(kPool, kBinding, sealed_before), "kept");
  EXPECT_EQ(*SealedKeyVersion(both.Seal(kPool, kBinding, "x")), 2);

  const auto resealed = both.Reseal(kPool, kBinding, sealed_before);
  ASSERT_TRUE(resealed.ok()) << resealed.status();
  EXPECT_EQ(*SealedKeyVersion(*resealed), 2);
  EXPECT_EQ(*both.Reseal(kPool, kBinding, *resealed), *resealed) << "already current: left alone";

  SeededRandom last_random(3);
  const Sealer after(KeyringOf(kNewLine), last_random);
  EXPECT_EQ(*after.Open(kPool, kBinding, *resealed), "kept");
  EXPECT_EQ(after.Open(kPool, kBinding, sealed_before).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(SealerTest, ResealReportsADamagedRecord_AlsoUnderTheCurrentKey) {
  std::string sealed = sealer_.Seal(kPool, kBinding, "text");
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  EXPECT_EQ(sealer_.Reseal(kPool, kBinding, sealed).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, ThreadsShareIt) {
  std::vector<int> opened(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < opened.size(); ++t) {
    threads.emplace_back([this, t, &opened] {
      for (int i = 0; i < 500; ++i) {
        const std::string pool = "pool" + std::to_string(i % 7);  // Keys are derived concurrently.
        const std::string text = std::to_string(i);
        const auto result = sealer_.Open(pool, kBinding, sealer_.Seal(pool, kBinding, text));
        if (result.ok() && *result == text) ++opened[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, std::vector<int>(4, 500));
}

TEST(BlindIndexTest, EqualValuesMeet_DifferentKindsValuesAndKeysDoNot) {
  const BlindIndex index(KeyringOf(kOldLine));
  const BlindIndex again(KeyringOf(kOldLine));
  const BlindIndex other(KeyringOf(kNewLine));
  const IndexValue value = index.Of(IndexKind::kName, "陆思远");
  EXPECT_EQ(again.Of(IndexKind::kName, "陆思远"), value);
  EXPECT_NE(index.Of(IndexKind::kName, "陆思遠"), value);
  EXPECT_NE(index.Of(IndexKind::kCaseNumber, "陆思远"), value);
  EXPECT_NE(index.Of(IndexKind::kIdNumber, "陆思远"), value);
  EXPECT_NE(other.Of(IndexKind::kName, "陆思远"), value);
}

TEST(BlindIndexTest, RotationKeepsTheIndex_UntilTheOldKeyGoes) {
  const BlindIndex before(KeyringOf(kOldLine));
  const Keyring both = KeyringOf(std::string(kOldLine) + kNewLine);
  EXPECT_EQ(BlindIndex(both).key_id(), before.key_id());
  EXPECT_EQ(BlindIndex(both).Of(IndexKind::kName, "x"), before.Of(IndexKind::kName, "x"));

  const BlindIndex after(KeyringOf(kNewLine));
  EXPECT_NE(after.key_id(), before.key_id());
  EXPECT_EQ(BlindIndex::Create(both, 2)->Of(IndexKind::kName, "x"),
            after.Of(IndexKind::kName, "x"));
  EXPECT_EQ(BlindIndex::Create(both, 3).status().code(), absl::StatusCode::kNotFound);
}

// Stored indexes outlive any release: HMAC-SHA-256 under HKDF(key, salt, label), cut to 16 bytes.
TEST(BlindIndexTest, FollowsItsDerivation) {
  const Keyring keyring = KeyringOf(kOldLine);
  const std::string key =
      HkdfSha256(keyring.keys().at(1).bytes(), "recoup blind index v1", "id number", 32);
  const IndexValue value = BlindIndex(keyring).Of(IndexKind::kIdNumber, "31010119900307131X");
  EXPECT_EQ(ToHex(std::string_view(reinterpret_cast<const char*>(value.data()), value.size())),
            ToHex(HmacSha256(key, "31010119900307131X")).substr(0, 32));
}

}  // namespace
}  // namespace recoup::crypto
