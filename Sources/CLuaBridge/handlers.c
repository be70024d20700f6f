// Handlers: coroutines that park in awaiting host functions, and are recycled when they end well.
#include "bridge.h"

#include <stdlib.h>

static int new_thread_body(lua_State *L) {
    njx_handler *handler = lua_touserdata(L, 1);
    handler->L = lua_newthread(L);
    handler->reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

/// The index of an idle coroutine, or -1 when there is no memory for one.
static int32_t take(nj_vm *vm) {
    int32_t index = vm->idle;
    if (index >= 0) {
        vm->idle = vm->handlers[index].next;
        vm->idle_count -= 1;
        return index;
    }
    if (vm->empty < 0) {
        int32_t count = vm->handler_count ? vm->handler_count * 2 : 16;
        njx_handler *grown = realloc(vm->handlers, (size_t)count * sizeof(njx_handler));
        if (grown == NULL) return -1;
        vm->handlers = grown;
        for (int32_t i = count - 1; i >= vm->handler_count; i--) {
            grown[i] = (njx_handler){.next = vm->empty};
            vm->empty = i;
        }
        vm->handler_count = count;
    }
    index = vm->empty;
    lua_pushcfunction(vm->main, new_thread_body);
    lua_pushlightuserdata(vm->main, &vm->handlers[index]);
    if (lua_pcall(vm->main, 1, 0, 0) != LUA_OK) {
        lua_pop(vm->main, 1);
        return -1;
    }
    vm->empty = vm->handlers[index].next;
    return index;
}

static void drop(nj_vm *vm, int32_t index) {
    njx_handler *handler = &vm->handlers[index];
    luaL_unref(vm->main, LUA_REGISTRYINDEX, handler->reference);
    *handler = (njx_handler){.next = vm->empty};
    vm->empty = index;
}

/// After a clean end nothing is pending on the coroutine, so emptying its stack makes it new.
static void recycle(nj_vm *vm, int32_t index) {
    njx_handler *handler = &vm->handlers[index];
    if (vm->killed || handler->escaped || vm->idle_count >= NJX_IDLE_MAX) {
        drop(vm, index);
        return;
    }
    lua_settop(handler->L, 0);
    handler->state = NJX_IDLE;
    handler->next = vm->idle;
    vm->idle = index;
    vm->idle_count += 1;
}

static int handler_end(lua_State *L, int status, lua_KContext context) {
    (void)status;
    int last = lua_gettop(L);
    // The continuation remembers how results cross: other handlers may have run in between.
    njx_collect(L, njx_vm(L), 1, last, context != 0);
    return last;
}

static int handler_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    bool references = vm->references;
    int arguments = (int)vm->io.in_results;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->function);
    njx_push_values(L, vm);
    lua_callk(L, arguments, LUA_MULTRET, references, handler_end);
    return handler_end(L, LUA_OK, references);
}

static nj_status drive(nj_vm *vm, int32_t index, nj_waiting waiting) {
    lua_State *co = vm->handlers[index].L;
    njx_link link = {co, NULL};
    int results = 0;
    vm->handlers[index].state = NJX_RUNNING;
    vm->handler = co;
    vm->handler_index = index;
    vm->waiting = waiting;
    vm->outer_yieldable = true;
    vm->links = &link;
    vm->current = co;
    njx_enter(vm);
    int status = lua_resume(co, vm->main, 0, &results);
    vm->current = vm->main;
    vm->links = NULL;
    vm->handler = NULL;
    nj_status result = NJ_OK;
    if (status == LUA_OK) {
        if (vm->io.out_anchored) {
            vm->anchor = co;
            vm->anchor_handler = index;
        } else {
            recycle(vm, index);
        }
    } else if (status == LUA_YIELD && njx_is_host_wait(co)) {
        vm->handlers[index].state = NJX_PARKED;
        vm->parked += 1;
        vm->io.coroutine = index;
        result = NJ_PENDING;
    } else {
        njx_trace_failure(vm, co);
        // A killed coroutine may leave by an error or by a yield; what it leaves is not looked at.
        int base = lua_gettop(vm->main);
        if (vm->killed) lua_pushnil(vm->main);
        else lua_xmove(co, vm->main, 1);
        result = njx_fail(vm, vm->main, base, status);
        drop(vm, index);
    }
    njx_leave(vm);
    if (status == LUA_ERRMEM) njx_recover_room(vm);
    return result;
}

nj_status nj_start(nj_vm *vm, int32_t function, nj_waiting waiting, bool references) {
    if (vm->depth > 0) return NJ_INVALID;
    njx_need_room(vm);
    int32_t index = take(vm);
    if (index < 0) return njx_no_memory(vm);
    lua_State *co = vm->handlers[index].L;
    vm->references = references;
    vm->function = function;
    lua_pushcfunction(co, handler_body);
    return drive(vm, index, waiting);
}

nj_status nj_resume(nj_vm *vm, int32_t index, nj_waiting waiting, bool raise) {
    if (vm->depth > 0 || index < 0 || index >= vm->handler_count) return NJ_INVALID;
    njx_handler *handler = &vm->handlers[index];
    if (handler->state != NJX_PARKED) return NJ_INVALID;
    njx_need_room(vm);
    vm->parked -= 1;
    vm->resume_raises = raise;
    lua_pop(handler->L, 1); // the mark of a host wait
    return drive(vm, index, waiting);
}

void nj_abandon(nj_vm *vm, int32_t index) {
    if (index < 0 || index >= vm->handler_count || vm->handlers[index].state != NJX_PARKED) return;
    vm->parked -= 1;
    drop(vm, index);
}

uint32_t nj_parked_count(const nj_vm *vm) { return vm->parked; }

void nj_release(nj_vm *vm) {
    vm->io.out_anchored = false;
    if (vm->anchor_handler >= 0) {
        recycle(vm, vm->anchor_handler);
        vm->anchor_handler = -1;
    } else if (vm->anchor != NULL) {
        lua_settop(vm->anchor, vm->anchor_base);
    }
    vm->anchor = NULL;
}
