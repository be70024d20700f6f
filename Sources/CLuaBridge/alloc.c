// The accounting allocator: bounds what one VM can use, which hooks cannot.
#include "bridge.h"

#include <stdlib.h>

void *njx_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    nj_vm *vm = context;
    // For a new block Lua passes the type of the object in `old_size`.
    size_t old = block == NULL ? 0 : old_size;
    size_t used = atomic_load_explicit(&vm->used, memory_order_relaxed);
    if (new_size == 0) {
        free(block);
        atomic_store_explicit(&vm->used, used - old, memory_order_relaxed);
        return NULL;
    }
    if (new_size > old) {
        if (vm->fail_from > 0) {
            if (vm->fail_from == 1) return NULL;
            vm->fail_from -= 1;
        }
        size_t growth = new_size - old;
        if (growth > vm->limits.memory_bytes_max || used > vm->limits.memory_bytes_max - growth) {
            njx_note_refusal(vm);
            return NULL;
        }
    }
    void *moved = realloc(block, new_size);
    // Lua assumes that shrinking cannot fail; the old block is still large enough.
    if (moved == NULL) {
        if (new_size > old) return NULL;
        moved = block;
    }
    atomic_store_explicit(&vm->used, used - old + new_size, memory_order_relaxed);
    return moved;
}

size_t nj_memory_used(const nj_vm *vm) { return atomic_load_explicit(&vm->used, memory_order_relaxed); }

void nj_fail_allocations_from(nj_vm *vm, uint64_t nth) { vm->fail_from = nth; }

void nj_collect(nj_vm *vm) { lua_gc(vm->main, LUA_GCCOLLECT); }

bool nj_reserve(nj_vm *vm, size_t values, size_t bytes) {
    nj_io *io = &vm->io;
    if (values > io->in_capacity - io->in_count) {
        size_t capacity = (io->in_count + values) * 2;
        nj_value *grown = realloc(io->in, capacity * sizeof(nj_value));
        if (grown == NULL) return false;
        io->in = grown;
        io->in_capacity = capacity;
    }
    if (bytes > io->in_bytes_capacity - io->in_bytes_count) {
        size_t capacity = (io->in_bytes_count + bytes) * 2;
        char *grown = realloc(io->in_bytes, capacity);
        if (grown == NULL) return false;
        io->in_bytes = grown;
        io->in_bytes_capacity = capacity;
    }
    return true;
}
