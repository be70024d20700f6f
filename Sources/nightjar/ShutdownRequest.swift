import ServiceLifecycle
import Synchronization

/// Asks the service group to shut down; it is made before the group, for a service that is in it.
final class ShutdownRequest: Sendable {
    private let group = Mutex<ServiceGroup?>(nil)

    func set(_ group: ServiceGroup) { self.group.withLock { $0 = group } }

    func request() async {
        await group.withLock { $0 }?.triggerGracefulShutdown()
    }
}
