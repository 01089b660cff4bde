import Dialogue
import Metrics

/// What the line server counts. Labels come from closed sets.
struct LineMetrics: Sendable {
  private let connections = Counter(label: "coach_line_connections_total")
  private let connectionsRefused = Counter(label: "coach_line_connections_refused_total")
  private let acceptsFailed = Counter(label: "coach_line_accepts_failed_total")
  private let connectionsOpen = Gauge(label: "coach_line_connections_open")
  private let questions = Counter(label: "coach_line_questions_total")
  private let questionsRefused = Counter(label: "coach_line_questions_refused_total")
  private let reply = Timer(label: "coach_line_reply_seconds")

  func tookIn() { connections.increment() }

  func refusedConnection() { connectionsRefused.increment() }

  func failedAccept() { acceptsFailed.increment() }

  func counted(open: Int) { connectionsOpen.record(open) }

  func refusedQuestion() { questionsRefused.increment() }

  /// - Parameter nanoseconds: from the question to its reply, without the network.
  func answered(in nanoseconds: Int64) {
    questions.increment()
    reply.recordNanoseconds(nanoseconds)
  }

  /// Connections that ended, by reason: a reply code, or `client`.
  func closed(_ reason: Reply.Code?) {
    Counter(label: "coach_line_closes_total", dimensions: [("reason", reason?.rawValue ?? "client")]).increment()
  }
}
