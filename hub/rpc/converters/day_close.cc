#include "hub/rpc/converters/day_close.h"

#include "hub/base/clock.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {

absl::StatusOr<app::CloseDay> CloseDayFromProto(const recoup::v1::CloseDayRequest& request,
                                                absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::CloseDay command;
  command.pool = in.Pool("pool", request.pool());
  command.day = in.Day("day_on", request.day_on(), ChinaDate(now));
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void CloseDayToProto(const domain::DayClose& answer, recoup::v1::CloseDayResponse* out) {
  DayCloseToProto(answer, out->mutable_day_close());
}

void DayCloseToProto(const domain::DayClose& close, recoup::v1::DayClose* out) {
  out->set_name(app::NameOf(close.pool, close.id));
  out->set_day_on(DayText(close.day));
  out->set_transfer_sequence(close.cut);
  out->set_event_sequence(close.event_cut);
  out->set_report(close.report);
  out->set_report_sha256(close.report_sha256);
  out->set_previous_sha256(close.previous_sha256);
  out->set_signature(close.signature);
  out->set_key_id(close.key_id);
  out->set_bank_fen(close.bank.fen());
  out->set_books_fen(close.books.fen());
  out->set_explained_fen(close.explained.fen());
  for (const domain::BreakId& found : close.open_breaks) {
    out->add_open_breaks(app::NameOf(close.pool, found));
  }
  out->set_closed_by(close.closed_by);
  SetTime(close.closed_time, out->mutable_closed_time());
}

}  // namespace recoup::rpc
