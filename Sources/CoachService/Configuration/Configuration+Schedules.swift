import Scheduling

extension Configuration.Schedule {
  /// The rule as a value; throws the sentence that says what is wrong with `at` or `time-zone`.
  func rule() throws(ScheduleError) -> Schedule {
    try Schedule(name: name, at: at, timeZone: timeZone)
  }

  /// What is wrong with the rule; nil if nothing is.
  var problem: String? {
    do {
      _ = try rule()
      return nil
    } catch {
      return "\(error)"
    }
  }
}
