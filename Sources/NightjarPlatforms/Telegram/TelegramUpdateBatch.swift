/// The answer to one poll. An update that cannot be read does not hold back those after it.
struct TelegramUpdateBatch: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
        var id: Int64
        var update: Result<TelegramUpdate, TelegramUpdateError>

        init(from decoder: any Decoder) throws {
            id = try decoder.container(keyedBy: TelegramUpdate.CodingKeys.self).decode(Int64.self, forKey: .id)
            do {
                update = .success(try TelegramUpdate(from: decoder))
            } catch {
                update = .failure(TelegramUpdateError(error))
            }
        }
    }

    var entries: [Entry]

    /// What to ask for next, when all of these are stored; nil when there are none.
    var nextOffset: Int64? { entries.map(\.id).max().map { $0 + 1 } }

    init(from decoder: any Decoder) throws {
        entries = try decoder.singleValueContainer().decode([Entry].self)
    }
}
