import ChatPlatforms
import CoachService
import Coaching
import Foundation
import Outbox
import Storage
import Synchronization
import Testing

@Suite("A request of a chat platform")
struct TakeWebhookTests {
  private let bench: Bench
  private let database: Database
  private let take: TakeWebhook
  private let woken = Counted()
  private let now = Date(timeIntervalSince1970: 1_790_000_000)

  final class Counted: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }
    func up() { number.withLock { $0 += 1 } }
  }

  init() throws {
    bench = try Bench()
    try bench.writeKnowledge()
    database = try bench.database()
    let coach = try bench.knowledge().coach
    take = TakeWebhook(
      channels: try channels(), database: database, coach: { coach }, wake: { [woken] in woken.up() },
      logger: Bench.quiet)
  }

  private func deliveries() async throws -> [DeliveryStatus] { try await database.deliveries(limit: 100) }

  private func body(_ delivery: DeliveryStatus) -> String { String(decoding: delivery.delivery.body, as: UTF8.self) }

  @Test("is acknowledged once its reply is in the outbox, addressed to where it came from")
  func accepted() async throws {
    let response = try #require(
      await take(
        "leads", slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now), now: now))
    #expect(response.status == 200)
    let waiting = try await deliveries()
    #expect(waiting.count == 1 && woken.count == 1)
    let delivery = try #require(waiting.first)
    #expect(delivery.state == .pending && delivery.delivery.purpose == .reply && delivery.delivery.channel == "leads")
    #expect(delivery.delivery.destination == .url("https://hooks.slack.com/commands/T0LEAD001/1/abc"))
    #expect(body(delivery).contains("Trust grows from promises that are kept."))
    // The URL is good for half an hour.
    #expect(delivery.delivery.expires.timeIntervalSince(now) <= 30 * 60)
  }

  @Test("sent again it is acknowledged in the same way, and nothing else happens")
  func repeated() async throws {
    let request = slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now)
    let first = await take("leads", request, now: now)
    for later in [0.0, 3, 60] {
      #expect(await take("leads", request, now: now + later) == first)
    }
    #expect(try await deliveries().count == 1)
    #expect(woken.count == 1)
  }

  @Test("four copies at the same moment make one reply")
  func copies() async throws {
    let request = slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now)
    let statuses = await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { [take, now] in await take("leads", request, now: now)?.status } }
      return await group.reduce(into: [Int?]()) { $0.append($1) }
    }
    #expect(statuses == [200, 200, 200, 200])
    #expect(try await deliveries().count == 1)
  }

  @Test("unsigned, forged or stale it gets 401 and leaves nothing")
  func refused() async throws {
    let good = slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now)
    var unsigned = good
    unsigned.headers.removeLast()
    var changed = good
    changed.body[changed.body.count - 1] ^= 1
    let forged = slashCommand(
      "How does trust grow from promises that are kept?", trigger: "1.1", secret: "another", at: now)
    let stale = slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now - 301)
    var responses: [InboundResponse?] = []
    for request in [unsigned, changed, forged, stale] { responses.append(await take("leads", request, now: now)) }
    #expect(responses.allSatisfy { $0?.status == 401 && $0?.body == responses[0]?.body })
    #expect(try await deliveries().isEmpty)
    #expect(woken.count == 0)
    // Nothing of it was remembered either: the good one is still news.
    #expect(await take("leads", good, now: now)?.status == 200)
    #expect(try await deliveries().count == 1)
  }

  @Test("to a channel that there is not it gets nothing")
  func unknownChannel() async throws {
    #expect(
      await take(
        "others", slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now), now: now)
        == nil)
  }

  @Test("goes on with what the same person asked before, and with nobody else's")
  func conversation() async throws {
    _ = await take(
      "leads", slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now), now: now)
    _ = await take("leads", slashCommand("more", trigger: "1.2", at: now), now: now)
    _ = await take("leads", slashCommand("more", trigger: "1.3", person: "U0BOB0002", at: now), now: now)
    let bodies = try await deliveries().reversed().map(body)
    #expect(bodies.count == 3)
    #expect(bodies[1].contains("trust#") && bodies[1] != bodies[0])
    #expect(bodies[2].contains("There is no answer yet"))
  }

  @Test("a day later the conversation is forgotten")
  func forgotten() async throws {
    _ = await take(
      "leads", slashCommand("How does trust grow from promises that are kept?", trigger: "1.1", at: now), now: now)
    let later = now + 86_401
    _ = await take("leads", slashCommand("more", trigger: "1.2", at: later), now: later)
    let last = try #require(try await deliveries().first)
    #expect(body(last).contains("There is no answer yet"))
  }

  @Test("several at once from one person are all answered")
  func atOnce() async throws {
    await withTaskGroup { group in
      for number in 0..<3 {
        group.addTask { [take, now] in
          _ = await take(
            "leads", slashCommand("How does trust grow from promises that are kept?", trigger: "2.\(number)", at: now),
            now: now)
        }
      }
    }
    #expect(try await deliveries().count == 3)
  }

  @Test("when the database takes nothing it gets 503, and is taken when it comes again")
  func unavailable() async throws {
    let request = slashCommand("What is canaryword trust?", trigger: "1.1", at: now)
    try database.close()
    let response = try #require(await take("leads", request, now: now))
    #expect(response.status == 503 && response.contentType == "application/problem+json")
    #expect(!String(decoding: response.body, as: UTF8.self).contains("canary"))
    #expect(woken.count == 0)
    let again = try bench.database()
    let coach = try bench.knowledge().coach
    let second = TakeWebhook(
      channels: try channels(), database: again, coach: { coach }, wake: {}, logger: Bench.quiet)
    #expect(await second("leads", request, now: now)?.status == 200)
    #expect(try await again.deliveries(limit: 10).count == 1)
  }

  @Test("no word of it, no secret and nobody's name is on the disk")
  func canary() async throws {
    for (number, text) in ["What does canaryword do for trust?", "/concept canaryword", "canaryword", "tip canaryword"]
      .enumerated()
    {
      let request = slashCommand(text, trigger: "3.\(number)", person: "UCANARY01", at: now)
      #expect(await take("leads", request, now: now)?.status == 200)
    }
    try database.close()
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.data)
    #expect(files.contains("coach.sqlite"))
    for file in files {
      let text = String(decoding: try Data(contentsOf: URL(filePath: bench.data + "/" + file)), as: UTF8.self)
      for word in ["canary", "CANARY"] { #expect(!text.contains(word), "\(file)") }
    }
  }
}
