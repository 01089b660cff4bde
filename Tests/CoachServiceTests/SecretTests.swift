import CoachService
import Foundation
import Testing

@Suite("A secret")
struct SecretTests {
  @Test(
    "is named by env: or file: and by nothing else",
    arguments: [
      ("env:A", true), ("file:/a", true), ("file:a", true), ("env:", false), ("file:", false), ("", false),
      ("A", false),
      (" env:A", false), ("ENV:A", false), ("https://a", false),
    ])
  func forms(text: String, isReference: Bool) {
    #expect((Secret(text) != nil) == isReference)
  }

  @Test("comes from the environment as it is there")
  func environment() throws {
    let secret = try #require(Secret("env:TOKEN"))
    #expect(try secret.value(in: ["TOKEN": " canary \n"]) == " canary \n")
    for environment in [[:], ["TOKEN": ""], ["token": "canary"]] {
      let error = try #require(throws: Secret.Unavailable.self) { try secret.value(in: environment) }
      #expect(error.description.contains("TOKEN") && !error.description.contains("canary"))
    }
  }

  @Test(
    "comes from a file that only its owner can read, without the line's end",
    arguments: [
      ("canary\n", "canary"), ("canary", "canary"), ("canary\r\n\n", "canary"), (" can ary \n", " can ary "),
    ])
  func file(content: String, value: String) throws {
    let bench = try Bench()
    for mode in [0o600, 0o400] {
      let path = try bench.write(content, to: "secret-\(mode)", mode: mode)
      #expect(try #require(Secret("file:\(path)")).value(in: [:]) == value)
    }
  }

  @Test("is not taken from a file that others can read", arguments: [0o644, 0o640, 0o604, 0o660, 0o601, 0o777])
  func modes(mode: Int) throws {
    let bench = try Bench()
    let path = try bench.write("canary", to: "secret", mode: mode)
    let secret = try #require(Secret("file:\(path)"))
    let error = try #require(throws: Secret.Unavailable.self) { try secret.value(in: [:]) }
    #expect(error.description.contains("chmod 600 \(path)") && !error.description.contains("canary"))
  }

  @Test("is not taken from what is empty, large, no text, a folder or not there")
  func strangeFiles() throws {
    let bench = try Bench()
    var paths = [bench.path + "/none", bench.path]
    for (number, content) in [Data(), Data("\n\n".utf8), Data([0xFF]), Data(repeating: 0x61, count: 4097)].enumerated()
    {
      paths.append(try bench.write(content, to: "file-\(number)"))
    }
    for path in paths {
      let secret = try #require(Secret("file:\(path)"))
      let error = try #require(throws: Secret.Unavailable.self, "\(path)") { try secret.value(in: [:]) }
      #expect(error.description.contains(path))
    }
  }

  @Test("shows its reference only, however it is printed")
  func shown() throws {
    let bench = try Bench()
    let secret = try #require(Secret("file:\(try bench.write("canary", to: "secret"))"))
    for text in ["\(secret)", String(reflecting: secret), String(describing: [secret])] {
      #expect(!text.contains("canary") && text.contains(secret.reference))
    }
  }
}
