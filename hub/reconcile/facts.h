// What the reconciliation engine is told: bank entries, demands, remittance advices and what was
// applied before. Keys are opaque to it. Plain values; the caller owns them.
#ifndef RECOUP_HUB_RECONCILE_FACTS_H_
#define RECOUP_HUB_RECONCILE_FACTS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/money.h"

namespace recoup::reconcile {

enum class Direction { kCredit, kDebit };

// What the bank says of a return (ISO 20022 RtrInf and the original references beside it).
struct ReturnInfo {
  bool is_return = false;
  std::string reason_code;
  std::string original_reference;  // Bank reference or end-to-end id of the returned payment.
};

// One booking. The importer decides which bookings are the same one reported twice; here two
// entries with different keys are two movements of money, however equal they look.
struct BankEntry {
  std::string key;
  domain::Money amount;  // Positive; `direction` carries the sign.
  Direction direction = Direction::kCredit;
  bool reversal = false;
  absl::CivilDay booked_on;
  std::optional<absl::CivilDay> valued_on;
  std::string bank_reference;
  std::string end_to_end_id;       // "NOTPROVIDED" counts as none.
  std::string creditor_reference;  // The structured one (CdtrRefInf/Ref).
  std::string free_text;           // Remittance text and additional information, width-normalised.
  std::string counterparty_name;
  std::string counterparty_account;
  ReturnInfo return_info;
  domain::Money returned_before;  // What earlier runs already gave back of a credit.
};

struct Instalment {
  absl::CivilDay due_on;
  domain::Money amount;
  domain::Money open;
};

// A demand that may receive money. Fully paid ones belong here too (open 0): without them a second
// payment cannot be told from an unknown one.
struct OpenDemand {
  std::string key;
  std::string debtor_key;  // Tells two debtors of one name apart.
  std::string reference;   // ISO 11649; empty when none was printed.
  std::vector<std::string> case_numbers;
  std::vector<std::string> recovery_numbers;  // Other identifiers printed on the demand.
  std::vector<std::string> debtor_names;
  std::vector<std::string> debtor_accounts;
  domain::Money amount;
  domain::Money open;
  absl::CivilDay issued_on;
  std::optional<absl::CivilDay> due_on;
  std::vector<Instalment> instalments;
};

struct AdviceLine {
  std::string demand_key;  // Either the key,
  std::string reference;   // or what the payer wrote: RF reference, case or recovery number.
  domain::Money amount;
};

// The payer's statement of what one payment is for. Advices that an earlier run has used up are
// left out by the caller.
struct Advice {
  std::string key;
  std::string payer_name;
  std::string payer_account;
  domain::Money total;
  std::vector<AdviceLine> lines;
  absl::CivilDay paid_on;
  std::string end_to_end_id;
  bool is_final = false;  // The payer holds that nothing more is owed on these demands.
};

struct EarlierApplication {
  std::string entry_key;
  std::string demand_key;
  domain::Money amount;  // What is still applied.
};

struct Facts {
  std::vector<BankEntry> entries;  // With money not yet applied, and returns not yet worked off.
  std::vector<OpenDemand> demands;
  std::vector<Advice> advices;
  std::vector<BankEntry> earlier_entries;  // Credits of earlier runs that a return may undo.
  std::vector<EarlierApplication> earlier_applications;
  absl::CivilDay as_of;
};

struct ReconcilePolicy {
  std::string rule_version = "reconcile-3";
  // Bank transfers between provinces may take days; an advice is not called unpaid before.
  int advice_grace_days = 5;
  // Where amounts decide, money that came longer than this before a demand was issued is not meant
  // for it.
  int early_days_max = 30;
  // Parts of one demand that nothing but their sum names lie within so many days.
  int parts_days_max = 31;
  // Equal payments and equal demands are paired by date only when the next best pairing lies so
  // many days behind.
  int date_margin_days = 10;
  // More items than this are not searched for sums but reported.
  std::size_t subset_items_max = 20;
  // Up to so many items a unique sum is believed. Beyond, only while fewer than this many of a
  // million such searches would find a sum by chance (see amounts.cc).
  std::size_t subset_items_safe = 12;
  std::int64_t chance_per_million_max = 1000;
  // A break lists the nearest candidates only.
  std::size_t candidates_max = 20;
  // The payer says that the payment is the last one. Not read after 未, 非, 不 or 没.
  std::vector<std::string> final_phrases = {"结清", "付清", "最后一笔"};
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_FACTS_H_
