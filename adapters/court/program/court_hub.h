// CourtService as this program uses it: the sender of spooled cases, and the calls of a clerk.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_COURT_HUB_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_COURT_HUB_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/delivery.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/court_case.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/letter.pb.h"

namespace recoup::court {

inline constexpr char kPushCourtCase[] = "CourtService.PushCourtCase";
// The request's name may be a case number; it is looked up when the amendment is sent.
inline constexpr char kAmendCourtCase[] = "CourtService.AmendCourtCase";

// From the settings; a key that cannot be used is a usage error.
absl::StatusOr<crypto::SigningKey> LoadSigningKey(adapters::CommandContext& context);
absl::StatusOr<std::optional<crypto::VerifyKey>> LoadHubKey(adapters::CommandContext& context);
std::filesystem::path ReceiptDirectory(adapters::CommandContext& context);

// Sends spooled items. A pushed case counts as delivered only when its receipt was checked and is
// on the disk; a receipt that is wrong refuses the item, so that a person looks at it.
absl::StatusOr<adapters::Send> OpenCourtSender(adapters::CommandContext& context);

// The context must outlive it. Not thread-safe.
class CourtHub {
 public:
  static absl::StatusOr<CourtHub> Open(adapters::CommandContext& context);
  CourtHub(CourtHub&&) noexcept;
  ~CourtHub();

  // A name (courtCases/…) as it is; a case number is looked up. NOT_FOUND when the hub knows no
  // such case of this court; INVALID_ARGUMENT when it knows several.
  absl::StatusOr<std::string> CaseName(const std::string& name_or_number);
  absl::StatusOr<v1::CourtCase> GetCase(const std::string& name);
  // All pages; of one case, if not empty.
  absl::StatusOr<std::vector<v1::Letter>> ListLetters(const std::string& court_case);

  // These mutate, with the command's request id and --dry-run.
  absl::StatusOr<v1::GiveConsentResponse> GiveConsent(v1::GiveConsentRequest request);
  absl::StatusOr<v1::WithdrawConsentResponse> WithdrawConsent(v1::WithdrawConsentRequest request);
  absl::StatusOr<v1::WithdrawCourtCaseResponse> Withdraw(v1::WithdrawCourtCaseRequest request);
  absl::StatusOr<v1::ReportPerformanceResponse> ReportPerformance(
      v1::ReportPerformanceRequest request);
  absl::StatusOr<v1::WithdrawPerformanceResponse> WithdrawPerformance(
      v1::WithdrawPerformanceRequest request);
  absl::StatusOr<v1::AmendCourtCaseResponse> Amend(v1::AmendCourtCaseRequest request);

 private:
  struct Connection;  // Keeps the generated service header out of this one.
  explicit CourtHub(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_COURT_HUB_H_
