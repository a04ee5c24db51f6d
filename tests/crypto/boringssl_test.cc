// The one test that calls BoringSSL itself: that the library was built right, and that a sealed
// record is what its documentation says, so that another program could open it.
#include <gtest/gtest.h>
#include <openssl/aead.h>

#include <string>
#include <vector>

#include "hub/crypto/bytes.h"
#include "hub/crypto/sealing.h"

namespace recoup::crypto {
namespace {

std::string Aes256GcmSiv(std::string_view key, std::string_view nonce, std::string_view plaintext,
                         std::string_view associated) {
  bssl::ScopedEVP_AEAD_CTX context;
  EXPECT_EQ(EVP_AEAD_CTX_init(context.get(), EVP_aead_aes_256_gcm_siv(), Data(key), key.size(), 16,
                              nullptr),
            1);
  std::string out(plaintext.size() + 16, '\0');
  std::size_t size = 0;
  EXPECT_EQ(EVP_AEAD_CTX_seal(context.get(), MutableData(out), &size, out.size(), Data(nonce),
                              nonce.size(), Data(plaintext), plaintext.size(), Data(associated),
                              associated.size()),
            1);
  return out;
}

// RFC 8452 appendix C.2.
TEST(BoringSslTest, Aes256GcmSivKnownAnswers) {
  struct Row {
    std::string plaintext;
    std::string associated;
    std::string result;
  };
  const std::vector<Row> rows = {
      {"", "", "07f5f4169bbf55a8400cd47ea6fd400f"},
      {"0100000000000000", "", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"},
      {"01000000000000000000000000000000", "",
       "85a01b63025ba19b7fd3ddfc033b3e76c9eac6fa700942702e90862383c6c366"},
      {"010000000000000000000000000000000200000000000000000000000000000003000000000000000000000000"
       "000000",
       "",
       "c00d121893a9fa603f48ccc1ca3c57ce7499245ea0046db16c53c7c66fe717e39cf6c748837b61f6ee3adcee17"
       "534ed5790bc96880a99ba804bd12c0e6a22cc4"},
      {"0200000000000000", "01", "1de22967237a813291213f267e3b452f02d01ae33e4ec854"},
      {"02000000000000000000000000000000", "01",
       "c91545823cc24f17dbb0e9e807d5ec17b292d28ff61189e8e49f3875ef91aff7"},
  };
  const std::string key = *FromHex("01" + std::string(62, '0'));
  const std::string nonce = *FromHex("03" + std::string(22, '0'));
  for (const Row& row : rows) {
    EXPECT_EQ(ToHex(Aes256GcmSiv(key, nonce, *FromHex(row.plaintext), *FromHex(row.associated))),
              row.result);
  }
}

TEST(SealedRecordTest, HasTheDocumentedFormat) {
  const Keyring keyring =
      Keyring::Parse("258=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").value();
  SeededRandom random(1);
  const std::string sealed = Sealer(keyring, random).Seal("310115-310", "flag/1", "plaintext");
  EXPECT_EQ(ToHex(sealed.substr(0, 3)), "010102");
  const std::string key =
      HkdfSha256(keyring.keys().at(258).bytes(), "recoup sealing v1", "310115-310", 32);
  const std::string associated = *FromHex("0101020000000a") + "310115-310" + "flag/1";
  EXPECT_EQ(ToHex(sealed.substr(15)),
            ToHex(Aes256GcmSiv(key, sealed.substr(3, 12), "plaintext", associated)));
}

}  // namespace
}  // namespace recoup::crypto
