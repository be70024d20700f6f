/// Pieces of projects that several tests use.
enum Lua {
    /// Settings that leave the tests room, a webhook, a model that repeats, and an agent on it.
    static let base = """
        settings { default_agent = "echo", max_tasks_per_user = 1000, admins = { "webhook:boss" } }
        platform "webhook" { path = "/in" }
        model "echo" { provider = "echo" }
        agent "echo" { description = "Repeats", model = "echo" }

        """

    /// An agent `remote` on an Anthropic model at `url`.
    static func remote(_ url: String) -> String {
        """
        model "far" { provider = "anthropic", name = "stand-in", base_url = "\(url)", api_key = secret "KEY" }
        agent "remote" { model = "far" }

        """
    }

    /// A command that answers with `text`.
    static func command(_ name: String, answering text: String) -> String {
        """
        command("\(name)", { description = "Answers", run = function(ctx) return "\(text)" end })

        """
    }
}
