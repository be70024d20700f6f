/// By which door a request came.
enum Entrance {
    /// A port that only this machine reaches.
    case loopback
    /// A port that others may reach.
    case network
    /// The local socket, which file permissions guard.
    case localSocket
}
