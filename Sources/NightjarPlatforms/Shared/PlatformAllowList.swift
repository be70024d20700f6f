import NightjarEngine

/// Who may talk to the engine on one platform, and where: the `workspaces`, `channels` and `users` of its declaration. An empty list
/// admits everyone; a `*` at the end of an entry admits all that begin so.
struct PlatformAllowList: Sendable, Equatable {
    var workspaces: [String]
    var channels: [String]
    var users: [String]

    init(_ definition: PlatformDefinition) {
        workspaces = definition.list("workspaces")
        channels = definition.list("channels")
        users = definition.list("users")
    }

    /// - Parameters:
    ///   - workspace: Slack's team, Discord's server, WhatsApp's phone number; nil where a message has none, which a list of workspaces refuses.
    ///   - channels: all names of the channel, since people write either.
    ///   - users: likewise.
    func admits(workspace: String?, channels: [String], users: [String]) -> Bool {
        Self.admits(self.workspaces, workspace.map { [$0] } ?? []) && Self.admits(self.channels, channels)
            && Self.admits(self.users, users)
    }

    private static func admits(_ list: [String], _ names: [String]) -> Bool {
        list.isEmpty || list.contains { entry in names.contains { AllowList.matches(entry, $0) } }
    }
}
