// A store in memory: app::Store without a disk, for simulations of very many commands and as a
// second implementation under the store's contract. A snapshot is a copy of everything, so it sees
// one moment whatever is committed later; take few of a large store. Nothing outlives the process;
// BackupTo is UNIMPLEMENTED.
#ifndef RECOUP_TESTS_SUPPORT_MEMORY_STORE_H_
#define RECOUP_TESTS_SUPPORT_MEMORY_STORE_H_

#include <functional>
#include <memory>

#include "hub/app/ports.h"

namespace recoup::testing {

// `watch`, when given, sees every WriteSet right after it was committed, on the writer's thread.
std::unique_ptr<app::Store> MakeMemoryStore(
    std::function<void(const app::WriteSet&)> watch = nullptr);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SUPPORT_MEMORY_STORE_H_
