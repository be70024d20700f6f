import NightjarEngine
import NightjarSQLite
import NightjarTesting
import Testing

@Suite struct SQLiteStoreConformanceTests {
    @Test(arguments: StoreConformance.cases)
    func keepsThePromise(_ promise: StoreConformanceCase) async throws {
        let folder = try ScratchFolder()
        try await promise.run { try folder.store() }
    }
}
