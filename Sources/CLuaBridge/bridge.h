// What the files of the bridge share. Nothing here is visible to Swift.
#ifndef NIGHTJAR_BRIDGE_H
#define NIGHTJAR_BRIDGE_H

#include "CLuaBridge.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

/// A coroutine a handler runs on. Slots are linked into a list of idle and one of empty ones.
typedef struct njx_handler {
    lua_State *L;
    int32_t reference;
    int32_t next;
    uint8_t state;
    bool escaped; // the script holds the thread value: do not recycle
} njx_handler;

enum { NJX_EMPTY, NJX_IDLE, NJX_RUNNING, NJX_PARKED };

/// The coroutines that are resuming one another, innermost first. Lives on the C stack.
typedef struct njx_link {
    lua_State *L;
    struct njx_link *outer;
} njx_link;

typedef struct njx_type {
    int32_t metatable;
    const void *identity;
} njx_type;

/// The front of an object's userdata; the payload follows.
typedef struct njx_object {
    uint32_t type;
    size_t length;
} njx_object;

/// What the chunk names of preludes start with.
#define NJX_PRELUDE_PREFIX "=[native]"

enum { NJX_TRACE_MAX = 4096, NJX_SOURCE_MAX = 256, NJX_IDLE_MAX = 64, NJX_DEPTH_MAX = 20000 };

struct nj_vm {
    nj_io io;
    lua_State *main;
    nj_host_callback callback;
    void *context;
    nj_limits limits;
    size_t out_capacity;

    // Memory
    _Atomic size_t used;
    uint64_t fail_from;
    size_t room_low, room_high; // outside of these the collector is looked after before an operation begins
    size_t pause;               // of the collector, in percent
    bool too_deep;              // at the limit that was last hit

    // The operation that runs. `current` and `killed` are read or written by the signal handler.
    lua_State *volatile current;
    volatile sig_atomic_t killed;
    uint32_t depth;
    uint64_t sequence;
    _Atomic uint64_t running;
    _Atomic uint64_t kill_request;
    pthread_t thread;
    njx_link *links;
    lua_State *handler; // the handler's own coroutine, NULL in a plain call
    int32_t handler_index;
    nj_waiting waiting;
    bool outer_yieldable; // all coroutines around the current one can yield
    bool references;      // results cross by reference
    int32_t function;     // to be called
    bool collecting; // `out` is being filled
    size_t out_bytes; // of the strings and objects in `out`
    uint32_t resets; // coroutines that are being closed, each inside the one before
    bool syntax_error;
    bool globals_open;
    bool resume_raises;
    lua_State *anchor;
    int anchor_base;
    int32_t anchor_handler; // -1: the anchor is not a handler's coroutine

    njx_handler *handlers;
    int32_t handler_count;
    int32_t idle;
    int32_t idle_count;
    int32_t empty;
    uint32_t parked;

    njx_type *types;
    uint32_t type_count;
    int32_t error_metatable;
    const void *error_identity;
    int32_t list_metatable;
    const void *list_identity;
    int32_t print;
    int32_t searcher;

    size_t trace_length;
    char trace[NJX_TRACE_MAX];
    char source[NJX_SOURCE_MAX];
    char caller[LUA_IDSIZE];
};

static inline nj_vm *njx_vm(lua_State *L) { return *(nj_vm **)lua_getextraspace(L); }

// Memory
void *njx_allocate(void *context, void *block, size_t old_size, size_t new_size);
void njx_room_begin(nj_vm *vm);
/// Collects what an operation would stumble over. Not while one runs.
void njx_make_room(nj_vm *vm);
/// After an operation that found no memory: what it leaves is garbage.
void njx_recover_room(nj_vm *vm);

/// Before an operation, whose own time it does not take.
static inline void njx_need_room(nj_vm *vm) {
    size_t used = atomic_load_explicit(&vm->used, memory_order_relaxed);
    if (used >= vm->room_high || used < vm->room_low) njx_make_room(vm);
}

// Values; all may raise
void njx_push_values(lua_State *L, nj_vm *vm);
void njx_collect(lua_State *L, nj_vm *vm, int first, int last, bool references);
int njx_objects_equal(lua_State *L);
void njx_forget_out(nj_vm *vm, lua_State *L);
/// NJ_MEMORY for an operation that did not begin: what an earlier one left in `io` is not its error.
nj_status njx_no_memory(nj_vm *vm);

// Operations
void njx_enter(nj_vm *vm);
void njx_leave(nj_vm *vm);
nj_status njx_fail(nj_vm *vm, lua_State *L, int base, int status);

// Host functions
void njx_push_host_function(lua_State *L, const char *name, int32_t function, uint32_t flags);
int njx_native(lua_State *L); // f -> f as a native function, whose callers keep their place in a tail call
int njx_raise_host_error(lua_State *L, const char *code, const char *message);

// Tracebacks
int njx_trace_handler(lua_State *L);
void njx_trace_capture(nj_vm *vm, lua_State *L);
/// Of a coroutine that has failed.
void njx_trace_failure(nj_vm *vm, lua_State *co);
/// Whether a limit is hit by calls inside each other, of which Lua itself allows so many that memory or time end first.
void njx_note_depth(nj_vm *vm, lua_State *L);
/// As it is out of memory: no handler of errors will see the place.
void njx_note_refusal(nj_vm *vm);
void njx_trace_append(nj_vm *vm, const char *text, size_t length);
void njx_trace_clear(nj_vm *vm);
bool njx_is_native(const lua_Debug *ar);
bool njx_caller(lua_State *L, lua_Debug *ar);

// Kill switch
int njx_raise_killed(lua_State *L);

// Coroutines
bool njx_is_host_wait(lua_State *co);
int njx_yield_host_wait(lua_State *L, lua_KContext context, lua_KFunction continuation);

// Libraries; each leaves the stack as it was
void njx_open_protected(lua_State *L);
void njx_open_coroutine(lua_State *L);
void njx_open_sandbox(lua_State *L);
void njx_open_require(lua_State *L);
void njx_lock_globals(lua_State *L);

#endif
