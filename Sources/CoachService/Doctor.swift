import Coaching
import Corpus
import Dialogue
import Foundation
import KnowledgeStore
import Outbox
import Retrieval
import Scheduling
import Storage

/// `coach doctor`: everything that an operator can get wrong, each as one finding with its remedy.
package struct Doctor: Sendable {
  private let workspace: Workspace

  package init(_ workspace: Workspace) {
    self.workspace = workspace
  }

  package struct Findings: Sendable {
    package struct Finding: Sendable, Equatable {
      package var subject: String
      /// What was found.
      package var text: String
      /// What a start would end with because of it; nil when nothing needs mending.
      package var status: Failure.Status?
    }

    package var findings: [Finding] = []

    /// The status of the first fault; nil when there is none.
    package var exitStatus: Failure.Status? { findings.lazy.compactMap(\.status).first }

    package var text: String {
      findings.map { "\($0.status == nil ? "ok  " : "MEND") \($0.subject): \($0.text)" }.joined(separator: "\n")
    }

    package var json: String {
      var object = JSONObject()
      object.add("ok", exitStatus == nil)
      object.add(
        "findings",
        array: findings.map { finding in
          var member = JSONObject()
          member.add("subject", finding.subject)
          member.add("ok", finding.status == nil)
          member.add("text", finding.text)
          return member.finished()
        })
      return object.finished()
    }

    fileprivate mutating func ok(_ subject: String, _ text: String) {
      findings.append(Finding(subject: subject, text: text))
    }

    fileprivate mutating func mend(_ subject: String, _ failure: Failure) {
      for line in failure.description.split(separator: "\n") {
        findings.append(Finding(subject: subject, text: String(line), status: failure.status))
      }
    }
  }

  package func findings() async -> Findings {
    var findings = Findings()
    findings.ok("configuration", workspace.configuration.path ?? "the defaults; there is no coach.yaml")
    checkPrompts(&findings)
    checkKnowledge(&findings)
    checkChannels(&findings)
    checkSchedules(&findings)
    await checkData(&findings)
    return findings
  }

  private func checkPrompts(_ findings: inout Findings) {
    do throws(Failure) {
      _ = try workspace.templates()
      findings.ok("prompts", "all templates of \(workspace.configuration.prompts) are there")
    } catch {
      findings.mend("prompts", error)
    }
  }

  private func checkKnowledge(_ findings: inout Findings) {
    do throws(Failure) {
      let opened = try workspace.opened(storing: false)
      let catalogue = opened.generation.catalogue
      if opened.generation.index.recordCount == 0 {
        findings.mend(
          "knowledge",
          Failure(.data, "there is nothing to answer from. Put Markdown, HTML or text into the knowledge folders."))
      } else {
        findings.ok(
          "knowledge",
          "\(catalogue.count) documents, \(opened.generation.index.recordCount) passages, \(catalogue.tips.count) tips"
        )
      }
      for problem in opened.generation.problems { findings.mend("knowledge", Failure(.data, problem.description)) }
      if let refused = opened.refused {
        findings.mend("index", Failure(.data, "\(refused) Run: coach index"))
      } else if !workspace.knowledgeSource.place.isWritable {
        findings.mend(
          "index",
          Failure(
            .configuration,
            "\(workspace.configuration.data) cannot be written. Give this user the right to write there, or set data."))
      } else {
        findings.ok("index", opened.wasBuilt ? "not stored yet; `coach index` or `coach serve` will" : "up to date")
      }
      try checkForm(&findings)
    } catch {
      findings.mend("knowledge", error)
    }
  }

  /// Errors of form alone, and none of them hinders serving: the rest of `coach knowledge check` is for those who write.
  private func checkForm(_ findings: inout Findings) throws(Failure) {
    let count = KnowledgeCheck(try workspace.library()).errorCount
    findings.ok(
      "form",
      count == 0
        ? "concepts, practices and tips keep to it"
        : "\(count) errors in concepts, practices and tips, all served. To see them run: coach knowledge check")
  }

  private func checkChannels(_ findings: inout Findings) {
    do throws(Failure) {
      let channels = try workspace.channels()
      _ = try workspace.httpToken()
      findings.ok(
        "channels", channels.isEmpty ? "none" : channels.keys.sorted().joined(separator: ", ") + ", with their secrets")
    } catch {
      findings.mend("channels", error)
    }
  }

  private func checkSchedules(_ findings: inout Findings) {
    let tips = try? workspace.catalogue()
    for schedule in workspace.configuration.schedules {
      if let tips, tips.tips(on: schedule.topics).isEmpty {
        let there = Set(tips.tips.map(\.topic)).sorted().joined(separator: ", ")
        findings.mend(
          "schedule \(schedule.name)",
          Failure(
            .data,
            "there is no tip on \(schedule.topics.isEmpty ? "anything" : schedule.topics.joined(separator: ", ")). "
              + "Set topics to some of: \(there)"))
      }
      if let next = (try? schedule.rule())?.next(after: Date()) {
        findings.ok("schedule \(schedule.name)", "next at \(next.instant.formatted(.iso8601)) to \(schedule.channel)")
      }
    }
  }

  private func checkData(_ findings: inout Findings) async {
    do {
      let directory = try workspace.dataDirectory()
      let database = try workspace.database(in: directory)
      try await database.checkWritable()
      let problems = try await database.integrityProblems()
      for problem in problems.prefix(20) {
        findings.mend("database", Failure(.data, "\(problem). Restore \(database.path) from a backup."))
      }
      if problems.isEmpty { findings.ok("database", "\(database.path) is sound and can be written") }
      let depth = try await database.depth()
      let waiting = (depth[.pending] ?? 0) + (depth[.leased] ?? 0)
      findings.ok(
        "deliveries", "\(waiting) waiting, \(depth[.dead] ?? 0) given up, \(depth[.unknown] ?? 0) of unknown fate")
      try database.close()
      findings.ok("serving", try isServing(directory) ? "a coach serves from here" : "no coach serves from here")
    } catch let error as StorageError {
      findings.mend("data", Failure(error))
    } catch let error as Failure {
      findings.mend("data", error)
    } catch {
      findings.mend("data", Failure(.unavailable, "\(error)"))
    }
  }

  private func isServing(_ directory: DataDirectory) throws(StorageError) -> Bool {
    do throws(StorageError) {
      withExtendedLifetime(try directory.lock()) {}
      return false
    } catch {
      if case .locked = error { return true }
      throw error
    }
  }
}
