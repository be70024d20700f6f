// The libraries scripts see: no files, no processes, no bytecode, nothing that runs after a kill.
#include "bridge.h"

#include <string.h>

static int set_metatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        // Lua looks at the field now, whatever its value: a placeholder would arm it for later.
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "__gc is not available: use __close");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int get_metatable(lua_State *L) {
    luaL_checkany(L, 1);
    // The mark of lists is shared by all of them and set by C: a `__gc` put into it would be armed unseen.
    if (!lua_getmetatable(L, 1) || lua_topointer(L, -1) == njx_vm(L)->list_identity) {
        lua_pushnil(L);
        return 1;
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return 1;
    // Only a table's metatable is the script's own business.
    if (!lua_istable(L, 1)) lua_pushboolean(L, 0);
    return 1;
}

static int load_text(lua_State *L) {
    size_t length;
    if (lua_type(L, 1) != LUA_TSTRING) return luaL_error(L, "load: expected a string of Lua source");
    const char *source = lua_tolstring(L, 1, &length);
    const char *name = luaL_optstring(L, 2, source);
    luaL_optstring(L, 3, "t");
    bool has_environment = !lua_isnone(L, 4);
    if (luaL_loadbufferx(L, source, length, name, "t") != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 4);
        if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
    }
    return 1;
}

static int count_memory(lua_State *L) {
    const char *option = luaL_optstring(L, 1, "collect");
    if (strcmp(option, "count") != 0) return luaL_error(L, "collectgarbage: only \"count\" is available");
    lua_pushnumber(L, (lua_Number)nj_memory_used(njx_vm(L)) / 1024);
    return 1;
}

/// Joins its arguments as Lua's own `print` does and hands the line to the host.
static int print(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    nj_vm *vm = njx_vm(L);
    if (vm->print < 0) return 0;
    njx_push_host_function(L, "print", vm->print, NJ_FN_CALLER);
    lua_insert(L, -2);
    lua_call(L, 1, 0);
    return 0;
}

static void remove_fields(lua_State *L, const char *const *names) {
    for (; *names != NULL; names++) {
        lua_pushnil(L);
        lua_setfield(L, -2, *names);
    }
}

static void open_time(lua_State *L) {
    static const char *const kept[] = {"time", "date", "clock", "difftime", NULL};
    lua_pushcfunction(L, luaopen_os);
    lua_call(L, 0, 1);
    lua_newtable(L);
    for (const char *const *name = kept; *name != NULL; name++) {
        lua_getfield(L, -2, *name);
        lua_setfield(L, -2, *name);
    }
    lua_setglobal(L, "os");
    lua_pop(L, 1);
}

void njx_open_sandbox(lua_State *L) {
    static const char *const removed[] = {"dofile", "loadfile", "warn", "rawset", "_G", NULL};
    static const luaL_Reg replaced[] = {
        {"setmetatable", set_metatable}, {"getmetatable", get_metatable}, {"load", load_text},
        {"collectgarbage", count_memory}, {"print", print},               {NULL, NULL},
    };
    static const luaL_Reg libraries[] = {
        {"table", luaopen_table}, {"string", luaopen_string}, {"math", luaopen_math},
        {"utf8", luaopen_utf8},   {NULL, NULL},
    };
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    remove_fields(L, removed);
    luaL_setfuncs(L, replaced, 0);
    lua_pop(L, 1);
    for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
        lua_pushcfunction(L, library->func);
        lua_call(L, 0, 1);
        lua_setglobal(L, library->name);
    }
    open_time(L);
    lua_getglobal(L, "string");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
    // One per VM, so no script may change it for the others.
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}
