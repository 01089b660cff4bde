package import Logging
import Metrics

/// The levels of `--log-level`.
package enum LogLevel: String, Sendable, CaseIterable {
  case trace, debug, info, notice, warning, error

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .notice }
}

/// Logs to standard error and counts in memory, for the whole process.
package enum Observability {
  /// To be called once, by the verb that serves.
  package static func start(level: LogLevel) -> (metrics: MetricsExposition, logger: Logger) {
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level.level
      return handler
    }
    let metrics = MetricsExposition()
    MetricsSystem.bootstrap(metrics)
    return (metrics, Logger(label: "coach"))
  }
}
