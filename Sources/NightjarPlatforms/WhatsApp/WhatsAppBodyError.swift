/// Why a notification cannot be understood.
struct WhatsAppBodyError: Error, Equatable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
