// The bridge between Swift and Lua 5.4.
//
// Lua raises errors with longjmp, which must never cross a Swift frame. So Swift holds an opaque
// `nj_vm` and exchanges flat, tagged values; every operation is one C function that does all its
// work under one protected call, and a host function answers with a code which C turns into
// results, an error or a yield after the Swift frame has gone.
//
// Unless said otherwise a function may only be called on the thread that owns the VM.
#ifndef NIGHTJAR_CLUABRIDGE_H
#define NIGHTJAR_CLUABRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct nj_vm nj_vm;

// MARK: Values

/// Kinds of `nj_value`.
enum {
    NJ_NIL = 0,
    NJ_BOOL = 1,      // bits: 0 or 1
    NJ_INTEGER = 2,   // bits: the integer
    NJ_NUMBER = 3,    // bits: the bit pattern of the double
    NJ_STRING = 4,    // bits: offset in `in_bytes` (to Lua) or address (from Lua); length in bytes
    NJ_TABLE = 5,     // count: array items; length: key/value pairs; items and pairs follow in pre-order
    NJ_FUNCTION = 6,  // bits: registry reference
    NJ_REFERENCE = 7, // bits: registry reference to any other value kept by identity
    NJ_OBJECT = 8,    // count: type id; bits and length: the payload, as for a string
};

/// Flags of `nj_value`.
enum {
    NJ_HOST_ERROR = 1, // a table that gets the metatable of errors raised by the host
    NJ_LIST = 2,       // a table that is marked as a list, so that it is one even when it is empty
};

typedef struct nj_value {
    uint8_t kind;
    uint8_t flags;
    uint32_t count;
    int64_t bits;
    size_t length;
} nj_value;

/// How an operation ended.
typedef enum nj_status {
    NJ_OK = 0,
    NJ_PENDING = 1, // parked in an awaiting host function
    NJ_FAILED = 2,  // a Lua error; see `message`, `trace` and the value in `out`
    NJ_SYNTAX = 3,  // the chunk does not compile
    NJ_MEMORY = 4,  // over the memory limit
    NJ_KILLED = 5,  // over the time limit
    NJ_INVALID = 6, // misuse: no such coroutine, or an operation that cannot be nested
    NJ_TOO_DEEP = 7, // over the limit of memory or time, in calls inside each other that are without end
} nj_status;

/// The exchange buffers of a VM. Swift writes `in` before an operation or before a host function
/// returns; C writes `out`. Pointers in `out` stay valid until `nj_release`, or, in a host function,
/// until it runs another operation.
typedef struct nj_io {
    nj_value *in;
    size_t in_count;
    size_t in_capacity;
    size_t in_results; // top-level values in `in`
    char *in_bytes;
    size_t in_bytes_count;
    size_t in_bytes_capacity;
    size_t in_trace_offset; // with an error to raise: where its traceback starts in `in_bytes`

    nj_value *out;
    size_t out_count;
    size_t out_results; // top-level values in `out`
    bool out_anchored;  // `nj_release` must follow once `out` has been copied

    int32_t coroutine; // after NJ_PENDING: the parked coroutine
    int32_t function;  // after NJ_PENDING: the host function it waits for

    const char *caller; // source of the Lua code that called the host function, or NULL
    size_t caller_length;
    int32_t caller_line;

    const char *message; // after a failure; empty: a table that has no text of its own
    size_t message_length;
    const char *trace; // one frame per line
    size_t trace_length;
    const char *source; // where it was raised, or NULL
    size_t source_length;
    int32_t line;
    bool host_error; // the raised value is a table made by the host
} nj_io;

// MARK: Life

/// What the host function with this id answered: a `nj_host_code`. Arguments are in `out`.
typedef int32_t (*nj_host_callback)(void *context, int32_t function);

enum {
    NJ_HOST_RESULTS = 0, // `in` holds the results
    NJ_HOST_RAISE = 1,   // `in` holds one value to raise, and `in_bytes` may end with a traceback
};

typedef struct nj_limits {
    size_t memory_bytes_max;
    uint32_t table_depth_max;
    uint32_t table_values_max; // values that cross in one direction in one operation
} nj_limits;

/// A VM with the sandboxed libraries, or NULL when there is not enough memory.
nj_vm *nj_create(nj_limits limits, nj_host_callback callback, void *context);
void nj_destroy(nj_vm *vm);
nj_io *nj_get_io(nj_vm *vm);

/// Makes room for more values and bytes in `in`. False: out of memory.
bool nj_reserve(nj_vm *vm, size_t values, size_t bytes);

// MARK: Definitions

enum {
    NJ_FN_AWAITS = 1,     // parks the calling coroutine instead of calling back
    NJ_FN_REFERENCES = 2, // table arguments cross by reference
    NJ_FN_CALLER = 4,     // fill `caller`
};

/// Defines a host function in the table at a dotted path below the globals ("" for a global itself).
nj_status nj_define_function(nj_vm *vm, const char *path, const char *name, int32_t function, uint32_t flags);
/// Defines a constant, the first value in `in`, at a dotted path.
nj_status nj_define_value(nj_vm *vm, const char *path, const char *name);
/// Makes an object type; the id it is known by is `*type`.
nj_status nj_define_type(nj_vm *vm, const char *name, uint32_t *type);
/// Adds a method, or a metamethod when `name` starts with "__", to an object type.
nj_status nj_define_method(nj_vm *vm, uint32_t type, const char *name, int32_t function, uint32_t flags);
/// Names the host functions behind `print` (one string) and `require` (name -> source, chunk name).
nj_status nj_define_hooks(nj_vm *vm, int32_t print, int32_t searcher);

// MARK: Operations

/// Whether awaiting host functions may wait during an operation.
typedef enum nj_waiting {
    NJ_WAIT_ALLOWED = 0,
    NJ_WAIT_LOADING = 1,   // no: the chunk is being loaded
    NJ_WAIT_FORBIDDEN = 2, // no: this kind of handler may not
    NJ_WAIT_CANCELLED = 3, // no: the invocation was cancelled
} nj_waiting;

enum {
    NJ_LOAD_ONLY = 1,    // return the compiled function, do not run it
    // The chunk may define globals, and no error or caller is located in it. Its argument makes native functions of Lua ones,
    // as scripts must find them: a Lua function takes its caller's place in a tail call.
    NJ_LOAD_PRELUDE = 2,
};

/// Compiles text (never bytecode) and runs it on the main coroutine.
nj_status nj_evaluate(nj_vm *vm, const char *source, size_t length, const char *name, uint32_t flags);
/// Calls a function with the values in `in`; it cannot yield. May be nested in a host function.
nj_status nj_call(nj_vm *vm, int32_t function, nj_waiting waiting, bool references);
/// Calls a function as a coroutine with the values in `in`.
nj_status nj_start(nj_vm *vm, int32_t function, nj_waiting waiting, bool references);
/// Resumes a parked coroutine with the values in `in`, or raises the first of them in it.
nj_status nj_resume(nj_vm *vm, int32_t coroutine, nj_waiting waiting, bool raise);
/// Gives up a parked coroutine; its pending `__close` handlers never run.
void nj_abandon(nj_vm *vm, int32_t coroutine);
/// Lets go of what `out` points to.
void nj_release(nj_vm *vm);
/// Frees a registry reference.
void nj_unref(nj_vm *vm, int32_t reference);

// MARK: Memory

/// Collects all garbage.
void nj_collect(nj_vm *vm);
/// Bytes in use by Lua. Any thread.
size_t nj_memory_used(const nj_vm *vm);
/// For tests: every allocation from the nth on fails (1 is the next); 0 turns it off.
void nj_fail_allocations_from(nj_vm *vm, uint64_t nth);
/// For tests: how far Lua lets its memory grow between two collections, in percent.
size_t nj_collector_pause(const nj_vm *vm);
/// Coroutines parked in host functions.
uint32_t nj_parked_count(const nj_vm *vm);

// MARK: Kill switch

/// Makes the calling thread the VM's own, and lets the kill signal reach it.
void nj_bind_thread(nj_vm *vm);
/// The number of the operation that runs, 0 when none does. Any thread.
uint64_t nj_running(const nj_vm *vm);
/// Kills the operation with this number, unless it has ended. Any thread, while the bound one lives.
void nj_kill(nj_vm *vm, uint64_t operation);

// MARK: Threads

typedef struct nj_thread nj_thread;
typedef struct nj_gate nj_gate;
typedef struct nj_lock nj_lock;

/// Starts a thread. NULL: the system refused.
nj_thread *nj_thread_start(void (*body)(void *), void *context, size_t stack_bytes, const char *name);
/// Waits for the end of a thread and frees its handle.
void nj_thread_join(nj_thread *thread);
/// Frees the handle of a thread nobody will wait for. The thread goes on.
void nj_thread_detach(nj_thread *thread);
/// Lets a thread run only when nothing else wants to, where the system can.
void nj_thread_demote(nj_thread *thread);
/// CPU time of a thread that has not been joined, in nanoseconds.
uint64_t nj_thread_cpu_ns(const nj_thread *thread);

/// A lock that is not recursive.
nj_lock *nj_lock_create(void);
void nj_lock_destroy(nj_lock *lock);
void nj_lock_acquire(nj_lock *lock);
void nj_lock_release(nj_lock *lock);

/// A gate that lets one waiter through for each time it was opened since; openings do not add up.
nj_gate *nj_gate_create(void);
void nj_gate_destroy(nj_gate *gate);
void nj_gate_open(nj_gate *gate);
void nj_gate_wait(nj_gate *gate);
/// False when the time ran out first.
bool nj_gate_wait_ns(nj_gate *gate, uint64_t timeout_ns);

#endif
