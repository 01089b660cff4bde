import Corpus

/// What the index carries besides passages: the fingerprint (32 bytes), the findings about the files and the catalogue, so
/// that a start needs to read nothing else.
struct IndexAttachment {
  var fingerprint: Fingerprint
  var problems: [Problem]
  var catalogue: Catalogue

  var bytes: [UInt8] {
    var writer = RecordWriter()
    writer.write(number: problems.count)
    for problem in problems {
      writer.write(problem.severity.rawValue)
      writer.write(problem.path)
      writer.write(number: problem.line.map { $0 + 1 } ?? 0)
      writer.write(problem.what)
      writer.write(problem.remedy)
    }
    let catalogue = catalogue.bytes
    writer.write(number: catalogue.count)
    return fingerprint.bytes + writer.bytes + catalogue
  }

  init(fingerprint: Fingerprint, problems: [Problem], catalogue: Catalogue) {
    self.fingerprint = fingerprint
    self.problems = problems
    self.catalogue = catalogue
  }

  init(bytes: [UInt8]) throws(MalformedRecord) {
    var reader = RecordReader(bytes.dropFirst(Fingerprint.byteCount))
    guard let fingerprint = Fingerprint(bytes.prefix(Fingerprint.byteCount)) else { throw reader.malformed }
    self.fingerprint = fingerprint
    problems = []
    for _ in 0..<(try reader.count()) { problems.append(try Self.problem(&reader)) }
    let count = try reader.count()
    catalogue = try Catalogue(bytes: bytes.suffix(count))
  }

  private static func problem(_ reader: inout RecordReader) throws(MalformedRecord) -> Problem {
    guard let severity = Problem.Severity(rawValue: try reader.text()) else { throw reader.malformed }
    let path = try reader.text()
    let line = try reader.number()
    return Problem(
      severity, path: path, line: line == 0 ? nil : line - 1, what: try reader.text(), remedy: try reader.text())
  }
}
