import ArgumentParser
import CoachService

struct DoctorVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check everything that an operator can get wrong, and say the remedy.",
    discussion: "The exit status is 0 when nothing needs mending.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the findings as JSON.") var json = false

  func run() async throws {
    let findings = await Doctor(try common.workspace()).findings()
    print(json ? findings.json : findings.text)
    if let status = findings.exitStatus { throw ExitCode(status.rawValue) }
  }
}
