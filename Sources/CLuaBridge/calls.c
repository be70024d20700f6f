// Operations that run on the current coroutine and cannot yield.
#include "bridge.h"

#include <string.h>

void njx_enter(nj_vm *vm) {
    if (vm->depth++ > 0) return;
    vm->killed = 0;
    vm->too_deep = false;
    njx_trace_clear(vm);
    // The signal handler runs on this thread, so program order is enough for it; the watchdog only samples.
    atomic_store_explicit(&vm->running, ++vm->sequence, memory_order_release);
    atomic_signal_fence(memory_order_seq_cst);
}

void njx_leave(nj_vm *vm) {
    if (--vm->depth > 0) return;
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&vm->running, 0, memory_order_release);
}

typedef struct evaluation {
    const char *source;
    size_t length;
    const char *name;
    uint32_t flags;
} evaluation;

static int call_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    bool references = vm->references;
    int arguments = (int)vm->io.in_results;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->function);
    njx_push_values(L, vm);
    lua_call(L, arguments, LUA_MULTRET);
    int results = lua_gettop(L);
    njx_collect(L, vm, 1, results, references);
    return results;
}

static int evaluate_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    const evaluation *e = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, e->source, e->length, e->name, "t") != LUA_OK) {
        vm->syntax_error = true;
        return lua_error(L);
    }
    bool is_prelude = e->flags & NJ_LOAD_PRELUDE;
    if (is_prelude) lua_pushcfunction(L, njx_native);
    if (!(e->flags & NJ_LOAD_ONLY)) lua_call(L, is_prelude, LUA_MULTRET);
    int last = lua_gettop(L);
    njx_collect(L, vm, 2, last, false);
    return last - 1;
}

/// Runs a body under protection. The arguments of the operation are in `in`.
static nj_status run(nj_vm *vm, lua_CFunction body, void *pointer, nj_waiting waiting) {
    if (vm->depth == 0) njx_need_room(vm);
    lua_State *L = vm->current;
    int base = lua_gettop(L);
    // On the outside the stack is empty, and has LUA_MINSTACK slots.
    if (base > 0 && !lua_checkstack(L, 8)) return njx_no_memory(vm);
    bool outer_yieldable = vm->outer_yieldable;
    nj_waiting outer_waiting = vm->waiting;
    vm->outer_yieldable = false;
    // What forbids waiting outside forbids it inside.
    if (outer_waiting == NJ_WAIT_ALLOWED || vm->depth == 0) vm->waiting = waiting;
    njx_enter(vm);
    lua_pushcfunction(L, njx_trace_handler);
    lua_pushcfunction(L, body);
    if (pointer != NULL) lua_pushlightuserdata(L, pointer);
    int status = lua_pcall(L, pointer != NULL, LUA_MULTRET, base + 1);
    nj_status result = NJ_OK;
    if (status != LUA_OK) {
        result = njx_fail(vm, L, base, status);
    } else if (vm->io.out_anchored) {
        vm->anchor = L;
        vm->anchor_base = base;
        vm->anchor_handler = -1;
    } else {
        lua_settop(L, base);
    }
    njx_leave(vm);
    vm->outer_yieldable = outer_yieldable;
    vm->waiting = outer_waiting;
    if (status == LUA_ERRMEM && vm->depth == 0) njx_recover_room(vm);
    return result;
}

nj_status nj_call(nj_vm *vm, int32_t function, nj_waiting waiting, bool references) {
    vm->references = references;
    vm->function = function;
    return run(vm, call_body, NULL, waiting);
}

nj_status nj_evaluate(nj_vm *vm, const char *source, size_t length, const char *name, uint32_t flags) {
    evaluation e = {source, length, name, flags};
    vm->syntax_error = false;
    vm->globals_open = flags & NJ_LOAD_PRELUDE;
    nj_status status = run(vm, evaluate_body, &e, NJ_WAIT_LOADING);
    vm->globals_open = false;
    return status;
}
