// Life of a VM and what is defined in it before scripts run.
#include "bridge.h"

#include <stdlib.h>
#include <string.h>

enum { INITIAL_VALUES = 64, INITIAL_BYTES = 1024 };

static int host_error_tostring(lua_State *L) {
    lua_pushliteral(L, "message");
    if (lua_istable(L, 1) && lua_rawget(L, 1) == LUA_TSTRING) return 1;
    lua_pushliteral(L, "(error without a message)");
    return 1;
}

static int setup_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, host_error_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "error");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    vm->error_identity = lua_topointer(L, -1);
    vm->error_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    vm->list_identity = lua_topointer(L, -1);
    vm->list_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
    njx_open_sandbox(L);
    njx_open_protected(L);
    njx_open_coroutine(L);
    njx_open_require(L);
    njx_lock_globals(L);
    return 0;
}

nj_vm *nj_create(nj_limits limits, nj_host_callback callback, void *context) {
    nj_vm *vm = calloc(1, sizeof(nj_vm));
    if (vm == NULL) return NULL;
    vm->limits = limits;
    vm->callback = callback;
    vm->context = context;
    vm->idle = vm->empty = -1;
    vm->handler_index = vm->anchor_handler = -1;
    vm->print = vm->searcher = -1;
    vm->out_capacity = INITIAL_VALUES;
    njx_room_begin(vm);
    vm->io.out = malloc(INITIAL_VALUES * sizeof(nj_value));
    vm->main = lua_newstate(njx_allocate, vm);
    if (vm->main == NULL || vm->io.out == NULL || !nj_reserve(vm, INITIAL_VALUES, INITIAL_BYTES)) {
        nj_destroy(vm);
        return NULL;
    }
    vm->current = vm->main;
    // New coroutines inherit the extra space of the main one.
    *(nj_vm **)lua_getextraspace(vm->main) = vm;
    lua_pushcfunction(vm->main, setup_body);
    if (lua_pcall(vm->main, 0, 0, 0) != LUA_OK) {
        nj_destroy(vm);
        return NULL;
    }
    return vm;
}

void nj_destroy(nj_vm *vm) {
    if (vm->main != NULL) lua_close(vm->main);
    free(vm->handlers);
    free(vm->types);
    free(vm->io.in);
    free(vm->io.in_bytes);
    free(vm->io.out);
    free(vm);
}

nj_io *nj_get_io(nj_vm *vm) { return &vm->io; }

void nj_unref(nj_vm *vm, int32_t reference) { luaL_unref(vm->current, LUA_REGISTRYINDEX, reference); }

// MARK: Definitions

typedef struct definition {
    const char *path;
    const char *name;
    int32_t function; // -1: the value in `in`
    uint32_t flags;
    int32_t type; // -1: not a method
} definition;

static void push_table_at(lua_State *L, const char *path) {
    lua_pushglobaltable(L);
    while (*path != '\0') {
        const char *dot = strchr(path, '.');
        size_t length = dot ? (size_t)(dot - path) : strlen(path);
        lua_pushlstring(L, path, length);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -3) != LUA_TTABLE) {
            lua_pop(L, 1);
            lua_newtable(L);
            lua_pushvalue(L, -2);
            lua_pushvalue(L, -2);
            lua_rawset(L, -5);
        }
        lua_replace(L, -3);
        lua_pop(L, 1);
        path += length + (dot ? 1 : 0);
    }
}

/// Errors call a function as scripts do: `http.get`. Paths that begin with `_` are not for scripts.
static void push_function(lua_State *L, const definition *d) {
    bool is_qualified = d->path != NULL && *d->path != '\0' && *d->path != '_';
    if (!is_qualified) {
        njx_push_host_function(L, d->name, d->function, d->flags);
        return;
    }
    const char *name = lua_pushfstring(L, "%s.%s", d->path, d->name);
    njx_push_host_function(L, name, d->function, d->flags);
    lua_remove(L, -2);
}

static int define_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    const definition *d = lua_touserdata(L, 1);
    if (d->type >= 0) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, vm->types[d->type].metatable);
        if (strncmp(d->name, "__", 2) != 0) {
            lua_pushliteral(L, "__index");
            lua_rawget(L, -2);
            if (!lua_istable(L, -1)) return luaL_error(L, "the type has its own __index");
        }
    } else {
        push_table_at(L, d->path);
    }
    lua_pushstring(L, d->name);
    if (d->function >= 0) push_function(L, d);
    else njx_push_values(L, vm);
    lua_rawset(L, -3);
    return 0;
}

static nj_status define(nj_vm *vm, definition *d) {
    lua_State *L = vm->main;
    int base = lua_gettop(L);
    lua_pushcfunction(L, define_body);
    lua_pushlightuserdata(L, d);
    int status = lua_pcall(L, 1, 0, 0);
    return status == LUA_OK ? NJ_OK : njx_fail(vm, L, base, status);
}

nj_status nj_define_function(nj_vm *vm, const char *path, const char *name, int32_t function, uint32_t flags) {
    definition d = {path, name, function, flags, -1};
    return define(vm, &d);
}

nj_status nj_define_value(nj_vm *vm, const char *path, const char *name) {
    definition d = {path, name, -1, 0, -1};
    return define(vm, &d);
}

nj_status nj_define_method(nj_vm *vm, uint32_t type, const char *name, int32_t function, uint32_t flags) {
    if (type >= vm->type_count) return NJ_INVALID;
    definition d = {"", name, function, flags, (int32_t)type};
    return define(vm, &d);
}

nj_status nj_define_hooks(nj_vm *vm, int32_t print, int32_t searcher) {
    vm->print = print;
    vm->searcher = searcher;
    return NJ_OK;
}

static int type_body(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    lua_createtable(L, 0, 5);
    lua_pushstring(L, lua_touserdata(L, 1));
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_newtable(L);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, njx_objects_equal);
    lua_setfield(L, -2, "__eq");
    njx_type *type = &vm->types[vm->type_count];
    type->identity = lua_topointer(L, -1);
    type->metatable = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

nj_status nj_define_type(nj_vm *vm, const char *name, uint32_t *type) {
    njx_type *grown = realloc(vm->types, (vm->type_count + 1) * sizeof(njx_type));
    if (grown == NULL) return NJ_MEMORY;
    vm->types = grown;
    lua_State *L = vm->main;
    int base = lua_gettop(L);
    lua_pushcfunction(L, type_body);
    lua_pushlightuserdata(L, (void *)name);
    int status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK) return njx_fail(vm, L, base, status);
    *type = vm->type_count++;
    return NJ_OK;
}
