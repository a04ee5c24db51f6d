// The layer rule as tables, and what breaks it.
//
// base ← crypto, domain ← ledger ← matching, reconcile ← app ← engine, storage, audit, rpc ← main.
// ARCHITECTURE.md draws the picture; these tables are the rule itself.
#ifndef RECOUP_TESTS_ARCHITECTURE_LAYERS_H_
#define RECOUP_TESTS_ARCHITECTURE_LAYERS_H_

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace recoup::architecture {

// One sentence for each #include of the file that its place does not allow; empty when all is well.
std::vector<std::string> LayerViolations(const SourceFile& file);

}  // namespace recoup::architecture

#endif  // RECOUP_TESTS_ARCHITECTURE_LAYERS_H_
