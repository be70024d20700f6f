// The coroutine library. A host wait inside a script's coroutine passes upward through everyone who
// resumed it; what the script itself yields stays between the two.
#include "bridge.h"

enum { RESUME = 0, WRAP = 1 };

/// Closings inside each other. Lua 5.4.4 counts C's stack anew for each, so it does not notice the end of it: each may take its own
/// 200 levels of C.
enum { RESETS_MAX = 8 };

static int resumed(lua_State *L, int status, lua_KContext mode);

static lua_State *check_coroutine(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static const char *status_of(lua_State *L, lua_State *co) {
    if (L == co) return "running";
    if (lua_status(co) == LUA_YIELD) return "suspended";
    if (lua_status(co) != LUA_OK) return "dead";
    lua_Debug ar;
    if (lua_getstack(co, 0, &ar)) return "normal";
    return lua_gettop(co) == 0 ? "dead" : "suspended";
}

/// Moves an error message, or nothing can be said about it, to `L` as the results of a failed resume.
static int failure(lua_State *L, int mode) {
    if (mode == WRAP) return lua_error(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

/// Frees what a coroutine that failed still holds; its `__close` handlers run here, killable.
static int reset(lua_State *L, lua_State *co) {
    nj_vm *vm = njx_vm(L);
    if (vm->resets >= RESETS_MAX) return luaL_error(L, "C stack overflow (coroutines that close each other)");
    njx_link link = {co, vm->links};
    bool outer_yieldable = vm->outer_yieldable;
    vm->outer_yieldable = false;
    vm->links = &link;
    vm->current = co;
    vm->resets += 1;
    int status = vm->killed ? LUA_OK : lua_resetthread(co);
    vm->resets -= 1;
    vm->current = L;
    vm->links = link.outer;
    vm->outer_yieldable = outer_yieldable;
    return status;
}

static int failed(lua_State *L, lua_State *co, int mode) {
    nj_vm *vm = njx_vm(L);
    if (mode == WRAP) {
        njx_trace_failure(vm, co);
        reset(L, co);
        if (vm->killed) return njx_raise_killed(L);
    } else {
        njx_trace_clear(vm);
    }
    lua_xmove(co, L, 1);
    return failure(L, mode);
}

static int run(lua_State *L, lua_State *co, int arguments, int mode) {
    nj_vm *vm = njx_vm(L);
    njx_link link = {co, vm->links};
    bool outer_yieldable = vm->outer_yieldable;
    vm->outer_yieldable = outer_yieldable && lua_isyieldable(L);
    vm->links = &link;
    vm->current = co;
    int results = 0;
    // The signal may come at any instruction: whoever is hooked, this flag is seen.
    int status = vm->killed ? LUA_ERRRUN : lua_resume(co, L, arguments, &results);
    vm->current = L;
    vm->links = link.outer;
    vm->outer_yieldable = outer_yieldable;
    if (vm->killed) return njx_raise_killed(L);
    if (status == LUA_YIELD && njx_is_host_wait(co)) return njx_yield_host_wait(L, mode, resumed);
    if (status != LUA_OK && status != LUA_YIELD) return failed(L, co, mode);
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return failure(L, mode);
    }
    if (mode == RESUME) lua_pushboolean(L, 1);
    lua_xmove(co, L, results);
    return mode == RESUME ? results + 1 : results;
}

static lua_State *target(lua_State *L, int mode) {
    return lua_tothread(L, mode == WRAP ? lua_upvalueindex(1) : 1);
}

/// Goes on after a host wait further in has ended.
static int resumed(lua_State *L, int status, lua_KContext mode) {
    (void)status;
    lua_State *co = target(L, (int)mode);
    lua_pop(co, 1); // the mark of the host wait
    return run(L, co, 0, (int)mode);
}

static int begin(lua_State *L, lua_State *co, int arguments, int mode) {
    if (njx_vm(L)->killed) return njx_raise_killed(L);
    const char *status = status_of(L, co);
    if (*status != 's') {
        lua_pushfstring(L, "cannot resume %s coroutine", *status == 'd' ? "dead" : "non-suspended");
        return failure(L, mode);
    }
    // Another handler may hold a coroutine that waits: only the engine can resume it.
    if (lua_status(co) == LUA_YIELD && njx_is_host_wait(co)) {
        lua_pushliteral(L, "cannot resume a coroutine that is waiting");
        return failure(L, mode);
    }
    if (!lua_checkstack(co, arguments + 1)) {
        lua_pushliteral(L, "too many arguments to resume");
        return failure(L, mode);
    }
    lua_xmove(L, co, arguments);
    return run(L, co, arguments, mode);
}

static int co_resume(lua_State *L) {
    lua_State *co = check_coroutine(L);
    return begin(L, co, lua_gettop(L) - 1, RESUME);
}

static int wrapped(lua_State *L) { return begin(L, target(L, WRAP), lua_gettop(L), WRAP); }

static int co_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int co_wrap(lua_State *L) {
    co_create(L);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

static int co_yield(lua_State *L) {
    if (L == njx_vm(L)->handler) return luaL_error(L, "attempt to yield from outside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

static int co_status(lua_State *L) {
    lua_pushstring(L, status_of(L, check_coroutine(L)));
    return 1;
}

static int co_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : check_coroutine(L);
    lua_pushboolean(L, lua_isyieldable(co) && co != njx_vm(L)->handler);
    return 1;
}

static int co_running(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    bool outermost = L == vm->handler || L == vm->main;
    if (L == vm->handler) vm->handlers[vm->handler_index].escaped = true;
    lua_pushthread(L);
    lua_pushboolean(L, outermost);
    return 2;
}

static int co_close(lua_State *L) {
    lua_State *co = check_coroutine(L);
    const char *status = status_of(L, co);
    if (*status != 'd' && *status != 's') return luaL_error(L, "cannot close a %s coroutine", status);
    if (lua_status(co) == LUA_YIELD && njx_is_host_wait(co))
        return luaL_error(L, "cannot close a coroutine that is waiting");
    int result = reset(L, co);
    if (njx_vm(L)->killed) return njx_raise_killed(L);
    if (result == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_xmove(co, L, 1);
    return failure(L, RESUME);
}

void njx_open_coroutine(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"close", co_close},   {"create", co_create}, {"isyieldable", co_isyieldable}, {"resume", co_resume},
        {"running", co_running}, {"status", co_status}, {"wrap", co_wrap},               {"yield", co_yield},
        {NULL, NULL},
    };
    luaL_newlib(L, functions);
    lua_setglobal(L, "coroutine");
}
