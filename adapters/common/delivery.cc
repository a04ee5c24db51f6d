#include "adapters/common/delivery.h"

#include <utility>
#include <vector>

#include "hub/base/status.h"

namespace recoup::adapters {

Delivery::Delivery(Spool& spool, Send send, const DeliveryOptions& options, Clock& clock,
                   Sleeper& sleeper, Random& random, Log log)
    : spool_(spool),
      send_(std::move(send)),
      options_(options),
      clock_(clock),
      sleeper_(sleeper),
      log_(std::move(log)),
      backoff_(options.backoff, random) {}

absl::Status Delivery::SendOne(const SpooledItem& spooled, DeliveryPass& pass) {
  const SpoolItem& item = spooled.item;
  const absl::StatusOr<std::string> answer = send_(item.kind, item.payload, item.request_id);
  if (answer.ok()) {
    RECOUP_RETURN_IF_ERROR(spool_.MarkDelivered(spooled.sequence, *answer));
    ++pass.delivered;
    return absl::OkStatus();
  }
  if (IsTransient(answer.status())) {
    pass.transient = answer.status();
    return absl::OkStatus();
  }
  RECOUP_RETURN_IF_ERROR(spool_.MarkRefused(spooled.sequence, answer.status()));
  ++pass.refused;
  log_.Warning("item refused", {{"sequence", spooled.sequence},
                                {"kind", item.kind},
                                {"request_id", item.request_id},
                                {"reason", answer.status()}});
  return absl::OkStatus();
}

absl::StatusOr<DeliveryPass> Delivery::RunOnce() {
  DeliveryPass pass;
  std::int64_t after_sequence = 0;
  while (!stopping_) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<SpooledItem> page,
                            spool_.Peek(options_.page_items_max, after_sequence));
    if (page.empty()) break;
    for (const SpooledItem& spooled : page) {
      if (stopping_) return pass;
      RECOUP_RETURN_IF_ERROR(SendOne(spooled, pass));
      if (IsHubAway(pass.transient)) return pass;
      after_sequence = spooled.sequence;
    }
  }
  return pass;
}

absl::StatusOr<DeliveryPass> Delivery::Drain(int attempts_max) {
  DeliveryPass total;
  int failed_in_a_row = 0;
  backoff_.Reset();
  while (!stopping_) {
    RECOUP_ASSIGN_OR_RETURN(const DeliveryPass pass, RunOnce());
    total.delivered += pass.delivered;
    total.refused += pass.refused;
    total.transient = pass.transient;
    if (pass.delivered > 0) {
      // Delivered heads may have freed later items of their keys; the hub is there.
      failed_in_a_row = 0;
      backoff_.Reset();
    }
    if (pass.transient.ok() && pass.delivered == 0) break;
    if (!pass.transient.ok()) {
      if (++failed_in_a_row >= attempts_max) break;
      sleeper_.Sleep(backoff_.NextAfter(pass.transient));
    }
  }
  return total;
}

void Delivery::DeleteOld() {
  if (clock_.Now() < next_deletion_) return;
  next_deletion_ = clock_.Now() + absl::Hours(1);
  const auto deleted = spool_.DeleteFinishedBefore(clock_.Now() - options_.retention);
  if (!deleted.ok()) {
    log_.Error("old items not deleted", {{"reason", deleted.status()}});
  } else if (*deleted > 0) {
    log_.Info("old items deleted", {{"items", *deleted}});
  }
}

void Delivery::Run() {
  bool away = false;
  while (!stopping_) {
    DeleteOld();
    const absl::StatusOr<DeliveryPass> pass = RunOnce();
    const absl::Status trouble = pass.ok() ? pass->transient : pass.status();
    if (!trouble.ok()) {
      const absl::Duration wait = backoff_.NextAfter(trouble);
      // Once per outage, not once per try.
      if (!away) log_.Warning("delivery waits", {{"reason", trouble}, {"wait", wait}});
      away = true;
      sleeper_.Sleep(wait);
      continue;
    }
    if (away) log_.Info("delivery goes on", {{"delivered", pass->delivered}});
    away = false;
    backoff_.Reset();
    if (pass->delivered == 0) sleeper_.Sleep(options_.idle_wait);
  }
}

void Delivery::Stop() {
  stopping_ = true;
  sleeper_.Stop();
}

}  // namespace recoup::adapters
