// swift-tools-version: 6.2
import PackageDescription

// ARCHITECTURE.md explains the rings; imports point inwards only.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A module of ours: strict settings, and nothing that its ring does not allow.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
    resources: fixtures.map { .copy($0) }, swiftSettings: strict)
}

let package = Package(
  name: "inner-coach",
  products: [
    .executable(name: "coach", targets: ["coach"]),
    .library(name: "Retrieval", targets: ["Retrieval"]),
    .library(name: "LineProtocol", targets: ["LineProtocol", "Dialogue"]),
    .library(name: "Outbox", targets: ["Outbox"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Domain: no sockets, files, clock or environment.
    module("Dialogue"),
    module("Corpus", ["CMarkdown", "CHTML", yams]),
    module("Retrieval", ["CStemmer"]),
    module("Coaching", ["Dialogue", "Corpus", "Retrieval", mustache]),
    module("LineProtocol", ["Dialogue"]),
    module("ChatPlatforms", ["Dialogue", crypto]),
    module("Scheduling"),
    module("Outbox", [crypto, logging, metrics, serviceLifecycle]),
    // Adapters: one piece of the outside world each.
    module("KnowledgeStore", ["Corpus", "Retrieval", "CMalloc", crypto, logging, serviceLifecycle]),
    module("Storage", ["Outbox", grdb]),
    module("CurlTransport", ["Outbox", "CCurl"]),
    module("LineServer", ["Dialogue", "LineProtocol", nioCore, nioPosix, logging, metrics, serviceLifecycle]),
    module(
      "WebServer",
      [
        "Dialogue", "ChatPlatforms", hummingbird, hummingbirdCore, httpTypes, nioCore, logging, metrics,
        serviceLifecycle,
      ]),
    // Outside: configuration and wiring, and the command line.
    module(
      "CoachService",
      [
        "Dialogue", "Corpus", "Retrieval", "Coaching", "LineProtocol", "ChatPlatforms", "Scheduling", "Outbox",
        "KnowledgeStore", "Storage", "CurlTransport", "LineServer", "WebServer",
        "CMalloc", "CZlib", yams, logging, metrics, coreMetrics, serviceLifecycle, unixSignals, crypto, nioCore,
        nioPosix,
      ]),
    .executableTarget(
      name: "coach", dependencies: ["CoachService", "Dialogue", argumentParser, logging], swiftSettings: strict),
    // C libraries, each seen by one module only.
    .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCurl", dependencies: ["CLibcurl"]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    // Without its pkg-config file, which also asks for a library of extensions, in a Debian package of its own, not used here.
    .systemLibrary(name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev"])]),
    .systemLibrary(name: "CHTML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Tests.
    tests("ChatPlatforms", ["Dialogue", crypto]),
    tests("Coaching", ["Corpus", "Dialogue", "KnowledgeStore", "Retrieval"]),
    tests(
      "CoachService",
      [
        "ChatPlatforms", "Coaching", "Corpus", "Dialogue", "KnowledgeStore", "Outbox", "Retrieval", "Scheduling",
        "Storage", "CZlib",
        coreMetrics, crypto, logging, serviceLifecycle,
      ]),
    tests("Corpus"),
    tests("CurlTransport", ["Outbox", "Receiver"]),
    tests("Dialogue"),
    tests("KnowledgeStore", ["Corpus", "Retrieval", logging, serviceLifecycle]),
    tests("LineProtocol", ["Dialogue"], fixtures: ["Fixtures"]),
    tests("LineServer", ["Dialogue", "LineProtocol", nioCore, nioPosix, logging, serviceLifecycle]),
    tests("Outbox", ["CurlTransport", "Storage", "Receiver", logging, serviceLifecycle]),
    tests("Retrieval"),
    tests("Scheduling"),
    tests("Storage", ["Outbox"]),
    tests("WebServer", ["ChatPlatforms", "Dialogue", nioCore, nioPosix, logging, serviceLifecycle]),
    .target(name: "Receiver", path: "Tests/Receiver", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
