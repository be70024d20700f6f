// Values to Lua. All may raise: every push can run into the memory limit.
#include "bridge.h"

#include <string.h>

typedef struct push_cursor {
    nj_vm *vm;
    size_t next;
    uint32_t depth;
} push_cursor;

static void push_object(lua_State *L, nj_vm *vm, const nj_value *value) {
    if (value->count >= vm->type_count) luaL_error(L, "unknown object type");
    njx_object *header = lua_newuserdatauv(L, sizeof(njx_object) + value->length, 0);
    header->type = value->count;
    header->length = value->length;
    if (value->length > 0) memcpy(header + 1, vm->io.in_bytes + value->bits, value->length);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->types[value->count].metatable);
    lua_setmetatable(L, -2);
}

/// `__eq` of objects: what the host sees of two is the same.
int njx_objects_equal(lua_State *L) {
    const njx_object *a = lua_touserdata(L, 1), *b = lua_touserdata(L, 2);
    bool equal = a != NULL && b != NULL && a->type == b->type && a->length == b->length
        && memcmp(a + 1, b + 1, a->length) == 0;
    lua_pushboolean(L, equal);
    return 1;
}

static void push_value(lua_State *L, push_cursor *cursor);

static void push_table(lua_State *L, push_cursor *cursor, const nj_value *value) {
    uint32_t items = value->count;
    size_t pairs = value->length;
    uint8_t flags = value->flags;
    if (++cursor->depth > cursor->vm->limits.table_depth_max)
        luaL_error(L, "a table is nested deeper than %d levels", (int)cursor->vm->limits.table_depth_max);
    luaL_checkstack(L, 6, "a table is nested too deep");
    lua_createtable(L, (int)items, (int)pairs);
    for (uint32_t i = 1; i <= items; i++) {
        push_value(L, cursor);
        lua_rawseti(L, -2, i);
    }
    for (size_t i = 0; i < pairs; i++) {
        push_value(L, cursor);
        push_value(L, cursor);
        lua_rawset(L, -3);
    }
    if (flags & (NJ_HOST_ERROR | NJ_LIST)) {
        const nj_vm *vm = cursor->vm;
        lua_rawgeti(L, LUA_REGISTRYINDEX, flags & NJ_LIST ? vm->list_metatable : vm->error_metatable);
        lua_setmetatable(L, -2);
    }
    cursor->depth -= 1;
}

/// Values that need neither memory nor other values. False: it is another kind.
static inline bool push_scalar(lua_State *L, const nj_value *value) {
    switch (value->kind) {
    case NJ_INTEGER: lua_pushinteger(L, value->bits); return true;
    case NJ_NUMBER: {
        double number;
        memcpy(&number, &value->bits, sizeof number);
        lua_pushnumber(L, number);
        return true;
    }
    case NJ_BOOL: lua_pushboolean(L, value->bits != 0); return true;
    case NJ_NIL: lua_pushnil(L); return true;
    default: return false;
    }
}

static void push_value(lua_State *L, push_cursor *cursor) {
    nj_io *io = &cursor->vm->io;
    const nj_value *value = &io->in[cursor->next++];
    if (push_scalar(L, value)) return;
    switch (value->kind) {
    case NJ_STRING: lua_pushlstring(L, value->length ? io->in_bytes + value->bits : "", value->length); break;
    case NJ_TABLE: push_table(L, cursor, value); break;
    case NJ_OBJECT: push_object(L, cursor->vm, value); break;
    default: lua_rawgeti(L, LUA_REGISTRYINDEX, value->bits); break;
    }
}

void njx_push_values(lua_State *L, nj_vm *vm) {
    size_t count = vm->io.in_results;
    if (count == 0) return;
    // A native function always has LUA_MINSTACK slots.
    if (count > LUA_MINSTACK / 2 && (count > 1000000 || !lua_checkstack(L, (int)count + 4)))
        luaL_error(L, "too many values");
    push_cursor cursor = {vm, 0, 0};
    for (size_t i = 0; i < count; i++) push_value(L, &cursor);
}
