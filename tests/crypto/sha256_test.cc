#include "hub/crypto/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace recoup::crypto {
namespace {

std::string Bytes(std::string_view hex) { return FromHex(hex).value(); }

// FIPS 180-4 examples.
TEST(Sha256Test, KnownAnswers) {
  EXPECT_EQ(ToHex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHex(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(ToHex(Sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, PiecesHashLikeTheWhole_AtEveryCut) {
  std::string text;
  for (int i = 0; i < 200; ++i) text.push_back(static_cast<char>(i));
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256Hasher hasher;
    hasher.Update(text.substr(0, cut));
    const Digest before = hasher.Finish();
    EXPECT_EQ(before, Sha256(text.substr(0, cut)));
    EXPECT_EQ(hasher.Update(text.substr(cut)).Finish(), Sha256(text)) << "cut " << cut;
  }
}

TEST(HmacTest, Rfc4231) {
  struct Row {
    std::string key;
    std::string message;
    std::string hmac;
  };
  const std::vector<Row> rows = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {Bytes("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ToHex(HmacSha256(row.key, row.message)), row.hmac);
    const HmacKey key(row.key);
    EXPECT_EQ(key.Sign(row.message), key.Sign(row.message)) << "a key can be used again";
  }
}

TEST(HkdfTest, Rfc5869) {
  EXPECT_EQ(ToHex(HkdfSha256(std::string(22, '\x0b'), Bytes("000102030405060708090a0b0c"),
                             Bytes("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(ToHex(HkdfSha256(std::string(22, '\x0b'), "", "", 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(HexTest, RoundTripAndRefusals) {
  EXPECT_EQ(ToHex(std::string_view("\x00\x7f\x80\xff", 4)), "007f80ff");
  EXPECT_EQ(FromHex("007F80fF"), std::string("\x00\x7f\x80\xff", 4));
  EXPECT_EQ(FromHex(""), "");
  for (const char* bad : {"0", "0g", "g0", "0x", " 00", "00 "}) {
    EXPECT_EQ(FromHex(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(DigestFromHex(ToHex(Sha256("x"))), Sha256("x"));
  EXPECT_EQ(DigestFromHex(std::string(62, '0')), std::nullopt);
  EXPECT_EQ(DigestFromHex(std::string(66, '0')), std::nullopt);
  EXPECT_EQ(DigestFromBytes(std::string(31, 'x')), std::nullopt);
}

TEST(ConstantTimeEqualsTest, ComparesContentAndLength) {
  EXPECT_TRUE(ConstantTimeEquals("", ""));
  EXPECT_TRUE(ConstantTimeEquals("abc", "abc"));
  EXPECT_FALSE(ConstantTimeEquals("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEquals("abc", "ab"));
}

}  // namespace
}  // namespace recoup::crypto
