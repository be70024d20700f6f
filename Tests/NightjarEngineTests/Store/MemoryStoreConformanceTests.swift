import NightjarEngine
import NightjarTesting
import Testing

@Suite struct MemoryStoreConformanceTests {
    @Test(arguments: StoreConformance.cases)
    func keepsThePromise(_ promise: StoreConformanceCase) async throws {
        try await promise.run { MemoryStore() }
    }
}
