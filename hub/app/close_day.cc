#include "hub/app/close_day.h"

#include <algorithm>
#include <future>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/breaks.h"
#include "hub/app/day_bank.h"
#include "hub/app/day_books.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::app {
namespace {

using domain::DayClose;
using reconcile::DayBreak;

absl::Status NotNow(const CloseDay& command, const std::vector<std::string>& obstacles) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  const std::string subject =
      absl::StrCat("pools/", command.pool.value, " ", absl::FormatCivilTime(command.day));
  for (const std::string& obstacle : obstacles) {
    detail.preconditions.push_back({"DAY", subject, obstacle});
  }
  return MakeError(absl::StrCat("the day cannot be closed: ", absl::StrJoin(obstacles, "; ")),
                   std::move(detail));
}

std::vector<DayBreak> BreaksOf(const std::vector<domain::Break>& all, std::int64_t event_cut,
                               const std::vector<domain::BreakId>& open_before) {
  const absl::flat_hash_set<domain::BreakId> before(open_before.begin(), open_before.end());
  std::vector<DayBreak> breaks;
  for (const domain::Break& found : all) {
    const auto then = BreakAsOf(found, event_cut);
    if (!then || (!then->open && !before.contains(found.id))) continue;
    breaks.push_back(
        {.age = !then->open                 ? DayBreak::Age::kResolved
                : before.contains(found.id) ? DayBreak::Age::kPersisting
                                            : DayBreak::Age::kNew,
         .id = found.id.ToString(),
         .kind = found.kind,
         .opened_on = ChinaDate(found.opened_time),
         .amount = then->amount,
         .owner = then->owner,
         .grace_until = found.grace_until ? absl::FormatCivilTime(*found.grace_until) : ""});
  }
  return breaks;
}

std::string Sha256Text(std::string_view text) { return crypto::ToHex(crypto::Sha256(text)); }

// The report at the cuts of `out`, after the close before. Whatever came after the cuts is left
// out, so the same cuts give the same bytes at any time.
absl::Status MakeReport(RecordReader& reader, const CloseDay& command, const DayClose* before,
                        ReadView* journal_view, reconcile::DayLayout layout, PreparedClose& out) {
  const JournalSpan span{before == nullptr ? 0 : before->cut, out.cut};
  // Without a view of its own it is read when it is asked for, after the records.
  std::future<absl::StatusOr<JournalDay>> reading = std::async(
      journal_view == nullptr ? std::launch::deferred : std::launch::async | std::launch::deferred,
      [&] {
        return ReadJournalDay(journal_view == nullptr ? reader.view() : *journal_view, command.pool,
                              span, command.day);
      });
  BankCut bank_cut{.day = command.day,
                   .event_cut = out.event_cut,
                   .closed_until = std::nullopt,
                   .closed_event_cut = 0};
  if (before != nullptr) {
    bank_cut.closed_until = before->day;
    bank_cut.closed_event_cut = before->event_cut;
  }
  JournalDay journal;
  RECOUP_ASSIGN_OR_RETURN(
      BankDay bank,
      ReadBankDay(reader, command.pool, bank_cut, [&]() -> absl::StatusOr<PassedOnByEvent> {
        RECOUP_ASSIGN_OR_RETURN(journal, reading.get());
        return std::move(journal.passed_on);
      }));
  journal.books.layout = layout;
  journal.books.event_cut = out.event_cut;
  journal.books.previous_sha256 = out.previous_sha256;
  for (const domain::Break& found : bank.breaks) {
    const auto then = BreakAsOf(found, out.event_cut);
    if (then && then->open) out.open_breaks.push_back(found.id);
  }
  out.report = reconcile::MakeDayReport(
      journal.books, std::move(bank.bank),
      BreaksOf(bank.breaks, out.event_cut,
               before == nullptr ? std::vector<domain::BreakId>() : before->open_breaks));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<DayClose>> LatestClose(RecordReader& reader,
                                                    const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<RecordKey> keys,
      reader.view().FindAll(domain::LookupKind::kDayCloseOfPool, domain::Key({pool.value})));
  if (keys.empty()) return std::nullopt;
  return reader.Find<DayClose>(pool.value, keys.back().id);  // Ids are in order of time.
}

absl::StatusOr<PreparedClose> PrepareClose(RecordReader& reader, const CloseDay& command,
                                           absl::CivilDay today, ReadView* journal_view) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<DayClose> before, LatestClose(reader, command.pool));
  if (before && before->day >= command.day) {
    return NotNow(command, {absl::StrCat("已日结至 ", absl::FormatCivilTime(before->day))});
  }
  if (command.day > today) return NotNow(command, {"该日尚未到来"});
  PreparedClose out;
  RECOUP_ASSIGN_OR_RETURN(const PartitionState state, reader.view().StateOf(command.pool.value));
  out.cut = state.transfers;
  out.event_cut = state.events;
  if (before) out.previous_sha256 = before->report_sha256;
  RECOUP_RETURN_IF_ERROR(MakeReport(reader, command, before ? &*before : nullptr, journal_view,
                                    reconcile::DayLayout::kSecond, out));
  return out;
}

absl::StatusOr<DayClose> CloseDayOf(const CloseDay& command, const PreparedClose& prepared,
                                    const crypto::SigningKey& key, UnitOfWork& work) {
  if (!prepared.report.obstacles.empty()) return NotNow(command, prepared.report.obstacles);
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<RecordKey> keys,
      work.FindAll(domain::LookupKind::kDayCloseOfPool, domain::Key({command.pool.value})));
  std::string latest;
  if (!keys.empty()) {
    RECOUP_ASSIGN_OR_RETURN(const DayClose* before,
                            work.Find<DayClose>(command.pool.value, keys.back().id));
    latest = before->report_sha256;
  }
  if (latest != prepared.previous_sha256) {
    return NotNow(command, {"准备期间另有一次日结，请重试"});
  }
  DayClose close;
  close.id = work.NewId<domain::DayCloseId>();
  close.pool = command.pool;
  close.day = command.day;
  close.cut = prepared.cut;
  close.event_cut = prepared.event_cut;
  close.report = prepared.report.text;
  close.report_sha256 = Sha256Text(close.report);
  close.previous_sha256 = prepared.previous_sha256;
  const crypto::Signature signature = key.Sign(close.report);
  close.signature.assign(signature.begin(), signature.end());
  close.key_id = key.key_id();
  close.open_breaks = prepared.open_breaks;
  close.bank = prepared.report.bank;
  close.books = prepared.report.books;
  close.explained = prepared.report.explained;
  close.closed_by = work.caller().actor;
  close.closed_time = work.now();
  close.by_events = true;
  work.Put(close);
  return close;
}

absl::StatusOr<bool> VerifyClose(RecordReader& reader, const DayClose& close,
                                 const crypto::VerifyKey& key) {
  if (Sha256Text(close.report) != close.report_sha256) return false;
  const std::optional<reconcile::DayLayout> layout = reconcile::LayoutOf(close.report);
  if (!layout) return false;
  if (close.key_id != key.key_id() || !key.Verify(close.report, close.signature)) return false;
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<RecordKey> keys,
      reader.view().FindAll(domain::LookupKind::kDayCloseOfPool, domain::Key({close.pool.value})));
  std::optional<DayClose> before;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].id != close.id.value) continue;
    if (i == 0) {
      if (!close.previous_sha256.empty()) return false;
      break;
    }
    RECOUP_ASSIGN_OR_RETURN(before, reader.Get<DayClose>(close.pool.value, keys[i - 1].id));
    if (before->report_sha256 != close.previous_sha256 || before->day >= close.day) return false;
  }
  if (close.by_events) {
    PreparedClose again;
    again.cut = close.cut;
    again.event_cut = close.event_cut;
    again.previous_sha256 = close.previous_sha256;
    RECOUP_RETURN_IF_ERROR(MakeReport(reader, {close.pool, close.day}, before ? &*before : nullptr,
                                      nullptr, *layout, again));
    return again.report.text == close.report && again.open_breaks == close.open_breaks;
  }
  const JournalSpan span{before ? before->cut : 0, close.cut};
  RECOUP_ASSIGN_OR_RETURN(JournalDay journal,
                          ReadJournalDay(reader.view(), close.pool, span, close.day));
  journal.books.layout = *layout;
  journal.books.event_cut = close.event_cut;
  journal.books.previous_sha256 = close.previous_sha256;
  return absl::StartsWith(close.report, reconcile::BooksText(journal.books));
}

}  // namespace recoup::app
