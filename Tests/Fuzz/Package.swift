// swift-tools-version: 6.2
import PackageDescription

// A package of its own: the sanitizers' flags are allowed in a root package only, and must reach the modules under test, so
// the folders of these are linked in here. Debian's C libraries and Yams' parser are not instrumented.

let sanitizers = ["-sanitize=fuzzer,address"]

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .unsafeFlags(sanitizers),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    module("Dialogue"),
    module("Corpus", ["CMarkdown", "CHTML", .product(name: "Yams", package: "Yams")]),
    module("Retrieval", ["CStemmer"]),
    module("LineProtocol", ["Dialogue"]),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", "Corpus", "Dialogue", "LineProtocol", "Retrieval"],
      swiftSettings: strict, linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]),
    .systemLibrary(name: "CFuzzer"),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev"])]),
    .systemLibrary(name: "CHTML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
  ],
  swiftLanguageModes: [.v6]
)
