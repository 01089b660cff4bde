// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what is needed for measuring does not weigh on the product.

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "inner-coach", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "RetrievalBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"), .product(name: "Retrieval", package: "inner-coach"),
      ],
      path: "RetrievalBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // Not beside the benchmarks: `swift package benchmark` would take it for one.
    .executableTarget(
      name: "search-times", dependencies: [.product(name: "Retrieval", package: "inner-coach")],
      path: "Programs/search-times"),
  ],
  swiftLanguageModes: [.v6]
)
