// The kill switch. There is no hook in normal running: it would double the cost of Lua. The watchdog
// signals the Lua thread, whose handler arms a hook on the coroutine that runs.
#include "bridge.h"

/// Left alone by Swift and by most programs, and ignored by default should one arrive elsewhere.
#define KILL_SIGNAL SIGURG

static _Thread_local nj_vm *thread_vm;
static pthread_once_t installed = PTHREAD_ONCE_INIT;
static char killed_mark;

int njx_raise_killed(lua_State *L) {
    // Free slots first: the error may come from a function that filled its stack.
    lua_settop(L, 0);
    // Leave by yielding where possible: it passes all protected calls at once. A coroutine can be 200,000 of
    // them deep, and unwinding each costs Lua a walk over all the others.
    if (lua_isyieldable(L)) return lua_yield(L, 0);
    lua_pushlightuserdata(L, &killed_mark);
    return lua_error(L);
}

static void kill_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    nj_vm *vm = njx_vm(L);
    if (!vm->killed) {
        // Armed just as its operation ended: it was meant for nobody who runs now.
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    if (vm->trace_length == 0) {
        njx_note_depth(vm, L);
        njx_trace_capture(vm, L);
        njx_link *link = vm->links;
        for (link = link ? link->outer : NULL; link != NULL; link = link->outer) njx_trace_capture(vm, link->L);
    }
    lua_pushlightuserdata(L, &killed_mark);
    lua_error(L);
}

static void on_signal(int number) {
    (void)number;
    nj_vm *vm = thread_vm;
    if (vm == NULL) return;
    uint64_t running = atomic_load_explicit(&vm->running, memory_order_relaxed);
    uint64_t request = atomic_load_explicit(&vm->kill_request, memory_order_relaxed);
    if (running == 0 || running != request) return;
    vm->killed = 1;
    lua_sethook(vm->current, kill_hook, LUA_MASKCOUNT, 1);
}

static void install(void) {
    struct sigaction action = {0};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(KILL_SIGNAL, &action, NULL);
}

void nj_bind_thread(nj_vm *vm) {
    pthread_once(&installed, install);
    vm->thread = pthread_self();
    thread_vm = vm;
    // Threads started from Swift's pool inherit a mask that blocks it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, KILL_SIGNAL);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

uint64_t nj_running(const nj_vm *vm) { return atomic_load_explicit(&vm->running, memory_order_acquire); }

void nj_kill(nj_vm *vm, uint64_t operation) {
    atomic_store_explicit(&vm->kill_request, operation, memory_order_release);
    pthread_kill(vm->thread, KILL_SIGNAL);
}
