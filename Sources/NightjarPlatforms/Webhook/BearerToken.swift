import Crypto
public import NightjarEngine

/// The `Authorization: Bearer …` header (RFC 6750).
public enum BearerToken {
    /// Compares in constant time: the digests of both are compared, so not even the length is told.
    public static func matches(_ authorization: String, _ token: Secret) -> Bool {
        guard !token.isEmpty, authorization.prefix(7).lowercased() == "bearer " else { return false }
        let presented = SHA256.hash(data: Array(authorization.dropFirst(7).utf8))
        return presented == SHA256.hash(data: Array(token.reveal().utf8))
    }
}
