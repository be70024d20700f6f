package import LuaRuntime

extension LuaHostError {
    /// A script passed something a function does not take.
    package static func badArgument(_ function: String, _ problem: String) -> LuaHostError {
        LuaHostError(code: "bad_argument", message: "\(function): \(problem)")
    }
}
