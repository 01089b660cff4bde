import CFuzzer
import Glibc

/// `Fuzz TARGET [libFuzzer's arguments]` feeds one part with mutated input; `Fuzz seed-index` prints an index to begin
/// from.
@main
enum Fuzz {
  private static let name = CommandLine.arguments.dropFirst().first ?? ""

  private static let target: (@Sendable ([UInt8]) -> Void)? =
    switch name {
    case "front-matter": DocumentTargets.frontMatter
    case "markdown": DocumentTargets.markdown
    case "html": DocumentTargets.html
    case "analyzer": AnalyzerTarget.run
    case "index": IndexTarget.run
    case "session": SessionTarget.run
    default: nil
    }

  static func main() {
    if name == "seed-index" { return print(SmallIndex.bytes, to: STDOUT_FILENO) }
    guard target != nil else {
      let usage = "usage: Fuzz front-matter|markdown|html|analyzer|index|session|seed-index [argument...]\n"
      print(Array(usage.utf8), to: STDERR_FILENO)
      exit(64)
    }
    // libFuzzer takes the first argument for the program's name.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv + 1
    let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, count in
      unsafe Fuzz.target?(Array(UnsafeBufferPointer(start: data, count: count)))
      return 0
    }
    exit(status)
  }

  private static func print(_ bytes: [UInt8], to descriptor: CInt) {
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else { exit(74) }
  }
}
