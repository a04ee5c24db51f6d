// recoup-insurer offer, evidence attach: what is said about one demand before a
// mediation. Not spooled: an offer has a last day, and a document is sent in pieces.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/named_file.h"
#include "adapters/common/proto_json.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/demand_report.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/money.h"
#include "recoup/v1/negotiation_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::HubSession;

constexpr std::size_t kPiece = 512 * 1024;

absl::StatusOr<std::string> DemandNameOf(const std::string& demand, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  return hub.DemandName(demand);
}

struct OfferOptions {
  std::string demand;
  std::string amount;
  std::string until;
  std::string text;
  std::string etag;
};

void DeclareOffer(CLI::App& app, OfferOptions& options) {
  app.add_option("DEMAND", options.demand,
                 "pools/…/demands/… 或付款参考号 / Name or payment reference")
      ->required();
  app.add_option("--amount", options.amount,
                 "了结全部未付金额的数额（元）/ Sum for all that is open, in yuan")
      ->required();
  app.add_option("--until", options.until, "有效至，此日前不能撤回 / Last day; binds until then")
      ->required();
  app.add_option("--text", options.text, "理由 / Why")->required();
  app.add_option("--etag", options.etag,
                 "只在追偿函未变时才处理 / Only if the demand has not changed since");
}

CommandResult RunOffer(const OfferOptions& options, CommandContext& context) {
  const auto amount = domain::Money::FromYuan(options.amount);
  if (!amount.ok() || !amount->is_positive()) {
    Faults faults;
    faults.Add("--amount", "must be an amount in yuan");
    return adapters::AsUsageError(faults.ToStatus());
  }
  v1::OfferSettlementRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), DemandNameOf(options.demand, context));
  request.set_etag(options.etag);
  request.set_amount_fen(amount->fen());
  request.set_valid_until_on(options.until);
  request.set_text(options.text);
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::OfferSettlementResponse answer,
                          hub.Mutate<v1::OfferSettlementResponse>(
                              "NegotiationService.OfferSettlement", std::move(request)));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
  } else {
    context.out() << (context.validate_only() ? "校验通过，未记录\n" : "已送达\n")
                  << DemandForPeople(answer.demand());
  }
  return ExitCode::kOk;
}

struct AttachOptions {
  std::string demand;
  std::string file;
  std::string advance;
};

void DeclareAttach(CLI::App& app, AttachOptions& options) {
  app.add_option("DEMAND", options.demand,
                 "pools/…/demands/… 或付款参考号 / Name or payment reference")
      ->required();
  app.add_option("FILE", options.file,
                 "PDF、JPEG、PNG 或 TIFF，至多 4 MiB / The document, at most 4 MiB")
      ->required();
  app.add_option("--advance", options.advance,
                 "所涉明细的垫付；不给则针对整份 / The line it is about; else the whole");
}

// By the ending of the name; the hub checks it against the bytes.
std::string_view MediaTypeOf(const std::filesystem::path& file) {
  const std::string ending = absl::AsciiStrToLower(file.extension().string());
  if (ending == ".pdf") return "application/pdf";
  if (ending == ".jpg" || ending == ".jpeg") return "image/jpeg";
  if (ending == ".png") return "image/png";
  if (ending == ".tif" || ending == ".tiff") return "image/tiff";
  return "";
}

absl::StatusOr<v1::EvidenceFile> Announce(const AttachOptions& options, const std::string& bytes,
                                          const std::string& demand, HubSession& hub) {
  const std::filesystem::path path(options.file);
  const std::string media_type(MediaTypeOf(path));
  if (media_type.empty()) {
    return adapters::AsUsageError(MakeError(
        Reason::kInvalidArgument, absl::StrCat(options.file, ": not a PDF, JPEG, PNG or TIFF")));
  }
  v1::AttachEvidenceRequest request;
  request.set_name(demand);
  request.set_advance(options.advance);
  request.set_file_name(path.filename().string());
  request.set_media_type(media_type);
  request.set_byte_count(static_cast<std::int64_t>(bytes.size()));
  request.set_sha256(std::string(crypto::AsView(crypto::Sha256(bytes))));
  RECOUP_ASSIGN_OR_RETURN(const v1::AttachEvidenceResponse answer,
                          hub.Mutate<v1::AttachEvidenceResponse>(
                              "NegotiationService.AttachEvidence", std::move(request)));
  return answer.evidence();
}

// Goes on where an earlier try stopped: the hub says what it has.
CommandResult RunAttach(const AttachOptions& options, CommandContext& context) {
  const auto bytes = adapters::ReadNamedFile(options.file);
  if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
  RECOUP_ASSIGN_OR_RETURN(const std::string demand, DemandNameOf(options.demand, context));
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(v1::EvidenceFile file, Announce(options, *bytes, demand, hub));
  while (!context.validate_only() && file.received_byte_count() < file.byte_count()) {
    v1::PutEvidenceChunkRequest request;
    request.set_name(demand);
    request.set_evidence_id(file.evidence_id());
    request.set_offset_byte_count(file.received_byte_count());
    request.set_content(
        bytes->substr(static_cast<std::size_t>(file.received_byte_count()), kPiece));
    RECOUP_ASSIGN_OR_RETURN(const v1::PutEvidenceChunkResponse answer,
                            hub.Mutate<v1::PutEvidenceChunkResponse>(
                                "NegotiationService.PutEvidenceChunk", std::move(request)));
    file = answer.evidence();
  }
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(file);
  } else if (context.validate_only()) {
    context.out() << "校验通过，未记录\n";
  } else {
    context.out() << "已提交证据  " << file.evidence_id() << "，" << file.file_name() << "，"
                  << file.byte_count() << " 字节\n";
  }
  return ExitCode::kOk;
}

}  // namespace

void AddNegotiationCommands(adapters::Program& program) {
  program.AddCommand<OfferOptions>(
      program.root(),
      {.name = "offer",
       .zh = "提出以一笔金额了结全部未付（调解之外）",
       .en = "Offer a sum for all that is open, outside a mediation",
       .examples = {{.command = "recoup-insurer offer RF18539007547034 --amount 5000.00 --until "
                                "2026-04-30 --text 责任比例有争议",
                     .says = "至四月三十日有效"}},
       .effect = Effect::kOneRequest},
      DeclareOffer, RunOffer);
  CLI::App& evidence = program.AddGroup(program.root(), "evidence", "证据", "Evidence");
  program.AddCommand<AttachOptions>(
      evidence,
      {.name = "attach",
       .zh = "为追偿函或其一笔明细提交证据文件；中断后再次运行从断处继续",
       .en = "Attach a document to a demand; run again to go on after a break",
       .examples = {{.command = "recoup-insurer evidence attach RF18539007547034 病历.pdf",
                     .says = "针对整份追偿函"}},
       .effect = Effect::kManyRequests},
      DeclareAttach, RunAttach);
}

}  // namespace recoup::insurer
