import LineServer
import Testing

private let one = ClientAddress(ip: "192.0.2.1")
private let other = ClientAddress(ip: "192.0.2.2")

@Suite("Questions a minute")
struct QuestionBudgetTests {
  @Test("a minute's questions may come at once, then they come back evenly, each address for itself")
  func bucket() {
    var budget = QuestionBudget(perMinute: 60)
    func granted(_ address: ClientAddress, _ milliseconds: Int, of questions: Int) -> Int {
      (0..<questions).filter { _ in budget.take(address, at: .milliseconds(milliseconds)) }.count
    }
    #expect(granted(one, 0, of: 70) == 60)
    #expect(granted(other, 0, of: 1) == 1)
    #expect(granted(one, 1001, of: 2) == 1)
    #expect(granted(one, 3_600_000, of: 70) == 60)
  }

  @Test("a clock that stands still or goes back gives nothing")
  func clock() {
    var budget = QuestionBudget(perMinute: 1)
    let grants = [100, 100, 40].map { budget.take(one, at: .seconds($0)) }
    #expect(grants == [true, false, false])
  }

  @Test("0 means no limit, and keeps no table")
  func unlimited() {
    var budget = QuestionBudget(perMinute: 0)
    let grants = (0..<1000).map { _ in budget.take(one, at: .zero) }
    #expect(!grants.contains(false))
    #expect(budget.addressCount == 0)
  }

  @Test("the table is bounded, and whoever is being refused now stays in it")
  func bounded() {
    var budget = QuestionBudget(perMinute: 2, addressLimit: 100)
    for number in 0..<10_000 {
      _ = budget.take(one, at: .milliseconds(number))
      _ = budget.take(ClientAddress(ip: "10.0.\(number / 256).\(number % 256)"), at: .milliseconds(number))
      #expect(budget.addressCount <= 100)
    }
    let isGranted = budget.take(one, at: .milliseconds(10_000))
    #expect(!isGranted)
  }
}

@Suite("Whom a limit by address means")
struct ClientAddressTests {
  @Test(
    "an IPv4 address, mapped or not, or the /64 of an IPv6 address",
    arguments: [
      ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
      ("2001:db8::1", "2001:db8:0:0"), ("2001:db8:1::", "2001:db8:1:0"), ("::1", "0:0:0:0"),
      ("2001:db8:1:2::9", "2001:db8:1:2"), ("fe80::1%eth0", "fe80:0:0:0"), ("", ""),
    ])
  func network(ip: String, text: String) {
    #expect(ClientAddress(ip: ip).text == text)
  }
}
