#include "hub/crypto/sealing.h"

#include <openssl/aead.h>
#include <openssl/err.h>
#include <openssl/mem.h>

#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/mutex.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"

namespace recoup::crypto {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kHeaderSize = 3;  // Format and key version.
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kPrefixSize = kHeaderSize + kNonceSize;
constexpr std::size_t kTagSize = 16;
static_assert(Sealer::kOverhead == kPrefixSize + kTagSize);

// Length-prefixed, so that no context and binding can be read as another pair.
std::string AssociatedData(std::string_view header, std::string_view context,
                           std::string_view binding) {
  std::string out;
  out.reserve(header.size() + 4 + context.size() + binding.size());
  out.append(header);
  AppendBigEndian(context.size(), 4, out);
  out.append(context);
  out.append(binding);
  return out;
}

// BoringSSL's contexts are read-only once made, so threads may share one.
class DataKey final {
 public:
  DataKey(const SecretKey& master, std::string_view context) {
    std::string key = HkdfSha256(master.bytes(), "recoup sealing v1", context, 32);
    RECOUP_CHECK(EVP_AEAD_CTX_init(context_.get(), EVP_aead_aes_256_gcm_siv(), Data(key),
                                   key.size(), kTagSize, nullptr) == 1);
    OPENSSL_cleanse(key.data(), key.size());
  }
  const EVP_AEAD_CTX* get() const { return context_.get(); }

 private:
  bssl::ScopedEVP_AEAD_CTX context_;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// The data keys derived from one master key. Entries stay until the end, so pointers to them do.
class DataKeys final {
 public:
  explicit DataKeys(const SecretKey& master) : master_(master) {}

  const DataKey& For(std::string_view context) {
    {
      const MutexLock lock(mutex_);
      const auto found = keys_.find(context);
      if (found != keys_.end()) return *found->second;
    }
    // Derived outside the lock; two threads may derive the same key, and the first one stays.
    auto key = std::make_unique<const DataKey>(master_, context);
    const MutexLock lock(mutex_);
    return *keys_.try_emplace(std::string(context), std::move(key)).first->second;
  }

 private:
  const SecretKey master_;
  Mutex mutex_;
  std::unordered_map<std::string, std::unique_ptr<const DataKey>, TextHash, std::equal_to<>> keys_
      RECOUP_GUARDED_BY(mutex_);
};

}  // namespace

class Sealer::State final {
 public:
  State(const Keyring& keyring, Random& random)
      : current_version_(keyring.current_version()), random_(random) {
    for (const auto& [version, key] : keyring.keys()) keys_.try_emplace(version, key);
  }

  KeyVersion current_version() const { return current_version_; }

  const DataKey* Find(KeyVersion version, std::string_view context) {
    const auto found = keys_.find(version);
    return found == keys_.end() ? nullptr : &found->second.For(context);
  }

  void AppendNonce(std::string& out) {
    const MutexLock lock(mutex_);
    AppendBigEndian(random_.Next(), 8, out);
    AppendBigEndian(random_.Next(), kNonceSize - 8, out);
  }

 private:
  const KeyVersion current_version_;
  std::map<KeyVersion, DataKeys> keys_;  // Its shape never changes after construction.
  Mutex mutex_;
  Random& random_ RECOUP_GUARDED_BY(mutex_);
};

Sealer::Sealer(const Keyring& keyring, Random& random)
    : state_(std::make_unique<State>(keyring, random)) {}

Sealer::~Sealer() = default;

std::string Sealer::Seal(std::string_view context, std::string_view binding,
                         std::string_view plaintext) const {
  const KeyVersion version = state_->current_version();
  const DataKey* key = state_->Find(version, context);
  std::string sealed;
  sealed.reserve(plaintext.size() + kOverhead);
  sealed.push_back(static_cast<char>(kFormat));
  AppendBigEndian(version, 2, sealed);
  const std::string associated = AssociatedData(sealed, context, binding);
  state_->AppendNonce(sealed);
  sealed.resize(plaintext.size() + kOverhead);
  std::uint8_t* const out = MutableData(sealed);
  std::size_t written = 0;
  RECOUP_CHECK(EVP_AEAD_CTX_seal(key->get(), out + kPrefixSize, &written,
                                 sealed.size() - kPrefixSize, out + kHeaderSize, kNonceSize,
                                 Data(plaintext), plaintext.size(), Data(associated),
                                 associated.size()) == 1);
  RECOUP_CHECK(written == plaintext.size() + kTagSize);
  return sealed;
}

absl::StatusOr<std::string> Sealer::Open(std::string_view context, std::string_view binding,
                                         std::string_view sealed) const {
  RECOUP_ASSIGN_OR_RETURN(const KeyVersion version, SealedKeyVersion(sealed));
  const DataKey* key = state_->Find(version, context);
  if (key == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("the keyring holds no key version ", version));
  }
  const std::string associated = AssociatedData(sealed.substr(0, kHeaderSize), context, binding);
  const std::string_view nonce = sealed.substr(kHeaderSize, kNonceSize);
  const std::string_view ciphertext = sealed.substr(kPrefixSize);
  std::string plaintext(ciphertext.size() - kTagSize, '\0');
  std::size_t written = 0;
  if (EVP_AEAD_CTX_open(key->get(), MutableData(plaintext), &written, plaintext.size(), Data(nonce),
                        nonce.size(), Data(ciphertext), ciphertext.size(), Data(associated),
                        associated.size()) != 1) {
    ERR_clear_error();
    return absl::DataLossError("a sealed record was altered, or belongs to another record");
  }
  plaintext.resize(written);
  return plaintext;
}

absl::StatusOr<std::string> Sealer::Reseal(std::string_view context, std::string_view binding,
                                           std::string_view sealed) const {
  RECOUP_ASSIGN_OR_RETURN(std::string plaintext, Open(context, binding, sealed));
  RECOUP_ASSIGN_OR_RETURN(const KeyVersion version, SealedKeyVersion(sealed));
  std::string resealed = version == state_->current_version() ? std::string(sealed)
                                                              : Seal(context, binding, plaintext);
  OPENSSL_cleanse(plaintext.data(), plaintext.size());
  return resealed;
}

absl::StatusOr<KeyVersion> SealedKeyVersion(std::string_view sealed) {
  if (sealed.size() < Sealer::kOverhead || static_cast<std::uint8_t>(sealed.front()) != kFormat) {
    return MakeError(Reason::kInvalidArgument, "this is not a sealed record");
  }
  return static_cast<KeyVersion>(ReadBigEndian(sealed.substr(1, 2)));
}

}  // namespace recoup::crypto
