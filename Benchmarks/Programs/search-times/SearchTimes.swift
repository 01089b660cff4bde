import Glibc
import Retrieval

/// Times of the search engine of this product on a collection: one JSON line, with the same members as `compare` writes
/// for other engines.
///
///     search-times DIRECTORY RUNS [PASSAGES]
///
/// DIRECTORY holds docs.txt, one passage a line, and queries-NAME.txt, one question a line. PASSAGES takes only the
/// first so many. Times are those of the thread and of the wall clock, the median of RUNS passes for each question.
@main
struct SearchTimes {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3, let runs = Int(arguments[2]), runs > 0 else {
      print("usage: search-times DIRECTORY RUNS [PASSAGES]")
      exit(64)
    }
    let passages = try lines(of: arguments[1] + "/docs.txt").prefix(arguments.count > 3 ? Int(arguments[3]) ?? 0 : .max)
    let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let bytes = try build(passages)
    var members = [
      "\"engine\": \"inner-coach\"", "\"passages\": \(passages.count)",
      "\"build_s\": \(seconds(CLOCK_MONOTONIC) - wall)", "\"build_cpu_s\": \(seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)",
      "\"disk_mb\": \(Double(bytes.count) / 1e6)",
    ]
    let index = try Index(bytes: bytes)
    for name in ["natural", "keyword", "question"] {
      guard let questions = try? lines(of: arguments[1] + "/queries-\(name).txt"), !questions.isEmpty else { continue }
      members.append("\"\(name)\": \(times(index, questions, runs))")
    }
    members.append("\"rare\": \(times(index, rareQuestions(index, passages), runs))")
    print("{" + members.joined(separator: ", ") + "}")
  }

  static func build(_ passages: ArraySlice<String>) throws -> [UInt8] {
    var builder = IndexBuilder()
    for (number, text) in passages.enumerated() {
      try builder.add(Record(id: String(10_000_000 + number), body: text))
    }
    return builder.build()
  }

  /// Questions of three words that fifty to two hundred passages hold, however many there are: their cost shows what
  /// the size of a collection alone costs.
  static func rareQuestions(_ index: Index, _ passages: ArraySlice<String>) -> [String] {
    var rare: [String] = []
    var seen: Set<Substring> = []
    for text in passages.prefix(20_000) {
      for word in text.split(separator: " ") where seen.insert(word).inserted && rare.count < 180 {
        if let term = index.query(String(word)).terms.first, (50...200).contains(term.documentFrequency) {
          rare.append(String(word))
        }
      }
    }
    return stride(from: 0, to: rare.count - rare.count % 3, by: 3).map { rare[$0..<$0 + 3].joined(separator: " ") }
  }

  /// Medians over the questions, in milliseconds, and the median number of postings that a question has.
  static func times(_ index: Index, _ questions: [String], _ runs: Int) -> String {
    guard !questions.isEmpty else { return "{}" }
    var wall = [[Double]](repeating: [], count: questions.count)
    var cpu = wall
    for question in questions.prefix(10) { _ = index.search(question) }
    for _ in 0..<runs {
      for (number, question) in questions.enumerated() {
        let (wallStart, cpuStart) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_THREAD_CPUTIME_ID))
        let hits = index.search(question).hits
        cpu[number].append(seconds(CLOCK_THREAD_CPUTIME_ID) - cpuStart)
        wall[number].append(seconds(CLOCK_MONOTONIC) - wallStart)
        if hits.count > 10 { fatalError("more hits than were asked for") }
      }
    }
    let postings = questions.map { index.query($0).terms.reduce(0) { $0 + $1.documentFrequency } }.sorted()
    func part(_ times: [[Double]], _ share: Double) -> Double {
      let medians = times.map { $0.sorted()[$0.count / 2] }.sorted()
      return medians[min(medians.count - 1, Int(Double(medians.count) * share))] * 1e3
    }
    return """
      {"n": \(questions.count), "runs": \(runs), "postings": \(postings[postings.count / 2]), \
      "median_ms": \(part(wall, 0.5)), "p99_ms": \(part(wall, 0.99)), \
      "cpu_median_ms": \(part(cpu, 0.5)), "cpu_p99_ms": \(part(cpu, 0.99))}
      """
  }

  static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static func lines(of path: String) throws -> [String] {
    guard let file = fopen(path, "r") else { throw Failure.unreadable(path) }
    defer { fclose(file) }
    var lines: [String] = []
    var (buffer, capacity): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
    defer { free(buffer) }
    while case let length = getline(&buffer, &capacity, file), length > 0, let buffer {
      let bytes = UnsafeRawBufferPointer(start: buffer, count: length)
      lines.append(String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self))
    }
    return lines
  }

  enum Failure: Error {
    case unreadable(String)
  }
}
