#include "hub/rpc/caller.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::rpc {
namespace {

constexpr std::string_view kScheme = "recoup://";

absl::Status Refuse(std::string_view why) { return MakeError(Reason::kUnauthenticated, why); }

}  // namespace

absl::StatusOr<app::Caller> CallerFromUri(std::string_view uri) {
  if (uri.substr(0, kScheme.size()) != kScheme)
    return Refuse("the certificate names no recoup:// party");
  uri.remove_prefix(kScheme.size());
  // kind/slug or kind/slug/person
  const std::size_t first = uri.find('/');
  const std::size_t second = first == std::string_view::npos ? first : uri.find('/', first + 1);
  const auto party = domain::PartyId::Parse(uri.substr(0, second));
  if (!party) return Refuse("the certificate's URI is not recoup://<kind>/<name>[/<person>]");
  if (second != std::string_view::npos) {
    const std::string_view person = uri.substr(second + 1);
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    if (person.empty() || person.size() > 60 ||
        !std::all_of(person.begin(), person.end(), allowed)) {
      return Refuse("the person in the certificate's URI is not 1 to 60 of a-z 0-9 - .");
    }
  }
  return app::Caller{*party, std::string(uri)};
}

absl::StatusOr<app::Caller> CallerOf(const grpc::ServerContextBase& context) {
  const auto auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated())
    return Refuse("no verified client certificate");
  for (const grpc::string_ref& uri : auth->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    const std::string_view text(uri.data(), uri.size());
    if (text.substr(0, kScheme.size()) == kScheme) return CallerFromUri(text);
  }
  return Refuse("the certificate names no recoup:// party");
}

}  // namespace recoup::rpc
