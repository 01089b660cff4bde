package import CoreMetrics
import Synchronization

/// Collects what the modules count through swift-metrics and prints it in Prometheus' text format (version 0.0.4).
///
/// Labels come from closed sets in our own code; should one not, the number of series is capped and the rest is dropped.
/// Timers are given in nanoseconds, as swift-metrics has them, and printed in seconds as a sum and a count.
package final class MetricsExposition: MetricsFactory {
  private struct Series: Hashable {
    var label: String
    var dimensions: [String]
  }

  private enum Value {
    case counter(Int64)
    case gauge(Double)
    case sum(Double, count: Int64)
  }

  private static let seriesLimit = 2000
  private let series = Mutex<[Series: Value]>([:])

  package init() {}

  /// All series, sorted by name, each with its type.
  package func text() -> String {
    let values = series.withLock { $0 }
    var lines: [String] = []
    var typed: Set<String> = []
    for (series, value) in values.sorted(by: {
      ($0.key.label, $0.key.dimensions.joined()) < ($1.key.label, $1.key.dimensions.joined())
    }) {
      let labels = series.dimensions.isEmpty ? "" : "{" + series.dimensions.joined(separator: ",") + "}"
      let type =
        switch value {
        case .counter: "counter"
        case .gauge: "gauge"
        case .sum: "summary"
        }
      if typed.insert(series.label).inserted { lines.append("# TYPE \(series.label) \(type)") }
      switch value {
      case .counter(let count): lines.append("\(series.label)\(labels) \(count)")
      case .gauge(let level): lines.append("\(series.label)\(labels) \(level)")
      case .sum(let total, let count):
        lines.append("\(series.label)_sum\(labels) \(total)")
        lines.append("\(series.label)_count\(labels) \(count)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    Handler(owner: self, series: key(label, dimensions, .counter(0)))
  }

  package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    Handler(owner: self, series: key(label, dimensions, aggregate ? .sum(0, count: 0) : .gauge(0)))
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    Handler(owner: self, series: key(label, dimensions, .sum(0, count: 0)))
  }

  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  private func key(_ label: String, _ dimensions: [(String, String)], _ initial: Value) -> Series {
    let series = Series(
      label: Self.name(label), dimensions: dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" })
    self.series.withLock { all in
      if all[series] == nil, all.count < Self.seriesLimit { all[series] = initial }
    }
    return series
  }

  private func update(_ key: Series, _ change: (inout Value) -> Void) {
    series.withLock { all in
      guard var value = all[key] else { return }
      change(&value)
      all[key] = value
    }
  }

  private static func name(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "_" })
  }

  /// By scalars: CR LF is one character, and holds a line end all the same.
  private static func escaped(_ value: String) -> String {
    value.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(scalar)
      }
    }.joined()
  }

  private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
    private let owner: MetricsExposition
    private let series: Series

    init(owner: MetricsExposition, series: Series) {
      self.owner = owner
      self.series = series
    }

    func increment(by amount: Int64) {
      owner.update(series) { if case .counter(let count) = $0 { $0 = .counter(count &+ amount) } }
    }

    func reset() {
      owner.update(series) { if case .counter = $0 { $0 = .counter(0) } }
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
      owner.update(series) { current in
        switch current {
        case .gauge: current = .gauge(value)
        case .sum(let total, let count): current = .sum(total + value, count: count &+ 1)
        case .counter: break
        }
      }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  }
}
