#include "adapters/insurer/bank/batch_details.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace recoup::insurer::bank {
namespace {

// The entries of one Ntry of a notification: [begin, end) of its entries.
struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string BookingOf(const StatementEntry& entry) {
  return entry.path.substr(0, entry.path.find("/NtryDtls"));
}

std::vector<Group> GroupsOf(const BankStatement& notification) {
  std::vector<Group> groups;
  const std::vector<StatementEntry>& entries = notification.entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && BookingOf(entries[i]) == BookingOf(entries[i - 1])) {
      groups.back().end = i + 1;
    } else {
      groups.push_back({i, i + 1});
    }
  }
  return groups;
}

// The bank's name of the booking that the entry is or is part of.
const std::string& BookingReference(const StatementEntry& entry) {
  return entry.batch && !entry.batch->bank_reference.empty() ? entry.batch->bank_reference
                                                             : entry.bank_reference;
}

bool Same(const std::string& a, const std::string& b) { return !a.empty() && a == b; }

bool Refer(const StatementEntry& total, const StatementEntry& part) {
  if (Same(BookingReference(total), BookingReference(part))) return true;
  if (!total.batch || !part.batch) return false;
  return Same(total.batch->payment_information_id, part.batch->payment_information_id) ||
         Same(total.batch->message_id, part.batch->message_id);
}

// Nothing when a sum leaves the range of amounts.
std::optional<BankAmount> SumOf(const BankStatement& notification, const Group& group) {
  BankAmount sum;
  for (std::size_t i = group.begin; i < group.end; ++i) {
    const auto next = sum.Add(notification.entries[i].SignedAmount());
    if (!next.ok()) return std::nullopt;
    sum = *next;
  }
  return sum;
}

bool Details(const BankStatement& notification, const Group& group, const BankStatement& statement,
             const StatementEntry& total) {
  const StatementEntry& part = notification.entries[group.begin];
  // Parts of a booking were told apart by the statement itself already.
  const bool is_part = total.path.find("/NtryDtls") != std::string::npos;
  return !is_part && statement.account == notification.account &&
         statement.currency == notification.currency && total.status == EntryStatus::kBooked &&
         part.status == EntryStatus::kBooked && total.reversal == part.reversal &&
         Refer(total, part) && SumOf(notification, group) == total.SignedAmount();
}

struct Place {
  BankStatement* statement;
  std::size_t entry;
};

std::optional<Place> OnlyTotal(const std::vector<BankStatement*>& documents,
                               const BankStatement& notification, const Group& group) {
  std::optional<Place> found;
  for (BankStatement* const statement : documents) {
    if (statement->kind != DocumentKind::kStatement) continue;
    for (std::size_t i = 0; i < statement->entries.size(); ++i) {
      if (!Details(notification, group, *statement, statement->entries[i])) continue;
      if (found) return std::nullopt;
      found = Place{statement, i};
    }
  }
  return found;
}

void Replace(const Place& place, const BankStatement& notification, const Group& group) {
  std::vector<StatementEntry>& entries = place.statement->entries;
  const StatementEntry total = entries[place.entry];
  std::vector<StatementEntry> parts(
      notification.entries.begin() + static_cast<std::ptrdiff_t>(group.begin),
      notification.entries.begin() + static_cast<std::ptrdiff_t>(group.end));
  for (StatementEntry& part : parts) {
    part.booked_on = total.booked_on;
    if (!part.valued_on) part.valued_on = total.valued_on;
    const bool only = parts.size() == 1;
    part.bank_reference_is_shared =
        !only && (part.bank_reference.empty() || part.bank_reference == total.bank_reference);
    if (only && part.bank_reference.empty()) part.bank_reference = total.bank_reference;
  }
  const auto at = entries.begin() + static_cast<std::ptrdiff_t>(place.entry);
  const auto after = entries.erase(at);
  entries.insert(after, std::make_move_iterator(parts.begin()),
                 std::make_move_iterator(parts.end()));
}

}  // namespace

void TakeBatchDetails(std::vector<BankStatement*> documents) {
  for (BankStatement* const notification : documents) {
    if (notification->kind != DocumentKind::kNotification) continue;
    std::vector<StatementEntry> rest;
    for (const Group& group : GroupsOf(*notification)) {
      if (const auto place = OnlyTotal(documents, *notification, group)) {
        Replace(*place, *notification, group);
        continue;
      }
      rest.insert(rest.end(),
                  notification->entries.begin() + static_cast<std::ptrdiff_t>(group.begin),
                  notification->entries.begin() + static_cast<std::ptrdiff_t>(group.end));
    }
    notification->entries = std::move(rest);
  }
}

}  // namespace recoup::insurer::bank
