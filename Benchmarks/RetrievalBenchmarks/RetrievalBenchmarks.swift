import Benchmark
import Retrieval

/// In-process figures on 20,000 made-up passages: what a change does to the parts of a search, in time and in
/// allocations. For comparisons with other engines see `compare`.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.cpuUser, .wallClock, .throughput], scalingFactor: .kilo, maxDuration: .seconds(3))

  let passages = MadeUpPassages(count: 20_000)
  let bytes = passages.index()

  Benchmark("search: three middling words") { benchmark, index in
    for round in benchmark.scaledIterations { blackHole(index.search(passages.keywords[round % 64])) }
  } setup: {
    try Index(bytes: bytes)
  }

  Benchmark("search: eight frequent words") { benchmark, index in
    for round in benchmark.scaledIterations { blackHole(index.search(passages.questions[round % 64])) }
  } setup: {
    try Index(bytes: bytes)
  }

  Benchmark("search: a misspelt word, never seen before") { benchmark, index in
    for round in benchmark.scaledIterations { blackHole(index.search(passages.misspelt(round))) }
  } setup: {
    try Index(bytes: bytes)
  }

  Benchmark("snippet of 120 words") { benchmark, query in
    for round in benchmark.scaledIterations { blackHole(Snippet.best(of: passages.texts[round % 64], for: query)) }
  } setup: {
    try Index(bytes: bytes).query(passages.questions[0])
  }

  Benchmark("open and check", configuration: .init(scalingFactor: .one)) { _ in blackHole(try Index(bytes: bytes)) }

  Benchmark("build of 1,000 passages", configuration: .init(scalingFactor: .one)) { _ in
    blackHole(MadeUpPassages(count: 1000).index())
  }
}
