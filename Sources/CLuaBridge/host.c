// Host functions as Lua sees them. Swift answers with a code; raising and yielding happen here,
// when its frame has gone.
#include "bridge.h"

#include <string.h>

static char host_wait;

bool njx_is_host_wait(lua_State *co) {
    return lua_gettop(co) > 0 && lua_islightuserdata(co, -1) && lua_touserdata(co, -1) == &host_wait;
}

int njx_yield_host_wait(lua_State *L, lua_KContext context, lua_KFunction continuation) {
    lua_pushlightuserdata(L, &host_wait);
    return lua_yieldk(L, 1, context, continuation);
}

int njx_raise_host_error(lua_State *L, const char *code, const char *message) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, code);
    lua_setfield(L, -2, "code");
    lua_pushstring(L, message);
    lua_setfield(L, -2, "message");
    lua_rawgeti(L, LUA_REGISTRYINDEX, njx_vm(L)->error_metatable);
    lua_setmetatable(L, -2);
    return lua_error(L);
}

static int native_call(lua_State *L);

/// The name of the C function that cannot be yielded across, such as `table.sort`.
static const char *blocking_function(lua_State *L) {
    lua_Debug ar;
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "Snf", &ar)) continue;
        bool is_blocking = *ar.what == 'C' && ar.name != NULL && lua_tocfunction(L, -1) != native_call;
        lua_pop(L, 1);
        if (is_blocking) return ar.name;
    }
    return NULL;
}

static int refuse_wait(lua_State *L, nj_vm *vm, const char *name) {
    const char *reason;
    switch (vm->waiting) {
    case NJ_WAIT_CANCELLED: return njx_raise_host_error(L, "cancelled", "cancelled");
    case NJ_WAIT_LOADING: reason = "while a script is being loaded: call it from a handler"; break;
    case NJ_WAIT_FORBIDDEN: reason = "in this kind of handler"; break;
    default: {
        const char *blocker = blocking_function(L);
        reason = blocker == NULL
            ? "inside a callback of a native function"
            : lua_pushfstring(L, "inside a function called by '%s'", blocker);
    }
    }
    lua_Debug ar;
    const char *place = njx_caller(L, &ar) ? lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline) : "";
    const char *message = lua_pushfstring(L, "%s'%s' has to wait, which is impossible %s", place, name, reason);
    return njx_raise_host_error(L, "cannot_wait", message);
}

bool njx_caller(lua_State *L, lua_Debug *ar) {
    for (int level = 1; lua_getstack(L, level, ar); level++) {
        if (lua_getinfo(L, "Sl", ar) && !njx_is_native(ar)) return true;
    }
    return false;
}

static void fill_caller(lua_State *L, nj_vm *vm) {
    lua_Debug ar;
    nj_io *io = &vm->io;
    io->caller = NULL;
    io->caller_line = 0;
    if (!njx_caller(L, &ar)) return;
    if (*ar.source == '@' || *ar.source == '=') {
        io->caller = ar.source + 1;
        io->caller_length = ar.srclen - 1;
    } else {
        memcpy(vm->caller, ar.short_src, sizeof vm->caller);
        io->caller = vm->caller;
        io->caller_length = strlen(vm->caller);
    }
    io->caller_line = ar.currentline;
}

/// Pushes what Swift left in `in`: results to return, or the error to raise.
static int deliver(lua_State *L, nj_vm *vm, bool raises) {
    nj_io *io = &vm->io;
    int base = lua_gettop(L);
    njx_push_values(L, vm);
    // What a nested operation or an earlier, caught error left is no part of what comes.
    if (vm->trace_length > 0) njx_trace_clear(vm);
    if (!raises) return lua_gettop(L) - base;
    njx_trace_append(vm, io->in_bytes + io->in_trace_offset, io->in_bytes_count - io->in_trace_offset);
    return lua_error(L);
}

static int host_resumed(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    nj_vm *vm = njx_vm(L);
    return deliver(L, vm, vm->resume_raises);
}

static int trampoline(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    int32_t function = (int32_t)lua_tointeger(L, lua_upvalueindex(1));
    uint32_t flags = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
    bool awaits = flags & NJ_FN_AWAITS;
    if (awaits && (vm->waiting != NJ_WAIT_ALLOWED || !vm->outer_yieldable || !lua_isyieldable(L)))
        return refuse_wait(L, vm, lua_tostring(L, lua_upvalueindex(3)));
    njx_collect(L, vm, 1, lua_gettop(L), flags & NJ_FN_REFERENCES);
    if (flags & NJ_FN_CALLER) fill_caller(L, vm);
    else vm->io.caller = NULL;
    if (awaits) {
        vm->io.function = function;
        return njx_yield_host_wait(L, 0, host_resumed);
    }
    int32_t code = vm->callback(vm->context, function);
    if (vm->killed) return njx_raise_killed(L);
    return deliver(L, vm, code == NJ_HOST_RAISE);
}

static int native_end(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

static int native_call(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, native_end);
    return native_end(L, LUA_OK, 0);
}

int njx_native(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_pushcclosure(L, native_call, 1);
    return 1;
}

void njx_push_host_function(lua_State *L, const char *name, int32_t function, uint32_t flags) {
    lua_pushinteger(L, function);
    lua_pushinteger(L, flags);
    lua_pushstring(L, name);
    lua_pushcclosure(L, trampoline, 3);
}
