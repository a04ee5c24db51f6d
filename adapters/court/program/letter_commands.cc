// recoup-court letters: what the hub wrote to the court.
#include <algorithm>
#include <string>
#include <vector>

#include "adapters/common/letters/letter_pdf.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/court_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct LetterOptions {
  std::string court_case;
  std::string letter;
  std::string pdf;
};

void DeclareList(CLI::App& app, LetterOptions& options) {
  app.add_option("--case", options.court_case, "只列此案：案号或 courtCases/… / Only of this case");
  app.add_option("--pdf", options.pdf,
                 "另存为 PDF 的目录 / Folder to write the letters into as PDF");
}

void DeclareShow(CLI::App& app, LetterOptions& options) {
  app.add_option("LETTER", options.letter, "函件名称，见 letters list / Name, see letters list")
      ->required();
  app.add_option("--pdf", options.pdf,
                 "另存为 PDF 的文件（.pdf）或目录 / PDF file, or folder, to write the letter into");
}

// Answers with the files on stderr, so that what is piped on stays clean.
absl::Status SavePdf(const std::vector<v1::Letter>& letters, const LetterOptions& options,
                     CommandContext& context) {
  if (options.pdf.empty()) return absl::OkStatus();
  const absl::StatusOr<std::vector<std::string>> files =
      adapters::WriteLetterPdfs(letters, options.pdf);
  if (!files.ok()) return adapters::AsUsageError(files.status());
  for (const std::string& file : *files) context.err() << "已写入 " << file << '\n';
  return absl::OkStatus();
}

std::string_view KindInChinese(v1::LetterKind kind) {
  if (kind == v1::LETTER_KIND_COURT_NOTICE) return "告知函";
  if (kind == v1::LETTER_KIND_DEMAND) return "追偿函";
  if (kind == v1::LETTER_KIND_REFUND_CHECK) return "退回核查函";
  if (kind == v1::LETTER_KIND_INQUIRY) return "核查函（未定金额）";
  if (kind == v1::LETTER_KIND_REMINDER) return "催告函";
  if (kind == v1::LETTER_KIND_WITHDRAWAL) return "撤回函";
  if (kind == v1::LETTER_KIND_RECEIPT) return "到账确认函";
  return "函";
}

// What became of a letter that asks; of others nothing is told.
std::string_view StateInChinese(const v1::Letter& letter) {
  const v1::InquiryState state = letter.inquiry().state();
  if (state == v1::INQUIRY_STATE_OPEN) return "待答复";
  if (state == v1::INQUIRY_STATE_ANSWERED) return "已答复";
  if (state == v1::INQUIRY_STATE_SUPERSEDED) return "已被替代";
  if (state == v1::INQUIRY_STATE_WITHDRAWN) return "已撤回";
  return "";
}

CommandResult RunList(const LetterOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  std::string name;
  if (!options.court_case.empty()) {
    RECOUP_ASSIGN_OR_RETURN(name, hub.CaseName(options.court_case));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Letter> letters, hub.ListLetters(name));
  RECOUP_RETURN_IF_ERROR(SavePdf(letters, options, context));
  if (context.json()) {
    v1::ListCourtLettersResponse all;
    for (const v1::Letter& letter : letters) *all.add_letters() = letter;
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (letters.empty()) {
    context.out() << "没有函件\n";
    return ExitCode::kOk;
  }
  adapters::Table table({{"函件"}, {"种类"}, {"状态"}, {"标题"}, {"日期"}, {"案件"}});
  for (const v1::Letter& letter : letters) {
    table.AddRow({letter.name(), std::string(KindInChinese(letter.kind())),
                  std::string(StateInChinese(letter)), letter.title(), letter.issued_on(),
                  letter.court_case()});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

CommandResult RunShow(const LetterOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Letter> letters, hub.ListLetters(""));
  const auto letter = std::ranges::find(letters, options.letter,
                                        [](const v1::Letter& each) { return each.name(); });
  if (letter == letters.end()) return MakeError(Reason::kNotFound, "no such letter for this court");
  RECOUP_RETURN_IF_ERROR(SavePdf({*letter}, options, context));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(*letter);
  } else {
    context.out() << letter->title() << "\n\n" << letter->text() << '\n';
  }
  return ExitCode::kOk;
}

}  // namespace

void AddLetterCommands(adapters::Program& program) {
  CLI::App& letters = program.AddGroup(program.root(), "letters", "平台致法院的函件", "Letters");
  program.AddCommand<LetterOptions>(
      letters,
      {.name = "list",
       .zh = "列出函件",
       .en = "List letters meant for this court",
       .examples = {{.command = "recoup-court letters list --pdf 函件", .says = "全部存为 PDF"}}},
      DeclareList, RunList);
  program.AddCommand<LetterOptions>(
      letters, {.name = "show", .zh = "显示函件全文", .en = "Show the text of a letter"},
      DeclareShow, RunShow);
}

}  // namespace recoup::court
