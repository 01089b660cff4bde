/// BM25F without the idf: what a term's frequencies in a record are worth, from 0 to 1, and its code.
struct Impacts {
  private let settings: RankingSettings
  private let weights: SIMD4<Double>
  private let normalization: SIMD4<Double>
  let averages: SIMD4<Double>

  /// `lengths`: for each record the words of each field. The average length of a field is taken over the records that
  /// have it, since what a missing title should be compared with is no question.
  init(_ settings: RankingSettings, lengths: [SIMD4<UInt32>]) {
    var (sums, counts) = (SIMD4<Double>(), SIMD4<Double>())
    for record in lengths {
      for field in 0..<4 where record[field] > 0 {
        sums[field] += Double(record[field])
        counts[field] += 1
      }
    }
    self.init(settings, averages: (sums / counts.replacing(with: 1, where: counts .== 0)))
  }

  init(_ settings: RankingSettings, averages: SIMD4<Double>) {
    self.settings = settings
    var (weights, normalization) = (SIMD4<Double>(), SIMD4<Double>())
    for field in Field.allCases {
      weights[Int(field.rawValue)] = settings[field].weight
      normalization[Int(field.rawValue)] = settings[field].lengthNormalization
    }
    (self.weights, self.normalization) = (weights, normalization)
    self.averages = averages.replacing(with: 1, where: averages .<= 0)
  }

  /// What one occurrence in each field counts in a record with these lengths.
  func scale(lengths: SIMD4<UInt32>) -> SIMD4<Double> {
    var relative = SIMD4<Double>()
    for field in 0..<4 { relative[field] = Double(lengths[field]) / averages[field] }
    return weights
      / (SIMD4(repeating: 1) - normalization + normalization * relative)
      .replacing(with: 1, where: normalization .== 1 .& relative .== 0)
  }

  /// The saturated frequency, from 0 to 1.
  func value(_ frequencies: SIMD4<UInt32>, _ scale: SIMD4<Double>) -> Double {
    var sum = 0.0
    for field in 0..<4 { sum += Double(frequencies[field]) * scale[field] }
    return sum / (sum + settings.saturation)
  }

  /// The value in steps of 1/127; never 0, since the term does occur.
  func code(_ frequencies: SIMD4<UInt32>, _ scale: SIMD4<Double>) -> UInt8 {
    let value = value(frequencies, scale)
    return value.isFinite ? UInt8(max(1, min(127, (value * 127).rounded()))) : 1
  }
}
