// `require`: plain names, found by the host, loaded once, as text.
#include "bridge.h"

#include <ctype.h>
#include <string.h>

static bool is_module_name(const char *name, size_t length) {
    bool after_dot = true;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c == '.') {
            if (after_dot) return false;
            after_dot = true;
        } else {
            if (c > 127 || !(isalnum(c) || c == '_')) return false;
            after_dot = false;
        }
    }
    return !after_dot;
}

static int require(lua_State *L);

/// Whether the module is being loaded further out. The call stack knows, whatever errors happened.
static bool is_loading(lua_State *L, const char *name) {
    lua_Debug ar;
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "f", &ar);
        bool here = lua_tocfunction(L, -1) == require;
        lua_pop(L, 1);
        if (!here || lua_getlocal(L, &ar, 1) == NULL) continue;
        bool same = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), name) == 0;
        lua_pop(L, 1);
        if (same) return true;
    }
    return false;
}

/// Pushes the module's source and chunk name, asked of the host.
static void find(lua_State *L, nj_vm *vm, const char *name) {
    if (vm->searcher >= 0) {
        njx_push_host_function(L, "require", vm->searcher, NJ_FN_CALLER);
        lua_pushstring(L, name);
        lua_call(L, 1, 2);
        if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING) return;
        if (lua_type(L, -2) == LUA_TSTRING) luaL_error(L, "module '%s' not found: %s", name, lua_tostring(L, -2));
    }
    luaL_error(L, "module '%s' not found", name);
}

static int require(lua_State *L) {
    size_t length;
    const char *name = luaL_checklstring(L, 1, &length);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    lua_pop(L, 1);
    if (!is_module_name(name, length))
        return luaL_error(L, "'%s' is not a module name: letters, digits and '_', parts joined by '.'", name);
    if (is_loading(L, name)) return luaL_error(L, "module '%s' requires itself, directly or through others", name);
    nj_vm *vm = njx_vm(L);
    find(L, vm, name);
    size_t source_length;
    const char *source = lua_tolstring(L, 2, &source_length);
    if (luaL_loadbufferx(L, source, source_length, lua_tostring(L, 3), "t") != LUA_OK) return lua_error(L);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) {
        lua_pushboolean(L, 1);
        lua_replace(L, -2);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, lua_upvalueindex(1));
    return 1;
}

void njx_open_require(lua_State *L) {
    lua_newtable(L);
    lua_pushcclosure(L, require, 1);
    lua_setglobal(L, "require");
}
