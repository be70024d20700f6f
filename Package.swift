// swift-tools-version: 6.2
import PackageDescription

// Applied to every Swift target, each for a reason:
// - ExistentialAny: `any P` is spelled out, so that the cost of an existential is visible where it is paid.
// - MemberImportVisibility: a file imports what it uses; removing an import elsewhere cannot break it.
// - InternalImportsByDefault: a dependency becomes part of a target's interface only on purpose.
// - Warnings as errors where it is asked for, in CI: a newer compiler's warning must not keep a person from building.
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["NIGHTJAR_WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)])

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let inMemoryLogging: Target.Dependency = .product(name: "InMemoryLogging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "nightjar",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "nightjar", targets: ["nightjar"]),
        .library(name: "LuaRuntime", targets: ["LuaRuntime"]),
        .library(name: "NightjarEngine", targets: ["NightjarEngine"]),
        .library(name: "NightjarTesting", targets: ["NightjarTesting"]),
    ],
    // Exact versions: Package.resolved is not tracked, so this is the one place that pins what is built.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(name: "CLuaBridge", dependencies: ["CLua"]),
        .target(name: "LuaRuntime", dependencies: ["CLuaBridge"], swiftSettings: settings),
        .target(name: "NightjarEngine", dependencies: [logging, metrics, lifecycle, deque, heap], swiftSettings: settings),
        .target(
            name: "NightjarScripting", dependencies: ["LuaRuntime", "NightjarEngine", logging, lifecycle], swiftSettings: settings),
        .target(
            name: "NightjarModels", dependencies: ["NightjarEngine", httpClient, nioCore, nioHTTP1, nioPosix, nioSSL, logging],
            swiftSettings: settings),
        .target(
            name: "NightjarEffects", dependencies: ["NightjarEngine", httpClient, nioCore, nioHTTP1, nioPosix, subprocess, systemPackage],
            swiftSettings: settings),
        .target(
            name: "NightjarPlatforms",
            dependencies: [
                "CCMarkGFM", "NightjarEngine", httpClient, httpTypes, nioCore, nioHTTP1, nioPosix, nioSSL, nioWebSocket, crypto, logging,
            ],
            swiftSettings: settings),
        .target(name: "NightjarSQLite", dependencies: ["NightjarEngine", grdb, sqlite, logging], swiftSettings: settings),
        .target(
            name: "NightjarServer",
            dependencies: [
                "NightjarEngine", "NightjarPlatforms", hummingbirdCore, httpTypes, nioCore, nioHTTP1, nioHTTPTypes, nioPosix, logging,
                metrics, lifecycle,
            ], swiftSettings: settings),
        .target(
            name: "NightjarTesting",
            dependencies: [
                "NightjarEngine", crypto, deque, heap, inMemoryLogging, lifecycle, logging, nioCore, nioPosix, nioHTTP1, nioWebSocket,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "nightjar",
            dependencies: [
                "CEditLine", "NightjarEffects", "NightjarEngine", "NightjarModels", "NightjarPlatforms", "NightjarScripting",
                "NightjarServer", "NightjarSQLite", argumentParser, httpClient, lifecycle, logging, metrics, nioCore, nioHTTP1, unixSignals,
            ], swiftSettings: settings),
        .executableTarget(
            name: "nightjar-bench",
            dependencies: ["CLua", "LuaRuntime", "NightjarEngine", "NightjarSQLite", "NightjarTesting", argumentParser, grdb, logging],
            swiftSettings: settings),
        .executableTarget(
            name: "nightjar-try",
            dependencies: ["NightjarEngine", "NightjarTesting", argumentParser, httpClient, nioCore, nioHTTP1, subprocess, systemPackage],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "nightjar", "nightjar-try", "NightjarTesting", "NightjarEngine", grdb, httpClient, nioCore, nioHTTP1, subprocess,
                systemPackage,
            ],
            exclude: ["Agreement"], swiftSettings: settings),
        .testTarget(name: "LuaRuntimeTests", dependencies: ["LuaRuntime"], swiftSettings: settings),
        .testTarget(
            name: "NightjarEffectsTests", dependencies: ["NightjarEffects", "NightjarTesting", "NightjarEngine"],
            swiftSettings: settings),
        .testTarget(
            name: "NightjarEngineTests",
            dependencies: ["NightjarEngine", "NightjarTesting", logging, inMemoryLogging, lifecycle], swiftSettings: settings),
        .testTarget(
            name: "NightjarModelsTests",
            dependencies: ["NightjarModels", "NightjarTesting", "NightjarEngine", nioCore, nioPosix, nioHTTP1],
            swiftSettings: settings),
        .testTarget(
            name: "NightjarPlatformsTests",
            dependencies: [
                "NightjarPlatforms", "NightjarEngine", "NightjarTesting", crypto, httpClient, hummingbirdCore, httpTypes, inMemoryLogging,
                lifecycle, logging, nioCore, nioHTTP1, nioPosix, nioSSL, nioWebSocket,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "NightjarScriptingTests",
            dependencies: ["NightjarScripting", "NightjarEngine", "NightjarTesting", "LuaRuntime", lifecycle, logging, inMemoryLogging],
            swiftSettings: settings),
        .testTarget(
            name: "NightjarSQLiteTests", dependencies: ["NightjarSQLite", "NightjarEngine", "NightjarTesting", grdb],
            swiftSettings: settings),
        .testTarget(
            name: "NightjarServerTests",
            dependencies: [
                "NightjarServer", "NightjarPlatforms", "NightjarEngine", "NightjarTesting", httpClient, httpTypes, nioCore,
                nioEmbedded, nioHTTP1, nioHTTPTypes, nioPosix, logging, inMemoryLogging, metrics, lifecycle,
            ], swiftSettings: settings),
        .testTarget(
            name: "NightjarTestingTests", dependencies: ["NightjarTesting", "NightjarEngine", httpClient, nioCore, nioHTTP1, nioPosix],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
