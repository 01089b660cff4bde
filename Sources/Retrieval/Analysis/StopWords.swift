/// English words that carry grammar rather than matter: articles, pronouns, auxiliaries, question words, the plainest
/// prepositions and conjunctions, and their contractions with and without an apostrophe.
///
/// The list is that of Lucene's EnglishAnalyzer (33 words) with the pronouns, auxiliaries and question words of
/// Snowball's English list (snowballstem.org/algorithms/english/stop.txt) added. Words of degree, amount, place and
/// direction ("more", "own", "against", "over") are left in the text: they are rarer, and questions do turn on them.
enum StopWords {
  /// Folded words, as `WordScanner` gives them.
  static let english: Set<[UInt8]> = Set(list.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

  private static let list = """
    a about also am an and any are aren't arent as at be because been before being between both but by can can't
    cannot cant could couldn't couldnt did didn't didnt do does doesn't doesnt doing don't dont during either for from
    had hadn't hadnt has hasn't hasnt have haven't havent having he he'd he'll he's her here here's hers herself him
    himself his how how's however i i'd i'll i'm i've if im in into is isn't isnt it it'd it'll it's its itself ive
    just let's lets may me might must mustn't my myself neither no nor not of on or ought our ours ourselves rather
    shall shan't she she'd she'll she's should should've shouldn't shouldnt so some such than that that's thats the
    their theirs them themselves then there there's theres these they they'd they'll they're they've this those though
    through thus to too until upon us very was wasn't wasnt we we'd we'll we're we've were weren't werent what what's
    whats when when's where where's whether which while who who's whom whose why why's will with within without won't
    wont would would've wouldn't wouldnt yet you you'd you'll you're you've your yours yourself yourselves d ll m re s
    t ve
    """
}
