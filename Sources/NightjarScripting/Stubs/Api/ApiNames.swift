import NightjarEngine

/// The names of the API.
package enum ApiNames {
    /// Everything that scripts find beside Lua's own globals, sorted.
    package static let globals: [String] = (Declaration.kinds + ApiModule.all.flatMap(\.globals)).sorted()

    /// What to say of a global that does not exist: that it is not there yet, or which names are near; nil when there is nothing to say.
    package static func suggestion(forGlobal name: String) -> String? {
        NotThereYet.message(forGlobal: name) ?? NearestNames.question(NearestNames.find(name, in: globals))
    }

    /// The same for a name behind `ctx.` or `ctx:`.
    package static func suggestion(forContext name: String) -> String? {
        NearestNames.question(NearestNames.find(name, in: contextNames))
    }

    package static let contextNames: [String] = ApiModule.context.classes.filter { $0.name == "nightjar.Context" }
        .flatMap { $0.fields.map(\.name) + $0.methods.map(\.name) }.sorted()
}
