import CoachService
import CoreMetrics
import Testing

@Suite("What Prometheus reads")
struct MetricsExpositionTests {
  private let metrics = MetricsExposition()

  private var lines: [String] {
    metrics.text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("a counter, a gauge and a timer have their types, and one line a series")
  func types() {
    let counter = metrics.makeCounter(label: "a_total", dimensions: [("kind", "x")])
    counter.increment(by: 2)
    counter.increment(by: 3)
    metrics.makeCounter(label: "a_total", dimensions: [("kind", "y")]).increment(by: 1)
    metrics.makeRecorder(label: "b", dimensions: [], aggregate: false).record(2.5)
    let timer = metrics.makeTimer(label: "c_seconds", dimensions: [])
    timer.recordNanoseconds(1_500_000_000)
    timer.recordNanoseconds(500_000_000)
    metrics.makeRecorder(label: "d", dimensions: [], aggregate: true).record(Int64(4))
    #expect(
      lines == [
        "# TYPE a_total counter", "a_total{kind=\"x\"} 5", "a_total{kind=\"y\"} 1", "# TYPE b gauge", "b 2.5",
        "# TYPE c_seconds summary", "c_seconds_sum 2.0", "c_seconds_count 2", "# TYPE d summary", "d_sum 4.0",
        "d_count 1", "",
      ])
  }

  @Test("a series is there from its making on, and a second maker adds to it")
  func shared() {
    _ = metrics.makeCounter(label: "a_total", dimensions: [])
    #expect(lines.contains("a_total 0"))
    metrics.makeCounter(label: "a_total", dimensions: []).increment(by: 1)
    metrics.makeCounter(label: "a_total", dimensions: []).increment(by: 1)
    #expect(lines.contains("a_total 2"))
    metrics.makeCounter(label: "a_total", dimensions: []).reset()
    #expect(lines.contains("a_total 0"))
  }

  @Test(
    "label values are escaped, and nothing breaks a line",
    arguments: [
      ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("a\r\nb", "a\r\\nb"), ("ü", "ü"),
      ("a,b={c}", "a,b={c}"),
    ])
  func escaping(value: String, escaped: String) {
    metrics.makeCounter(label: "a_total", dimensions: [("kind", value)]).increment(by: 1)
    #expect(metrics.text() == "# TYPE a_total counter\na_total{kind=\"\(escaped)\"} 1\n")
  }

  @Test("names hold what Prometheus takes, and no more")
  func names() {
    metrics.makeCounter(label: "http.requests-total é", dimensions: [("status.code", "200")]).increment(by: 1)
    #expect(lines.contains("http_requests_total__{status_code=\"200\"} 1"))
  }

  @Test("nothing counted is nothing but an end of line")
  func empty() {
    #expect(metrics.text() == "\n")
  }

  @Test("counting does not overflow into a trap, nor kinds into each other")
  func extremes() {
    let counter = metrics.makeCounter(label: "a_total", dimensions: [])
    counter.increment(by: .max)
    counter.increment(by: .max)
    metrics.makeRecorder(label: "a_total", dimensions: [], aggregate: false).record(Int64(7))
    metrics.makeTimer(label: "t", dimensions: []).recordNanoseconds(.max)
    metrics.makeRecorder(label: "g", dimensions: [], aggregate: false).record(Double.nan)
    #expect(lines.contains("a_total -2") && lines.contains("# TYPE a_total counter"))
  }

  @Test("a label that is no closed set is capped")
  func capped() {
    for number in 0..<5000 {
      metrics.makeCounter(label: "a_total", dimensions: [("user", "\(number)")]).increment(by: 1)
    }
    #expect((1000...2100).contains(lines.count))
  }

  @Test("counting from many tasks loses nothing")
  func concurrent() async {
    await withTaskGroup { group in
      for _ in 0..<20 {
        group.addTask { [metrics] in
          for _ in 0..<500 { metrics.makeCounter(label: "a_total", dimensions: []).increment(by: 1) }
        }
      }
    }
    #expect(lines.contains("a_total 10000"))
  }
}
