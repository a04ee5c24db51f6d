#include "adapters/hospital/program/serve_keys.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/program/listen.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/secret_file.h"

namespace recoup::hospital {
namespace {

using config::KeyType;

// Shorter ones are guessed.
constexpr std::size_t kTokenCharactersMin = 16;

// Readable by its owner alone, as every secret.
std::string TokenFrom(const std::string& file, Faults& faults) {
  if (file.empty()) {
    faults.Add("listen.http_token_file", "监听 HTTP 须设置令牌文件");
    return "";
  }
  const absl::StatusOr<std::string> text = crypto::ReadSecretFile(file);
  if (!text.ok()) {
    faults.Add("listen.http_token_file",
               absl::StrCat("令牌文件无法使用：", std::string(text.status().message())));
    return "";
  }
  std::string token(Trimmed(*text));
  if (token.size() < kTokenCharactersMin) {
    faults.Add("listen.http_token_file",
               absl::StrCat("令牌至少要有 ", kTokenCharactersMin, " 个字符"));
  }
  return token;
}

}  // namespace

std::vector<config::KeyRow> ListenKeys() {
  return {
      {.name = "listen.mllp",
       .type = KeyType::kString,
       .help = "Address and port for HL7 v2 over MLLP (`10.0.0.5:2575`); empty: none.",
       .default_text = "",
       .zh = "MLLP 上 HL7 v2 的地址和端口；空为不开"},
      {.name = "listen.http",
       .type = KeyType::kString,
       .help = "Address and port for the national interface (`POST /infno/2401`); empty: none.",
       .default_text = "",
       .zh = "国家接口的地址和端口（POST /infno/2401）；空为不开"},
      {.name = "listen.http_token_file",
       .type = KeyType::kPath,
       .help = "File with the token that HTTP callers send (`Authorization: Bearer …`).",
       .zh = "HTTP 调用方须带的令牌文件"},
      {.name = "listen.tls_certificate_file",
       .type = KeyType::kPath,
       .help = "PEM file of the listeners' certificate chain; with it both speak TLS.",
       .zh = "监听口的证书链（PEM）；有则两口都用 TLS"},
      {.name = "listen.tls_key_file",
       .type = KeyType::kPath,
       .help = "PEM file of that certificate's private key.",
       .zh = "该证书的私钥（PEM）"},
      {.name = "listen.tls_client_ca_file",
       .type = KeyType::kPath,
       .help = "PEM file of the authority that signs callers' certificates; with it callers must "
               "have one.",
       .zh = "签发调用方证书的 CA（PEM）；有则调用方须有证书"},
      {.name = "listen.connections_max",
       .type = KeyType::kInteger,
       .help = "MLLP connections at a time.",
       .default_text = "256",
       .min = 1,
       .max = 10000,
       .zh = "MLLP 同时最多多少个连接"},
      {.name = "listen.idle_max",
       .type = KeyType::kDuration,
       .help = "An MLLP peer that is silent for so long is hung up on.",
       .default_text = "24h",
       .zh = "MLLP 对方静默多久即挂断"},
      {.name = "listen.stall_max",
       .type = KeyType::kDuration,
       .help = "How long a peer may take for one message, and to take its answers.",
       .default_text = "30s",
       .zh = "对方收发一条消息最多多久"},
  };
}

absl::StatusOr<ListenOptions> ListenOptionsFrom(const config::Config& config) {
  Faults faults;
  ListenOptions options;
  const auto endpoint = [&](const std::string& key) -> std::optional<Endpoint> {
    const std::string& text = config.String(key);
    if (text.empty()) return std::nullopt;
    absl::StatusOr<Endpoint> parsed = EndpointFromText(text);
    if (parsed.ok()) return *std::move(parsed);
    faults.Add(key, std::string(parsed.status().message()));
    return std::nullopt;
  };
  const auto path = [&](const std::string& key) {
    return config.Has(key) ? config.Path(key).string() : std::string();
  };
  const TlsFiles tls{path("listen.tls_certificate_file"), path("listen.tls_key_file"),
                     path("listen.tls_client_ca_file")};
  if (tls.certificate_file.empty() != tls.key_file.empty()) {
    faults.Add("listen.tls_key_file", "证书与私钥须同时设置");
  }
  if (tls.certificate_file.empty() && !tls.client_ca_file.empty()) {
    faults.Add("listen.tls_client_ca_file", "须先设置 listen.tls_certificate_file");
  }
  if (const std::optional<Endpoint> mllp = endpoint("listen.mllp")) {
    options.mllp = MllpOptions{
        .address = mllp->address,
        .port = mllp->port,
        .connections_max = static_cast<std::size_t>(config.Integer("listen.connections_max")),
        .idle_max = config.Duration("listen.idle_max"),
        .stall_max = config.Duration("listen.stall_max"),
        .tls = tls};
  }
  if (const std::optional<Endpoint> http = endpoint("listen.http")) {
    options.http = HttpOptions{.address = http->address,
                               .port = http->port,
                               .token = TokenFrom(path("listen.http_token_file"), faults),
                               .area_code = {},
                               .tls = tls};
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return options;
}

}  // namespace recoup::hospital
