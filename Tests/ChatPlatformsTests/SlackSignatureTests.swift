import ChatPlatforms
import Foundation
import Testing

@Suite("Slack's proof of origin")
struct SlackSignatureTests {
  let slack = SignedRequest.slack()

  @Test("the vectors that other implementations agree on are accepted", arguments: vectors)
  func acceptsVector(_ vector: Vector) {
    let slack = SignedRequest.slack(secrets: [vector.secret])
    let request = SignedRequest.raw(
      Array(vector.body.utf8), type: vector.type, time: vector.time, signature: vector.signature)
    let now = Date(timeIntervalSince1970: Double(vector.time) ?? 0)
    #expect(slack.read(request, now: now).ask != nil)
  }

  struct Vector: Sendable, CustomTestStringConvertible {
    var name, secret, time, type, body, signature: String
    var testDescription: String { name }
  }

  static let vectors = [
    Vector(
      name: "slash command", secret: SignedRequest.secret, time: "1790000000", type: SignedRequest.form,
      body: SignedRequest.commandBody,
      signature: "v0=04f872a008132c91d18569ad89bdfddccc9044fb4e6d7db48a7ab87846c5ba93"),
    Vector(
      name: "event with odd escapes", secret: SignedRequest.secret, time: "1790000000", type: SignedRequest.json,
      body: SignedRequest.eventBody,
      signature: "v0=78c4468eaeb44c5b9d7c223d5428ad9a1ae240180bf1fe2ad81b9efe0a91cb71"),
    Vector(
      name: "Slack's own sample", secret: "8f742231b10e8888abcd99yyyzzz85a5", time: "1531420618",
      type: SignedRequest.form,
      body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
      signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
  ]

  @Test(
    "a time outside 300 seconds is refused in both directions",
    arguments: [(-300, true), (300, true), (0, true), (-301, false), (301, false), (86_400, false)])
  func holdsWindow(offset: Int, isTaken: Bool) {
    let request = SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form)
    let inbound = slack.read(request, now: SignedRequest.now.addingTimeInterval(Double(offset)))
    #expect((inbound.ask != nil) == isTaken)
    #expect(inbound.refusal?.reason == (isTaken ? nil : .stale))
  }

  @Test(
    "a time that is not plain digits is refused even when it is signed",
    arguments: [
      "", "0x6AB13B80", " 1790000000", "1790000000 ", "+1790000000", "-1790000000", "1790000000.0", "1.79e9", "abc",
      "١٧٩٠٠٠٠٠٠٠", "1790000000\n", "99999999999999999999999", "1790000000000",
    ])
  func refusesOddTime(time: String) {
    let request = SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form, time: time)
    #expect(slack.read(request, now: SignedRequest.now).refusal?.response.status == 401)
  }

  @Test(
    "a signature of another form is refused",
    arguments: [
      { $0.replacingOccurrences(of: "v0=", with: "v1=") }, { $0.uppercased() },
      { "v0=" + $0.dropFirst(3).uppercased() }, { $0 + "0" }, { String($0.dropLast()) }, { $0 + " " }, { " " + $0 },
      { String($0.dropFirst(3)) }, { _ in "" }, { _ in "v0=" }, { $0 + "," + $0 },
    ] as [@Sendable (String) -> String])
  func refusesOddSignature(change: @Sendable (String) -> String) {
    let body = Array(SignedRequest.commandBody.utf8)
    let request = SignedRequest.raw(
      body, type: SignedRequest.form, time: "\(SignedRequest.time)", signature: change(SignedRequest.signature(body)))
    #expect(slack.read(request, now: SignedRequest.now).refusal?.response.status == 401)
  }

  @Test("every failure of authenticity gets the same response, byte for byte")
  func answersAlike() throws {
    let good = SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form)
    var unsigned = good
    unsigned.headers.removeAll { $0.name == "X-Slack-Signature" }
    var forged = good
    forged.body.append(UInt8(ascii: "x"))
    let refusals = try [
      #require(slack.read(unsigned, now: SignedRequest.now).refusal),
      #require(slack.read(forged, now: SignedRequest.now).refusal),
      #require(slack.read(good, now: SignedRequest.now.addingTimeInterval(1000)).refusal),
    ]
    #expect(refusals.map(\.reason) == [.unsigned, .forged, .stale])
    #expect(Set(refusals.map(\.response.body)).count == 1)
    #expect(refusals.allSatisfy { $0.response.status == 401 })
  }

  @Test("a proof that comes twice is refused, though both are right", arguments: [1, 2])
  func refusesDoubledHeader(index: Int) {
    var request = SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form)
    request.headers.append(request.headers[index])
    #expect(slack.read(request, now: SignedRequest.now).refusal?.reason == .unsigned)
  }

  @Test("header names are read whatever their case")
  func readsAnyCase() {
    var request = SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form)
    request.headers = request.headers.map { .init($0.name.uppercased(), $0.value) }
    #expect(slack.read(request, now: SignedRequest.now).ask != nil)
  }

  @Test("two secrets are valid while one is exchanged for the other, and a third is not")
  func rotates() {
    let slack = SignedRequest.slack(secrets: ["new-secret", SignedRequest.secret])
    let read = { (secret: String) in
      slack.read(
        SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form, secret: secret), now: SignedRequest.now)
    }
    #expect(read(SignedRequest.secret).ask != nil)
    #expect(read("new-secret").ask != nil)
    #expect(read("old-secret").refusal?.reason == .forged)
  }

  @Test("without a secret everything is refused, also what is signed with an empty one", arguments: [[], [""]])
  func refusesWithoutSecret(secrets: [String]) {
    let body = Array(SignedRequest.commandBody.utf8)
    let slack = SignedRequest.slack(secrets: secrets)
    for secret in ["x", SignedRequest.secret] {
      let request = SignedRequest.raw(
        body, type: SignedRequest.form, time: "\(SignedRequest.time)",
        signature: SignedRequest.signature(body, secret: secret))
      #expect(slack.read(request, now: SignedRequest.now).refusal?.reason == .forged)
    }
  }

  @Test("20,000 requests with one bit changed in body, signature or time are all refused with 401")
  func refusesMutations() {
    var generator = SplitMix(state: 42)
    let originals = [
      SignedRequest.make(SignedRequest.commandBody, type: SignedRequest.form),
      SignedRequest.make(SignedRequest.eventBody, type: SignedRequest.json),
    ]
    var accepted = 0
    for round in 0..<20_000 {
      var request = originals[round % 2]
      switch round % 4 {
      case 0, 1:
        let index = Int.random(in: request.body.indices, using: &generator)
        request.body[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: request.headers[1].value = flipped(request.headers[1].value, using: &generator)
      default: request.headers[2].value = flipped(request.headers[2].value, using: &generator)
      }
      if slack.read(request, now: SignedRequest.now).refusal?.response.status != 401 { accepted += 1 }
    }
    #expect(accepted == 0)
  }

  private func flipped(_ text: String, using generator: inout SplitMix) -> String {
    var bytes = Array(text.utf8)
    bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A generator with a seed, so that a failure can be had again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
