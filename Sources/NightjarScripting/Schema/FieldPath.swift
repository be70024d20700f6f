/// Where in a declaration's table a value is.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    package enum Step: Sendable, Hashable {
        case key(String)
        /// Counted from 1.
        case item(Int)
    }

    package var steps: [Step]

    package init(_ steps: [Step] = []) {
        self.steps = steps
    }

    package static func key(_ key: String) -> FieldPath { FieldPath([.key(key)]) }

    package func appending(_ step: Step) -> FieldPath { FieldPath(steps + [step]) }

    /// As it would be written: `parameters.namespace.type`, `tools[2]`, `headers["x-key"]`.
    package var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .item(let index): text += "[\(index)]"
            case .key(let key) where Self.isName(key): text += text.isEmpty ? key : ".\(key)"
            case .key(let key): text += "[\(Quoted.text(key))]"
            }
        }
    }

    private static func isName(_ key: String) -> Bool {
        guard key.utf8.count <= NameRule.lengthMax, let first = key.utf8.first, LuaLetter.isNameStart(first) else { return false }
        return key.utf8.allSatisfy(LuaLetter.isNamePart)
    }
}
