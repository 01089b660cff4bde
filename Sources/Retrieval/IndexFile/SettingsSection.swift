/// The ranking settings, and what else must be known before any other section can be read: section 1 of `IndexFile`.
struct SettingsSection {
  static let length = 32 + 24 * Field.allCases.count

  var ranking: RankingSettings
  var recordCount: Int
  var streamWidth: Int
  var averageLengths: SIMD4<Double>

  init(ranking: RankingSettings, recordCount: Int, streamWidth: Int, averageLengths: SIMD4<Double>) {
    self.ranking = ranking
    self.recordCount = recordCount
    self.streamWidth = streamWidth
    self.averageLengths = averageLengths
  }

  init(_ part: IndexFile.Part) throws(IndexError) {
    let view = part.view
    guard view.count == Self.length else { throw part.damaged(at: 0) }
    guard view.word32(at: 0) == Analyzer.version else {
      throw .otherVersion(found: view.word32(at: 0), expected: Analyzer.version)
    }
    func real(_ offset: Int) -> Double { Double(bitPattern: view.word64(at: offset)) }
    func weight(_ field: Field) -> RankingSettings.Weight {
      let offset = 32 + 16 * Int(field.rawValue)
      return RankingSettings.Weight(weight: real(offset), lengthNormalization: real(offset + 8))
    }
    recordCount = Int(view.word32(at: 4))
    streamWidth = Int(view.word32(at: 8))
    ranking = RankingSettings(
      saturation: real(16), title: weight(.title), aliases: weight(.aliases), questions: weight(.questions),
      body: weight(.body), pairWeight: real(24), pairDepth: Int(view.word32(at: 12)))
    averageLengths = SIMD4((0..<4).map { real(32 + 16 * Field.allCases.count + 8 * $0) })
    let isSound = ranking.isSound && (0..<4).allSatisfy { averageLengths[$0] > 0 && averageLengths[$0] < 1e12 }
    guard recordCount <= IndexFile.largestRecordCount, (1...2).contains(streamWidth), isSound else {
      throw part.damaged(at: 4)
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(word: Analyzer.version)
    writer.append(word: UInt32(recordCount))
    writer.append(word: UInt32(streamWidth))
    writer.append(word: UInt32(ranking.pairDepth))
    writer.append(word: ranking.saturation.bitPattern)
    writer.append(word: ranking.pairWeight.bitPattern)
    for field in Field.allCases {
      writer.append(word: ranking[field].weight.bitPattern)
      writer.append(word: ranking[field].lengthNormalization.bitPattern)
    }
    for field in 0..<4 { writer.append(word: averageLengths[field].bitPattern) }
    return writer.bytes
  }
}
