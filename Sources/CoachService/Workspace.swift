package import Coaching
package import Corpus
import Foundation
import KnowledgeStore
import Storage

/// The configuration and the environment of one process, and the things that they open. Every error comes out as a
/// `Failure`, with the exit status that design.md section 5 gives it.
package struct Workspace: Sendable {
  package let configuration: Configuration
  let environment: [String: String]
  private let configurationPath: String?

  /// - Parameter path: the configuration file; nil to look in the usual places.
  package init(configurationPath path: String?) throws(Failure) {
    environment = ProcessInfo.processInfo.environment
    configurationPath = path
    do throws(Configuration.Problems) {
      configuration = try Configuration.load(path: path, environment: environment)
    } catch {
      throw Failure(.configuration, error.description)
    }
  }

  var knowledgeSource: KnowledgeSource {
    KnowledgeSource(
      folders: KnowledgeFolders(configuration.knowledge.folders), place: IndexPlace(folder: configuration.data))
  }

  /// The same, for a service: what is built is built by `coach index` in a process of its own.
  var servedKnowledgeSource: KnowledgeSource {
    let index = IndexProcess(configurationPath: configurationPath)
    return KnowledgeSource(
      folders: knowledgeSource.folders, place: knowledgeSource.place, storeApart: { index($0) })
  }

  /// The coach of the knowledge as it lies in the folders now: from the stored index if it fits, else from one built in
  /// memory. Writes nothing, so it works beside a running `serve` and on a read-only disk.
  package func coach() throws(Failure) -> Coach {
    let templates = try templates()
    let generation = try opened(storing: false).generation
    return Coach(
      knowledge: Knowledge(catalogue: generation.catalogue, index: generation.index), templates: templates,
      contacts: configuration.contacts)
  }

  package func catalogue() throws(Failure) -> Catalogue { try opened(storing: false).generation.catalogue }

  package func templates() throws(Failure) -> Templates { try PromptFolder.read(configuration.prompts) }

  func opened(storing: Bool) throws(Failure) -> KnowledgeSource.Opened {
    do throws(KnowledgeError) {
      return try knowledgeSource.open(storing: storing)
    } catch {
      throw Failure(error)
    }
  }

  /// The configured channels with their secrets.
  ///
  /// - Throws: `Failure` that lists every channel that cannot be used.
  func channels() throws(Failure) -> [String: ChatChannel] {
    var channels: [String: ChatChannel] = [:]
    var problems: [String] = []
    for channel in configuration.channels {
      do throws(Failure) {
        channels[channel.name] = try ChatChannel(channel, environment: environment)
      } catch {
        problems.append(error.description)
      }
    }
    for schedule in configuration.schedules {
      if let channel = channels[schedule.channel], !channel.takesTips {
        problems.append(
          "channels.\(schedule.channel).webhook: is missing; the schedule \(schedule.name) posts tips there. "
            + "For example: webhook: env:SLACK_WEBHOOK_URL")
      }
    }
    guard problems.isEmpty else { throw Failure(.configuration, problems.joined(separator: "\n")) }
    return channels
  }

  /// The token of `/v1` and `/metrics`, if one is configured.
  func httpToken() throws(Failure) -> String? {
    do throws(Secret.Unavailable) {
      return try configuration.http.token?.value(in: environment)
    } catch {
      throw Failure(.configuration, "http.token: \(error)")
    }
  }

  func dataDirectory() throws(Failure) -> DataDirectory {
    do throws(StorageError) {
      return try DataDirectory(preparing: configuration.data)
    } catch {
      throw Failure(error)
    }
  }

  func database(in directory: DataDirectory) throws(Failure) -> Database {
    do throws(StorageError) {
      return try Database(in: directory)
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  init(_ error: StorageError) {
    let status: Status =
      switch error {
      case .damaged, .newerSchema: .data
      case .directory, .readOnly: .configuration
      case .locked, .full, .busy, .queueFull, .notDurable, .failed: .unavailable
      }
    self.init(status, error.description)
  }

  init(_ error: KnowledgeError) {
    let status: Status =
      switch error {
      case .folder, .indexFolder: .configuration
      case .indexUnwritable, .stopping: .unavailable
      case .indexUnusable: .data
      }
    self.init(status, error.description)
  }
}
