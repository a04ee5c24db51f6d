#include "adapters/insurer/program/insurer_program.h"

#include "adapters/common/common_config.h"
#include "adapters/common/spool_program.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "adapters/insurer/program/main.h"

namespace recoup::insurer {

std::vector<config::KeyRow> InsurerKeys() {
  std::vector<config::KeyRow> keys = adapters::HubKeys();
  for (config::KeyRow& row : adapters::SpoolKeys()) keys.push_back(std::move(row));
  keys.push_back({.name = "insurer.watch_file",
                  .type = config::KeyType::kPath,
                  .help = "Where `demands watch` remembers how far it has come; if not set, the "
                          "file of the spool with `.watch` appended.",
                  .zh = "demands watch 记住进度的文件；不设则为队列文件加 .watch"});
  keys.push_back({.name = "insurer.signing_key_file",
                  .type = config::KeyType::kPath,
                  .help =
                      "PEM file of the insurer's Ed25519 key, readable by its owner only; signs "
                      "compared accounts.",
                  .zh = "本公司的 Ed25519 私钥（PEM），仅属主可读；签署对账"});
  keys.push_back({.name = "insurer.hub_verify_key_file",
                  .type = config::KeyType::kPath,
                  .help = "PEM file of the hub's public Ed25519 key; receipts are checked with it.",
                  .zh = "中心的 Ed25519 公钥（PEM），用于核对回执"});
  return keys;
}

InsurerProgram::InsurerProgram()
    : frame_({.name = "recoup-insurer",
              .purpose_zh = "保险公司端：登记保单，处理追偿函，通知付款",
              .purpose_en = "For insurers: register policies, answer demands, announce payments",
              .keys = InsurerKeys()}) {
  AddPolicyCommands(frame_);
  CLI::App& demands = frame_.AddGroup(frame_.root(), "demands", "追偿函", "Demands");
  AddDemandCommands(frame_, demands);
  AddWatchCommand(frame_, demands);
  AddAnswerCommands(frame_);
  AddNegotiationCommands(frame_);
  AddMediationCommands(frame_);
  AddAgreementCommands(frame_);
  AddAdviceCommands(frame_);
  AddAccountCommands(frame_);
  AddPaymentCommands(frame_);
  AddBatchCommands(frame_);
  AddSplitCommands(frame_);
  AddBankCommands(frame_);
  adapters::AddSpoolCommands<OpenInsurerSender>(frame_);
}

int Main(int argc, char** argv) {
  InsurerProgram program;
  return adapters::RunMain(program.frame(), argc, argv);
}

}  // namespace recoup::insurer
