#include "adapters/court/program/court_program.h"

#include "adapters/common/common_config.h"
#include "adapters/common/spool_program.h"
#include "adapters/court/elements.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/main.h"

namespace recoup::court {

using config::KeyType;
using config::Need;

std::vector<config::KeyRow> CourtKeys() {
  std::vector<config::KeyRow> keys = adapters::HubKeys();
  for (config::KeyRow& row : adapters::SpoolKeys()) keys.push_back(std::move(row));
  keys.push_back({.name = "court.signing_key_file",
                  .type = KeyType::kPath,
                  .help = "PEM file of the court's Ed25519 key, readable by its owner only.",
                  .need = Need::kRequired,
                  .zh = "本院的 Ed25519 私钥（PEM），仅属主可读"});
  keys.push_back({.name = "court.hub_verify_key_file",
                  .type = KeyType::kPath,
                  .help = "PEM file of the hub's public Ed25519 key; receipts are checked with it.",
                  .zh = "平台的 Ed25519 公钥（PEM），用于核对回执"});
  keys.push_back({.name = "court.receipt_directory",
                  .type = KeyType::kPath,
                  .help =
                      "Where the hub's receipts are kept; if not set, a folder `receipts` beside "
                      "`spool.file`.",
                  .zh = "回执存放处；不设则为队列文件旁的 receipts"});
  keys.push_back({.name = "court.journal_file",
                  .type = KeyType::kPath,
                  .help = "What `run` has read and the clerk has reviewed; if not set, "
                          "`journal.sqlite` beside `spool.file`.",
                  .zh = "run 读过和书记员复核过的记录；不设则为队列文件旁的 journal.sqlite"});
  static_assert(kReviewBelowPercent == 60, "the default below says the same");
  keys.push_back({.name = "court.review_below_percent",
                  .type = KeyType::kInteger,
                  .help =
                      "`run` puts a case on the review list, and pushes it without consent, when "
                      "an element that counts was read with less confidence.",
                  .default_text = "60",
                  .min = 0,
                  .max = 100,
                  .zh = "关键要素的把握低于此百分数时列入复核，且不带同意推送"});
  keys.push_back({.name = "court.push_sentences",
                  .type = KeyType::kBoolean,
                  .help = "Whether the sentences that elements were read from leave the court with "
                          "them; otherwise only elements, rules and the document's hash do.",
                  .default_text = "false",
                  .zh = "是否连同要素所出的原句一并推送"});
  return keys;
}

CourtProgram::CourtProgram()
    : frame_(
          {.name = "recoup-court",
           .purpose_zh = "法院端：提取裁判文书要素，推送已结案件，查看回执与函件",
           .purpose_en = "For courts: read judgments, push closed cases, see receipts and letters",
           .keys = CourtKeys()}) {
  AddExtractCommand(frame_);
  AddTextCommand(frame_);
  AddPushCommands(frame_);
  AddRunCommand(frame_);
  AddReviewCommands(frame_);
  AddCaseCommands(frame_);
  AddLetterCommands(frame_);
  adapters::AddSpoolCommands<OpenCourtSender>(frame_);
}

int Main(int argc, char** argv) {
  CourtProgram program;
  return adapters::RunMain(program.frame(), argc, argv);
}

}  // namespace recoup::court
