// Undeclared globals are mistakes: reading or writing one raises, and names the likely meaning.
#include "bridge.h"

#include <string.h>

enum { NAME_MAX_LENGTH = 40 };

static int minimum(int a, int b) { return a < b ? a : b; }

/// Edits (insert, delete, replace, swap neighbours) that turn one name into the other.
static int distance(const char *a, int a_length, const char *b, int b_length) {
    int rows[3][NAME_MAX_LENGTH + 1];
    for (int j = 0; j <= b_length; j++) rows[0][j] = j;
    for (int i = 1; i <= a_length; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int cost = a[i - 1] != b[j - 1];
            row[j] = minimum(minimum(row[j - 1], above[j]) + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = minimum(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

/// The defined global nearest to a name, or NULL.
static const char *nearest_global(lua_State *L, const char *name) {
    int length = (int)strlen(name);
    if (length > NAME_MAX_LENGTH) return NULL;
    int best = length < 3 ? 2 : length < 6 ? 3 : 4; // fewer edits than this
    const char *found = NULL;
    lua_pushglobaltable(L);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING) continue;
        size_t candidate_length;
        const char *candidate = lua_tolstring(L, -1, &candidate_length);
        if (candidate_length > NAME_MAX_LENGTH || *candidate == '_') continue;
        int edits = distance(name, length, candidate, (int)candidate_length);
        // Among equals the first in the alphabet, so that the message does not depend on hashing.
        if (edits < best || (found != NULL && edits == best && strcmp(candidate, found) < 0)) {
            best = edits;
            found = candidate;
        }
    }
    lua_pop(L, 1);
    return found;
}

/// What to use instead of a name that is left out on purpose, from the table `_unavailable` if there is one; or NULL.
static const char *advice(lua_State *L, const char *name) {
    lua_pushglobaltable(L);
    lua_pushliteral(L, "_unavailable");
    if (lua_rawget(L, -2) != LUA_TTABLE) return NULL;
    lua_pushstring(L, name);
    return lua_rawget(L, -2) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

static int undefined_global(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING) return 0;
    const char *name = lua_tostring(L, 2);
    const char *instead = advice(L, name);
    if (instead != NULL) return luaL_error(L, "'%s' is not available: %s", name, instead);
    const char *meant = nearest_global(L, name);
    if (meant == NULL) return luaL_error(L, "undefined global '%s'", name);
    return luaL_error(L, "undefined global '%s' (did you mean '%s'?)", name, meant);
}

static int new_global(lua_State *L) {
    if (njx_vm(L)->globals_open) {
        lua_rawset(L, 1);
        return 0;
    }
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return luaL_error(L, "assignment to undefined global '%s' (use 'local %s')", name, name);
}

void njx_lock_globals(lua_State *L) {
    static const luaL_Reg metamethods[] = {
        {"__index", undefined_global}, {"__newindex", new_global}, {NULL, NULL},
    };
    lua_pushglobaltable(L);
    luaL_newlib(L, metamethods);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
