#include "ctl/audit_verify.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ctl/event_header.h"
#include "hub/app/key_check.h"
#include "hub/app/record_reader.h"
#include "hub/audit/tree_head.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/wire.h"
#include "hub/engine/event_body.h"
#include "hub/engine/request_memory.h"
#include "hub/ledger/laws.h"

namespace recoup::ctl {
namespace {

constexpr std::size_t kPage = 1000;
constexpr std::int64_t kNotAccepted = std::numeric_limits<std::int64_t>::min();
// How a record is named in the API, so that what is found can be looked up.
std::string SubjectOf(domain::RecordKind kind, Id id) {
  return absl::StrCat(std::string(domain::ToString(kind)), "/", id.ToBase32());
}

class Verification {
 public:
  explicit Verification(const VerifyRequest& request) : request_(request), keys_(request.view) {
    report_.sealed_checked = request.seal != nullptr;
  }

  absl::StatusOr<VerifyReport> Run() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> partitions, request_.view.Partitions());
    report_.partitions = static_cast<std::int64_t>(partitions.size());
    for (const std::string& partition : partitions) RECOUP_RETURN_IF_ERROR(CheckLog(partition));
    // After all logs, since a transfer may belong to an event of another partition.
    for (const std::string& partition : partitions) RECOUP_RETURN_IF_ERROR(CheckLedger(partition));
    if (request_.seal != nullptr) RECOUP_RETURN_IF_ERROR(CheckKeys(partitions));
    return std::move(report_);
  }

 private:
  // The log of one partition while it is read.
  struct Log {
    std::string partition;
    audit::Frontier frontier;
    std::int64_t last_sequence = 0;
    // After a gap, no later root can be computed; after a wrong root, all later ones are wrong too
    // and would only repeat it.
    bool roots_known = true;
    std::vector<app::StoredTreeHead> heads;
    std::size_t next_head = 0;
  };

  void Found(const std::string& partition, std::string subject, std::string text) {
    report_.findings.push_back({partition, std::move(subject), std::move(text)});
  }

  absl::Status CheckLog(const std::string& partition) {
    Log log;
    log.partition = partition;
    RECOUP_RETURN_IF_ERROR(ReadHeads(log));
    for (;;) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredEvent> events,
                              request_.view.Events(partition, log.last_sequence, kPage));
      if (events.empty()) break;
      for (const app::StoredEvent& event : events) {
        RECOUP_RETURN_IF_ERROR(CheckEvent(event, log));
      }
      report_.events += static_cast<std::int64_t>(events.size());
      request_.progress(static_cast<std::int64_t>(events.size()));
    }
    CheckRemainingHeads(log);
    return CheckState(log);
  }

  absl::Status ReadHeads(Log& log) {
    std::int64_t after = 0;
    for (;;) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredTreeHead> page,
                              request_.view.TreeHeads(log.partition, after, kPage));
      if (page.empty()) return absl::OkStatus();
      for (const app::StoredTreeHead& head : page) CheckSignature(log.partition, head);
      after = page.back().size;
      report_.tree_heads += static_cast<std::int64_t>(page.size());
      log.heads.insert(log.heads.end(), page.begin(), page.end());
    }
  }

  void CheckSignature(const std::string& partition, const app::StoredTreeHead& head) {
    const bool is_signed = std::any_of(
        request_.keys.begin(), request_.keys.end(),
        [&](const crypto::VerifyKey& key) { return key.Verify(head.head, head.signature); });
    if (!is_signed) {
      Found(partition, absl::StrCat("treeHeads/", head.size), "树头签名无效，或由其他密钥签署");
    }
  }

  absl::Status CheckEvent(const app::StoredEvent& event, Log& log) {
    const std::string subject = absl::StrCat("events/", event.sequence);
    if (event.sequence != log.last_sequence + 1) {
      Found(log.partition, absl::StrCat("events/", log.last_sequence + 1),
            absl::StrCat("事件缺失：第 ", log.last_sequence + 1, " 至 ", event.sequence - 1,
                         " 号不在库中，其后的根哈希无法重算"));
      log.roots_known = false;
    }
    log.last_sequence = event.sequence;

    const audit::Digest leaf = audit::LeafHash(event.header);
    if (event.leaf != crypto::AsView(leaf)) {
      Found(log.partition, subject, "事件头与其叶哈希不符，二者之一被改动");
    }
    const std::optional<audit::EventHeader> header = ParseEventHeader(event.header);
    if (!header.has_value()) {
      Found(log.partition, subject, "事件头的字节无法读取");
    } else {
      if (header->partition != log.partition ||
          header->sequence != static_cast<std::uint64_t>(event.sequence)) {
        Found(log.partition, subject,
              absl::StrCat("事件头自称属于 ", header->partition, " 第 ", header->sequence, " 号"));
      }
      if (header->outcome == "OK") {
        MarkAccepted(log.partition, event.sequence, absl::ToUnixMicros(header->recorded_time));
      }
      const std::string digest =
          request_.seal == nullptr ? "" : CheckBody(event, *header, log.partition);
      RECOUP_RETURN_IF_ERROR(CheckRequest(*header, digest, log.partition));
    }

    log.frontier.Append(leaf);
    while (log.next_head < log.heads.size() && log.heads[log.next_head].size <= event.sequence) {
      CheckRoot(log.heads[log.next_head++], log);
    }
    return absl::OkStatus();
  }

  absl::Status CheckRequest(const audit::EventHeader& header, const std::string& digest,
                            const std::string& partition) {
    RECOUP_ASSIGN_OR_RETURN(const engine::RequestMemory memory,
                            engine::MemoryOf(request_.view, header, digest, request_.now));
    const std::string subject = absl::StrCat("events/", header.sequence);
    switch (memory) {
      case engine::RequestMemory::kRemembered:
        break;
      case engine::RequestMemory::kMissing:
        Found(partition, subject, "此事件的请求号不在库中：同一请求重发会被再次受理");
        break;
      case engine::RequestMemory::kAltered:
        Found(partition, subject, "库中此事件的请求号被改动：摘要或所属事件不符");
        break;
    }
    return absl::OkStatus();
  }

  // The digest by which the event's request must be remembered; empty when the body cannot be read.
  std::string CheckBody(const app::StoredEvent& event, const audit::EventHeader& header,
                        const std::string& partition) {
    const std::string subject = absl::StrCat("events/", event.sequence);
    const absl::StatusOr<std::string> plain =
        request_.seal->Open(partition, engine::EventPlace(event.sequence), event.body);
    engine::EventBody body;
    if (!plain.ok() || !domain::Decode(*plain, body).ok()) {
      Found(partition, subject, "密封的事件内容无法打开：被改动、被移动，或密钥环不含其密钥");
      return "";
    }
    audit::Salt salt;
    const bool has_salt = body.salt.size() == salt.size();
    if (has_salt) std::copy_n(crypto::Data(body.salt), salt.size(), salt.begin());
    if (!has_salt || audit::EventCommitment(salt, body.payload) != header.commitment) {
      Found(partition, subject, "事件内容与事件头中的承诺不符");
      return "";
    }
    engine::EventPayload payload;
    if (!domain::Decode(body.payload, payload).ok()) return "";
    return engine::RequestDigest(header.method, payload.request);
  }

  void CheckRoot(const app::StoredTreeHead& head, Log& log) {
    if (!log.roots_known) return;
    const std::string subject = absl::StrCat("treeHeads/", head.size);
    if (static_cast<std::uint64_t>(head.size) != log.frontier.size() || head.head.size() < 8) {
      Found(log.partition, subject, "树头的大小与事件数不符");
      return;
    }
    // Only the time is the head's own statement; everything else is known here. It stands last.
    const std::uint64_t micros =
        crypto::ReadBigEndian(std::string_view(head.head).substr(head.head.size() - 8));
    const audit::TreeHead expected{log.partition, log.frontier.size(), log.frontier.Root(),
                                   absl::FromUnixMicros(static_cast<std::int64_t>(micros))};
    if (audit::CanonicalTreeHead(expected) != head.head) {
      Found(log.partition, subject, "重算的根哈希与树头不符；此前的某个事件或此树头被改动");
      log.roots_known = false;
    }
  }

  void CheckRemainingHeads(Log& log) {
    for (; log.next_head < log.heads.size(); ++log.next_head) {
      Found(log.partition, absl::StrCat("treeHeads/", log.heads[log.next_head].size),
            absl::StrCat("树头证明有 ", log.heads[log.next_head].size, " 条事件，库中只到第 ",
                         log.last_sequence, " 号：末尾的事件缺失"));
    }
    const std::int64_t covered = log.heads.empty() ? 0 : log.heads.back().size;
    if (covered < log.last_sequence) {
      Found(log.partition, absl::StrCat("events/", covered + 1),
            absl::StrCat("第 ", covered + 1, " 号及其后的事件没有签名树头"));
    }
  }

  absl::Status CheckState(const Log& log) {
    RECOUP_ASSIGN_OR_RETURN(const app::PartitionState state, request_.view.StateOf(log.partition));
    if (state.events != log.last_sequence) {
      Found(log.partition, "state",
            absl::StrCat("分区登记有 ", state.events, " 条事件，库中为 ", log.last_sequence));
    }
    const std::string frontier =
        log.frontier.size() == 0 ? std::string() : log.frontier.Serialise();
    if (log.roots_known && state.frontier != frontier) {
      Found(log.partition, "state", "分区登记的哈希前沿与事件不符");
    }
    return absl::OkStatus();
  }

  void MarkAccepted(const std::string& partition, std::int64_t sequence, std::int64_t recorded_us) {
    std::vector<std::int64_t>& accepted = accepted_[partition];
    if (accepted.size() < static_cast<std::size_t>(sequence)) {
      accepted.resize(static_cast<std::size_t>(sequence), kNotAccepted);
    }
    accepted[static_cast<std::size_t>(sequence) - 1] = recorded_us;
  }

  // When the event was recorded; kNotAccepted without such an event.
  std::int64_t AcceptedAt(const std::string& partition, std::int64_t sequence) const {
    const auto found = accepted_.find(partition);
    const bool known = found != accepted_.end() && sequence > 0 &&
                       static_cast<std::size_t>(sequence) <= found->second.size();
    return known ? found->second[static_cast<std::size_t>(sequence) - 1] : kNotAccepted;
  }

  absl::Status CheckLedger(const std::string& partition) {
    RECOUP_ASSIGN_OR_RETURN(const ledger::Balances stored, request_.view.BalancesOf(partition));
    ledger::LawCheck laws(stored);
    std::int64_t last = 0;
    for (;;) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<ledger::Transfer> page,
                              request_.view.Transfers(partition, last, kPage));
      if (page.empty()) break;
      for (const ledger::Transfer& transfer : page) AddTransfer(partition, transfer, laws);
      last = page.back().sequence;
      report_.transfers += static_cast<std::int64_t>(page.size());
      request_.progress(static_cast<std::int64_t>(page.size()));
    }
    RECOUP_ASSIGN_OR_RETURN(const app::PartitionState state, request_.view.StateOf(partition));
    if (state.transfers != last) {
      Found(partition, "state",
            absl::StrCat("分区登记有 ", state.transfers, " 笔记账，库中到第 ", last, " 笔"));
    }
    if (request_.seal != nullptr) RECOUP_RETURN_IF_ERROR(CheckRecords(partition, laws));
    for (const ledger::Violation& violation : laws.Finish()) {
      // Without the records every advance and demand would look as if it had none.
      const bool needs_records =
          violation.subject.starts_with("advances/") || violation.subject.starts_with("demands/");
      if (needs_records && request_.seal == nullptr) continue;
      Found(partition, violation.subject,
            absl::StrCat("违反账务规则第 ", violation.law, " 条：", violation.description));
    }
    return absl::OkStatus();
  }

  void AddTransfer(const std::string& partition, const ledger::Transfer& transfer,
                   ledger::LawCheck& laws) {
    const std::string subject = absl::StrCat("transfers/", transfer.sequence);
    if (!domain::IsKnown(transfer.posting.debit) || !domain::IsKnown(transfer.posting.credit)) {
      Found(partition, subject, "记账的科目不存在");
      return;
    }
    const std::int64_t accepted_us = AcceptedAt(transfer.event_partition, transfer.event_sequence);
    if (accepted_us != kNotAccepted && accepted_us != transfer.recorded_us) {
      Found(partition, subject, "记账时间与所属事件的时间不符，二者之一被改动");
    }
    if (accepted_us == kNotAccepted) {
      Found(partition, subject,
            absl::StrCat("违反账务规则第 5 条：所属事件 ", transfer.event_partition, " 第 ",
                         transfer.event_sequence, " 号不存在或未被接受"));
    }
    laws.Add(transfer);
  }

  absl::Status CheckRecords(const std::string& partition, ledger::LawCheck& laws) {
    for (const domain::RecordKind kind : domain::AllOf<domain::RecordKind>()) {
      Id after;
      for (;;) {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredRecord> page,
                                request_.view.Scan(partition, kind, after, kPage));
        if (page.empty()) break;
        for (const app::StoredRecord& row : page) {
          RECOUP_RETURN_IF_ERROR(CheckRecord(partition, kind, row, laws));
        }
        after = page.back().id;
        report_.records += static_cast<std::int64_t>(page.size());
        request_.progress(static_cast<std::int64_t>(page.size()));
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckRecord(const std::string& partition, domain::RecordKind kind,
                           const app::StoredRecord& row, ledger::LawCheck& laws) {
    const absl::StatusOr<std::string> plain =
        request_.seal->Open(partition, app::PlaceOf(kind, row.id), row.body);
    bool readable = plain.ok();
    if (readable && kind == domain::RecordKind::kAdvance) {
      domain::Advance advance;
      readable = domain::Decode(*plain, advance).ok();
      if (readable) laws.Add(advance);
    }
    if (readable && kind == domain::RecordKind::kDemand) {
      domain::Demand demand;
      readable = domain::Decode(*plain, demand).ok();
      if (readable) laws.Add(demand);
    }
    if (readable) {
      const absl::Status keys = keys_.Add({partition, kind, row.id}, *plain);
      if (!keys.ok() && !absl::IsDataLoss(keys)) return keys;
      readable = keys.ok();
    }
    if (!readable) {
      Found(partition, SubjectOf(kind, row.id),
            "密封的记录无法打开：被改动、被移动，或密钥环不含其密钥");
    }
    return absl::OkStatus();
  }

  absl::Status CheckKeys(const std::vector<std::string>& partitions) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<app::KeyFinding> findings, keys_.Finish(partitions));
    for (const app::KeyFinding& finding : findings) {
      Found(finding.partition, finding.subject, finding.text);
    }
    return absl::OkStatus();
  }

  const VerifyRequest& request_;
  VerifyReport report_;
  app::KeyCheck keys_;
  // By partition: when each event that was accepted was recorded, in microseconds.
  std::map<std::string, std::vector<std::int64_t>> accepted_;
};

}  // namespace

absl::StatusOr<VerifyReport> VerifyDatabase(const VerifyRequest& request) {
  return Verification(request).Run();
}

}  // namespace recoup::ctl
