import NightjarEngine

/// An object of a notification, whose members are checked when they are read. What is null is not there.
struct WhatsAppObject {
    let path: String
    private let members: [String: JSONValue]

    init(_ value: JSONValue, path: String) throws(WhatsAppBodyError) {
        guard let members = value.object else { throw WhatsAppBodyError("\(path) is no object") }
        self.path = path
        self.members = members
    }

    subscript(key: String) -> JSONValue? {
        if let value = members[key], value != .null { value } else { nil }
    }

    func text(_ key: String) throws(WhatsAppBodyError) -> String? {
        guard let value = self[key] else { return nil }
        guard let text = value.string else { throw WhatsAppBodyError("\(path).\(key) is no text") }
        return text
    }

    /// The name of a person, a message or a place: never empty, and not too long for a key.
    func name(_ key: String) throws(WhatsAppBodyError) -> String? {
        guard let name = try text(key) else { return nil }
        guard !name.isEmpty, name.utf8.count <= WhatsAppLimits.nameBytesMax, name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw WhatsAppBodyError("\(path).\(key) is no name")
        }
        return name
    }

    func requiredName(_ key: String) throws(WhatsAppBodyError) -> String {
        guard let name = try name(key) else { throw WhatsAppBodyError("\(path).\(key) is missing") }
        return name
    }

    func object(_ key: String) throws(WhatsAppBodyError) -> WhatsAppObject? {
        guard let value = self[key] else { return nil }
        return try WhatsAppObject(value, path: "\(path).\(key)")
    }

    func requiredObject(_ key: String) throws(WhatsAppBodyError) -> WhatsAppObject {
        guard let object = try object(key) else { throw WhatsAppBodyError("\(path).\(key) is missing") }
        return object
    }

    func objects(_ key: String) throws(WhatsAppBodyError) -> [WhatsAppObject]? {
        guard let value = self[key] else { return nil }
        guard let values = value.array else { throw WhatsAppBodyError("\(path).\(key) is no list") }
        var objects: [WhatsAppObject] = []
        for (index, value) in values.enumerated() { objects.append(try WhatsAppObject(value, path: "\(path).\(key)[\(index)]")) }
        return objects
    }

    func requiredObjects(_ key: String) throws(WhatsAppBodyError) -> [WhatsAppObject] {
        guard let objects = try objects(key) else { throw WhatsAppBodyError("\(path).\(key) is missing") }
        return objects
    }
}
