package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// `http.get(url, options)`, `http.post(url, body, options)` and `http.request { … }`.
    ///
    /// A response has `status`, `ok` (2xx), `headers` (looked up in any case), `body` and `:json()`, which needs ``json`` beside it.
    package static func http(_ fetcher: any HTTPFetcher, _ secrets: SecretResolver) -> LuaLibrary {
        LuaLibrary(
            path: "http",
            functions: [
                .awaiting("get") { call in
                    try await fetch(call, "http.get", fetcher, secrets) {
                        try .simple("GET", url: call[0], body: .nil, options: call[1], of: "http.get")
                    }
                },
                .awaiting("post") { call in
                    try await fetch(call, "http.post", fetcher, secrets) {
                        try .simple("POST", url: call[0], body: call[1], options: call[2], of: "http.post")
                    }
                },
                .awaiting("request") { call in
                    try await fetch(call, "http.request", fetcher, secrets) { try .full(call[0]) }
                },
            ],
            prelude: [LuaSource(name: "http", text: httpPrelude)])
    }

    private static let httpPrelude = """
        local native, json = ..., json
        local headers = {
          __metatable = false,
          __index = function(self, name) return type(name) == "string" and rawget(self, name:lower()) or nil end,
        }
        local response = {
          __metatable = false, __name = "response",
          __index = { json = native(function(self) return json.decode(type(self) == "table" and self.body or nil) end) },
        }
        for name, call in pairs(http) do
          http[name] = native(function(...)
            local result = call(...)
            setmetatable(result.headers, headers)
            return setmetatable(result, response)
          end)
        end
        """

    private static func fetch(
        _ call: LuaCall, _ function: String, _ fetcher: any HTTPFetcher, _ secrets: SecretResolver,
        _ request: () throws -> FetchRequest
    ) async throws -> [LuaValue] {
        try await ScriptInvocation.beforeWaiting(call, function)
        let request = try request()
        do {
            return [try await fetcher.fetch(request).luaValue]
        } catch let error as EffectError {
            throw LuaHostError(code: error.code, message: secrets.redact(error.message))
        }
    }
}

extension FetchResponse {
    fileprivate var luaValue: LuaValue {
        [
            "status": .integer(Int64(status)), "ok": .bool((200..<300).contains(status)), "body": .bytes(of: body),
            "headers": .table(LuaTable(fields: Dictionary(uniqueKeysWithValues: headers.map { (.string($0), .string($1)) }))),
        ]
    }
}
