// What Swift learns of a raised value. Describing one may run a script's `__tostring`, so each step
// is protected by itself and has something to fall back on.
#include "bridge.h"

#include <string.h>

/// Lua's own text of these is an address, which tells nobody anything.
static int describe_plain(lua_State *L) {
    if (lua_type(L, 1) > LUA_TSTRING && luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) {
        if (lua_istable(L, 1)) lua_pushliteral(L, "");
        else lua_pushfstring(L, "(a %s was raised)", luaL_typename(L, 1));
    } else {
        luaL_tolstring(L, 1, NULL);
    }
    return 1;
}

static int describe_body(lua_State *L) {
    // A script's own table that has no text of its own is told by its message, as errors of the host are.
    if (lua_istable(L, 1) && luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) {
        lua_pushliteral(L, "message");
        if (lua_rawget(L, 1) == LUA_TSTRING) return 1;
    }
    return describe_plain(L);
}

static int value_body(lua_State *L) {
    njx_collect(L, njx_vm(L), 1, 1, false);
    return 0;
}

static int reference_body(lua_State *L) {
    njx_collect(L, njx_vm(L), 1, 1, true);
    return 0;
}

static bool protected(lua_State *L, lua_CFunction body, int error, int results) {
    lua_pushcfunction(L, body);
    lua_pushvalue(L, error);
    if (lua_pcall(L, 1, results, 0) == LUA_OK) return true;
    lua_pop(L, 1);
    return false;
}

static void set_message(nj_io *io, const char *message) {
    io->message = message;
    io->message_length = strlen(message);
}

static void set_place(nj_vm *vm) {
    nj_io *io = &vm->io;
    io->trace = vm->trace;
    io->trace_length = vm->trace_length;
    io->source = io->line > 0 ? vm->source : NULL;
    io->source_length = strlen(vm->source);
}

/// Fills the failure of an operation from the error value on the top of `L`. The stack stays above
/// `base` until `nj_release`.
nj_status njx_fail(nj_vm *vm, lua_State *L, int base, int status) {
    nj_io *io = &vm->io;
    int error = lua_gettop(L);
    if (vm->collecting) njx_forget_out(vm, L);
    io->out_count = io->out_results = 0;
    io->host_error = false;
    vm->anchor = L;
    vm->anchor_base = base;
    vm->anchor_handler = -1;
    set_message(io, "over the limit of CPU time");
    set_place(vm);
    if (!vm->killed && lua_checkstack(L, 8)) {
        if (lua_getmetatable(L, error)) {
            io->host_error = lua_topointer(L, -1) == vm->error_identity;
            lua_pop(L, 1);
        }
        if (protected(L, describe_body, error, 1)) io->message = lua_tolstring(L, -1, &io->message_length);
        else set_message(io, "(a value that cannot be described was raised)");
        if (!vm->killed && !protected(L, value_body, error, 0)) protected(L, reference_body, error, 0);
        if (vm->collecting) njx_forget_out(vm, L);
        set_place(vm);
    }
    io->out_anchored = true;
    bool is_syntax = vm->syntax_error;
    vm->syntax_error = false;
    if (vm->killed || status == LUA_ERRMEM) {
        if (vm->too_deep) return NJ_TOO_DEEP;
        return vm->killed ? NJ_KILLED : NJ_MEMORY;
    }
    return is_syntax ? NJ_SYNTAX : NJ_FAILED;
}
