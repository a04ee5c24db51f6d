// trace: from a lead and its invoices to the sum owed.
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/proto_json.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/describe_trace.h"
#include "adapters/hospital/program/message_file.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/trace_request.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/bill_number.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

void DeclareTrace(CLI::App& app, TraceOptions& options) {
  app.add_option("LEAD", options.lead,
                 "线索文件（JSON），- 为标准输入；选项优先于文件 / Lead as JSON, - for stdin");
  app.add_option("--name", options.name, "受伤人姓名 / Injured person");
  app.add_option("--id-number", options.id_number, "身份证号 / Identity number");
  app.add_option("--injured-on", options.injured_on, "受伤日期 YYYY-MM-DD / Day of the injury");
  app.add_option("--until", options.until_on, "查到哪一天 / Last day");
  app.add_option("--judged", options.judged, "判决或协议的医疗费（元）/ Judged medical sum, yuan");
  app.add_option(
         "--basis", options.basis,
         "判决口径：gross 未扣减、net 已扣减、fund-awarded 直接判给基金、none 无判决 / Basis")
      ->check(CLI::IsMember({"gross", "net", "fund-awarded", "none"}));
  app.add_option("--share", options.share, "对方责任比例（%），如 70 / Liable share in percent");
  app.add_option("--liable", options.liable, "责任方名称 / Who is liable");
  app.add_flag("--paid", options.paid, "赔偿款已付给受伤人 / The compensation reached the person");
  app.add_option("--invoice", options.invoices.paths,
                 "票据文件或文件夹，可多个 / Bills: files, or folders of them");
  app.add_option("--correct", options.invoices.corrections,
                 "更正读错的票据：文件:项目=值 / What was read wrongly: FILE:key=value")
      ->allow_extra_args(false);
  app.add_option("--confirm", options.invoices.confirmations,
                 "经核对读得对的票据 / A bill that was read rightly")
      ->allow_extra_args(false);
  app.add_option("--bill", options.bills,
                 "手工录入票据：号码[=总额[/基金支付]][@开票日期]，元 / A bill by hand: "
                 "number[=total[/fund part]][@day]")
      ->allow_extra_args(false);
  app.add_option("--exclude", options.exclusions,
                 "与受伤无关：就诊ID=理由，或 票据:号码=理由 / Not caused by the injury")
      ->allow_extra_args(false);
  app.add_option("--assign", options.assignments,
                 "金额相符的结算不止一笔时指明：票据=结算ID / Which settlement a bill belongs to: "
                 "BILL=setl_id")
      ->allow_extra_args(false);
  app.add_option("--same-bill", options.same_bill,
                 "经核对与更早结算是同一张票据、不再计入的结算ID / A settlement of a bill that an "
                 "earlier one settled")
      ->allow_extra_args(false);
  app.add_option("--other-bill", options.other_bill,
                 "票据号码与更早结算相同、但经核对是另一张票据的结算ID / A settlement of another "
                 "bill with the same number")
      ->allow_extra_args(false);
  app.add_option("--plate", options.plate,
                 "事故车牌，用以查交强险保单；不填则用就诊标志上的车牌 / The vehicle");
  app.add_option("--limit-left", options.limit_left,
                 "交强险医疗费用限额还剩多少（元），代替系统所知 / What is left of the compulsory "
                 "medical limit, yuan");
  app.add_flag("--attach", options.attach,
               "把对应到结算的票据作为证据附到系统中 / Attach the bills that were matched");
}

absl::Status TakeLead(TraceOptions& options) {
  if (options.lead.empty()) return absl::OkStatus();
  const absl::StatusOr<std::string> bytes = ReadMessageFile(options.lead);
  if (!bytes.ok()) {
    // Who is used to `show` names a visit here.
    Faults faults;
    for (const FieldFault& fault : DetailOf(bytes.status()).faults) {
      faults.Add(fault.field, absl::StrCat(fault.description,
                                           "；此处应为线索文件（JSON），追溯一个人请用 --name、"
                                           "--id-number 与 --injured-on"));
    }
    return faults.empty() ? bytes.status() : faults.ToStatus();
  }
  const absl::StatusOr<LeadFile> lead = LeadFromJson(*bytes);
  if (!lead.ok()) {
    Faults faults;
    for (const FieldFault& fault : DetailOf(lead.status()).faults) {
      faults.Add(absl::StrCat(options.lead, "/", fault.field), fault.description);
    }
    return faults.empty() ? lead.status() : faults.ToStatus();
  }
  FillFrom(*lead, options);
  return absl::OkStatus();
}

// A number that the lead or the clerk gives beside the file of the same bill is not the bill twice:
// what was read says more.
void AddRead(const std::vector<v1::PresentedBill>& read, v1::TraceInjuryRequest& request) {
  std::set<std::string> numbers;
  for (const v1::PresentedBill& bill : read) numbers.insert(bill.invoice_number());
  v1::TraceInjuryRequest kept = request;
  kept.clear_bills();
  for (const v1::PresentedBill& bill : request.bills()) {
    const bool number_only = !bill.has_total_fen() && bill.issued_on().empty();
    if (!number_only || !numbers.contains(bill.invoice_number())) *kept.add_bills() = bill;
  }
  for (const v1::PresentedBill& bill : read) *kept.add_bills() = bill;
  request = std::move(kept);
}

// Bills that count by a settlement, to their advances; how many.
absl::StatusOr<int> Attach(const v1::TraceInjuryRequest& request,
                           const v1::TraceInjuryResponse& trace, HospitalHub& hub,
                           CommandContext& context) {
  std::map<std::string, v1::AttachBillsRequest> by_advance;
  int count = 0;
  for (const v1::TracedBill& bill : trace.bills()) {
    if (bill.advance().empty() || !bill.included() || !domain::IsBillNumber(bill.invoice_number()))
      continue;
    v1::AttachBillsRequest& attach = by_advance[bill.advance()];
    attach.set_advance(bill.advance());
    *attach.add_bills() = request.bills(bill.bill());
    ++count;
  }
  for (const auto& [advance, attach] : by_advance) {
    RECOUP_RETURN_IF_ERROR(hub.AttachBills(attach, context.NextRequestId()).status());
  }
  return count;
}

void ReportUnread(const std::vector<UnreadBill>& unread, CommandContext& context) {
  for (const UnreadBill& bill : unread) {
    if (context.json()) {
      Json json = {{"file", bill.source}};
      json.update(Json::parse(adapters::ErrorAsJson(bill.why)));
      context.err() << JsonLine(json);
    } else {
      context.err() << "未读出：" << bill.source << "\n"
                    << adapters::ErrorForPeople(bill.why, adapters::Colour::kOff);
    }
  }
}

CommandResult RunTrace(const TraceOptions& given, CommandContext& context) {
  TraceOptions options = given;
  if (const absl::Status lead = TakeLead(options); !lead.ok()) {
    return adapters::AsUsageError(lead);
  }
  absl::StatusOr<v1::TraceInjuryRequest> request = TraceRequestFrom(options);
  if (!request.ok()) return adapters::AsUsageError(request.status());
  const absl::StatusOr<BillsRead> read = ReadBills(options.invoices, context);
  if (!read.ok()) return adapters::AsUsageError(read.status());
  AddRead(read->bills, *request);
  if (const absl::Status assigned = Assign(options.assignments, *request); !assigned.ok()) {
    return adapters::AsUsageError(assigned);
  }
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  RECOUP_ASSIGN_OR_RETURN(const v1::TraceInjuryResponse trace,
                          hub->TraceInjury(*request, context.NextRequestId()));
  RECOUP_ASSIGN_OR_RETURN(const FundTypes fund_types, FundTypes::BuiltIn());
  context.out() << (context.json() ? adapters::ProtoAsJson(trace)
                                   : TraceForPeople(*request, trace, fund_types));
  ReportUnread(read->unread, context);
  if (options.attach) {
    RECOUP_ASSIGN_OR_RETURN(const int attached, Attach(*request, trace, *hub, context));
    if (!context.json()) context.out() << "\n已附 " << attached << " 张票据。\n";
  }
  if (trace.gap() != v1::TRACE_GAP_UNSPECIFIED) return ExitCode::kUsage;
  return read->unread.empty() ? ExitCode::kOk : ExitCode::kPartlyRefused;
}

}  // namespace

void AddTraceCommand(adapters::Program& program) {
  program.AddCommand<TraceOptions>(
      program.root(),
      {.name = "trace",
       .zh = "追溯一次受伤：读票据，汇总各次就诊，计算应退回基金的金额，发现重复",
       .en = "Trace an injury: read its bills, add up its visits, compute what is owed, find what "
             "was paid twice",
       .examples =
           {{"recoup-hospital trace lead.json --invoice 票据/ --attach",
             "按线索文件，读文件夹中的全部票据，对应上的附为证据"},
            {"recoup-hospital trace --name 陈晓岚 --id-number 310115198503124523 --injured-on "
             "2026-01-05 --basis gross --judged 18265.31 --paid",
             "判决未扣减医保部分，赔偿款已付给本人"},
            {"recoup-hospital trace --name 陈晓岚 --injured-on 2026-01-05 --share 70 --exclude "
             "310115M0009=治疗糖尿病",
             "无判决，按七成责任；排除一次无关就诊"}}},
      DeclareTrace, RunTrace);
}

}  // namespace recoup::hospital
