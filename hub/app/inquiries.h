// Inquiries (核查函): letters that ask who was paid what, while what is owed cannot be computed.
//
// An officer issues them for a recovery with an obstacle, with the court's consent as for a demand,
// to everybody the case names as liable, insurers among them, and where it names nobody to the
// injured person. They ask for an answer and not for money, so nothing is claimed by them. While
// one is open it follows its recovery: it is written anew when what it tells changes, and
// superseded once the sum is known; the demand's letter then names it.
#ifndef RECOUP_HUB_APP_INQUIRIES_H_
#define RECOUP_HUB_APP_INQUIRIES_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/letters.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct IssueInquiries {
  domain::PoolId pool;
  domain::RecoveryId recovery;
  std::vector<std::string> addressees;   // Of those the case names; empty: who is to be asked.
  std::optional<absl::CivilDay> due_on;  // Absent: as of a demand.
};

// Records the answer to an inquiry, or withdraws it.
struct EndInquiry {
  domain::PoolId pool;
  domain::LetterId letter;
  domain::InquiryCommand by = domain::InquiryCommand::kAnswer;
  std::string note;
  std::string document_sha256;  // Of the answer, 32 bytes; empty: none.
};

// Who is to be asked about the injury of `person`: who is liable or ordered to pay, and the
// insurers; where the case names nobody, the injured person.
absl::StatusOr<std::vector<Addressee>> AddresseesOf(UnitOfWork& work,
                                                    const domain::CourtCase& court_case,
                                                    const std::string& person);

// Leaves out those whose inquiry is open. ILLEGAL_TRANSITION when the court does not consent, when
// the sum is known or asked for already, when no case is behind the recovery or it is no basis any
// more, or when everybody has an open inquiry; INVALID_ARGUMENT for a name the case does not give.
absl::StatusOr<std::vector<domain::Letter>> IssueInquiriesOf(const IssueInquiries& command,
                                                             UnitOfWork& work);
// ILLEGAL_TRANSITION when the letter is no inquiry or has ended.
absl::StatusOr<domain::Letter> EndInquiryOf(const EndInquiry& command, UnitOfWork& work);

// For a recovery the caller holds and puts: ends its open inquiries.
absl::Status EndInquiries(UnitOfWork& work, domain::Recovery& recovery, domain::InquiryCommand by,
                          const std::string& reason);
// The same while its sum cannot be computed: writes those anew that tell something else now, and
// withdraws those to whom the case names no more. `person` as the case names them.
absl::Status ReviseInquiries(UnitOfWork& work, domain::Recovery& recovery,
                             const domain::CourtCase& court_case, const std::string& person);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_INQUIRIES_H_
