#include "tests/support/hub_world.h"

#include <unistd.h>

#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/crypto/bytes.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/ledger/laws.h"
#include "hub/storage/sqlite/sqlite_store.h"

namespace recoup::testing {
namespace {

std::filesystem::path FreshDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "recoup-test-XXXXXX").string();
  RECOUP_CHECK(::mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

domain::Party MakeParty(const app::Caller& caller, std::string name) {
  domain::Party party;
  party.party = caller.party;
  party.display_name = std::move(name);
  return party;
}

}  // namespace

std::string IdentitySeal::Seal(const std::string& /*partition*/, std::string_view /*place*/,
                               std::string_view plain) {
  return std::string(plain);
}

absl::StatusOr<std::string> IdentitySeal::Open(const std::string& /*partition*/,
                                               std::string_view /*place*/,
                                               std::string_view sealed) {
  return std::string(sealed);
}

std::string PlainBlinder::IdNumber(std::string_view normalised) {
  return absl::StrCat("id:", std::string(normalised));
}
std::string PlainBlinder::Name(std::string_view normalised) {
  return absl::StrCat("name:", std::string(normalised));
}
std::string PlainBlinder::CaseNumber(std::string_view normalised) {
  return absl::StrCat("case:", std::string(normalised));
}

HubWorld::HubWorld()
    : directory_(FreshDirectory()),
      clock_(absl::FromCivil(absl::CivilSecond(2026, 3, 20, 10, 0, 0), ChinaTimeZone())) {
  hub_key_ = crypto::SigningKey::Generate(request_random_);
  court_key_ = crypto::SigningKey::Generate(request_random_);
  auto store = storage::OpenSqliteStore((directory_ / "hub.db").string());
  RECOUP_CHECK(store.ok());
  store_ = *std::move(store);
  engine_ = std::make_unique<engine::Engine>(
      engine::Engine::Parts{*store_, seal_, blinder_, clock_, random_, *hub_key_},
      engine::EngineOptions{});
  engine_->Start();

  domain::Party fund_party = MakeParty(fund, "浦东新区医疗保险事务中心");
  fund_party.pools = {pool};
  Register(std::move(fund_party));
  Register(MakeParty(hospital, "临溪仁济医院"));
  domain::Party court_party = MakeParty(court, "浦东新区人民法院");
  court_party.keys = {{.key_id = court_key_->key_id(),
                       .public_key = std::string(crypto::AsView(court_key_->verify_key().bytes())),
                       .revoked = false}};
  Register(std::move(court_party));
  domain::Party insurer_party = MakeParty(insurer, "华安联合财产保险股份有限公司");
  insurer_party.aliases = {"华安联合财险上海分公司"};
  Register(std::move(insurer_party));
  Register(MakeParty(mediator, "浦东新区医疗保险人民调解委员会"));
}

HubWorld::~HubWorld() {
  engine_->Stop();
  engine_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void HubWorld::Register(domain::Party party) {
  const app::Caller someone{{"operator/hub"}, "operator/hub"};
  const absl::Status status = Run(someone, [&party](app::UnitOfWork& work) -> absl::Status {
    domain::Party record = party;
    record.id = work.NewId<domain::PartyRecordId>();
    work.Put(record);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
}

void HubWorld::Read(const std::function<void(app::RecordReader&)>& read) {
  const auto view = store_->Snapshot();
  ASSERT_TRUE(view.ok()) << view.status();
  app::RecordReader reader(**view, seal_);
  read(reader);
}

std::vector<std::string> HubWorld::BrokenLaws(const std::string& pool_name) {
  std::vector<std::string> broken;
  Read([&](app::RecordReader& reader) {
    const auto balances = reader.view().BalancesOf(pool_name);
    const auto transfers = reader.view().Transfers(pool_name, 0, 100'000);
    const auto advances = reader.Scan<domain::Advance>(pool_name, Id(), 100'000);
    const auto demands = reader.Scan<domain::Demand>(pool_name, Id(), 100'000);
    ASSERT_TRUE(balances.ok() && transfers.ok() && advances.ok() && demands.ok());
    ledger::LawCheck check(*balances);
    for (const ledger::Transfer& transfer : *transfers) check.Add(transfer);
    for (const domain::Advance& advance : *advances) check.Add(advance);
    for (const domain::Demand& demand : *demands) check.Add(demand);
    for (const ledger::Violation& violation : check.Finish()) {
      broken.push_back(
          absl::StrCat("law ", violation.law, " ", violation.subject, ": ", violation.description));
    }
  });
  return broken;
}

namespace {

// As on the wire: what a fund does is in the log of its pool, what others do in their own.
std::string PartitionOf(HubWorld& world, const app::Caller& caller) {
  std::string partition = caller.party.value;
  if (caller.party.kind() != domain::PartyKind::kFund) return partition;
  world.Read([&](app::RecordReader& reader) {
    const auto party = reader.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                    domain::Key({caller.party.value}));
    ASSERT_TRUE(party.ok()) << party.status();
    if (*party && !(**party).pools.empty()) partition = (**party).pools.front().value;
  });
  return partition;
}

}  // namespace

absl::Status HubWorld::Submit(const app::Caller& caller,
                              std::function<absl::Status(app::UnitOfWork&)> use_case) {
  engine::Command command;
  command.caller = caller;
  command.method = "Test";
  command.request_id = request_ids_.Next(clock_.Now());
  command.partition = PartitionOf(*this, caller);
  command.content = command.request_id.ToBytes();
  command.run = [use_case =
                     std::move(use_case)](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
    if (absl::Status status = use_case(work); !status.ok()) return status;
    return std::string();
  };
  std::promise<absl::Status> answered;
  engine::CommandGroup group;
  group.commands.push_back(std::move(command));
  group.done = [&](std::vector<engine::Outcome> outcomes) {
    answered.set_value(outcomes.front().status);
  };
  engine_->Submit(std::move(group));
  const absl::Status status = answered.get_future().get();
  if (status.ok()) {
    std::vector<std::string> partitions;
    Read([&](app::RecordReader& reader) {
      const auto all = reader.view().Partitions();
      ASSERT_TRUE(all.ok()) << all.status();
      partitions = *all;
    });
    for (const std::string& partition : partitions) {
      if (!domain::PoolId::Parse(partition)) continue;
      for (const std::string& breach : BrokenLaws(partition)) ADD_FAILURE() << breach;
    }
  }
  return status;
}

}  // namespace recoup::testing
