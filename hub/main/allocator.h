// How the process asks the C library for memory.
#ifndef RECOUP_HUB_MAIN_ALLOCATOR_H_
#define RECOUP_HUB_MAIN_ALLOCATOR_H_

namespace recoup {

// Every batch allocates some hundred thousand small pieces on one thread and releases them on
// another. By default glibc then joins free pieces and returns memory to the kernel after each
// batch, only to ask for it again; a tenth of the hub's time went there. Call before any thread
// starts.
void KeepMemory();

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_ALLOCATOR_H_
