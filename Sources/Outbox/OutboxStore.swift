public import Foundation

/// What the outbox needs of a place where deliveries last. Several workers, in several processes, may share one.
public protocol OutboxStore: Sendable {
  /// Leases deliveries that are due, and starts an attempt of each, in one transaction.
  ///
  /// Due is what is `pending` and has reached its time, or is `leased` with a lease that ran out, if no older due
  /// delivery with the same order key is unfinished. At most `request.limit`, and of each lane at most its allowance,
  /// oldest first. When this returns, the claims are durable: after a crash each counts as an attempt whose fate is unknown.
  func claim(_ request: ClaimRequest) async throws -> [Claim]

  /// Records what came of a claim and ends its lease; false, and nothing is written, if the lease was lost meanwhile.
  ///
  /// - Parameter attempt: nil if nothing was sent.
  func record(_ disposition: Disposition, attempt: Attempt?, for ticket: Claim.Ticket, now: Date) async throws -> Bool

  /// Gives back claims that were not sent, as if they had not been claimed. Lost leases are passed over.
  func release(_ tickets: [Claim.Ticket]) async throws

  /// How many deliveries are in each state.
  func depth() async throws -> [Delivery.State: Int]
}

/// What a worker can take now.
public struct ClaimRequest: Sendable {
  /// The worker's time, against which due times and leases are compared.
  public var now: Date
  /// The name of the worker: random, new at each start.
  public var owner: String
  /// Until when nobody else may take up what is claimed; after `now`.
  public var leaseExpires: Date
  /// At most so many claims.
  public var limit: Int
  /// At most so many of each lane that is not in `allowances`.
  public var defaultAllowance: Int
  /// At most so many of each lane (`Delivery.lane`), 0 or more.
  public var allowances: [String: Int]
  /// What the worker has in flight: never claimed again, even if a clock that jumped makes its lease look expired.
  public var holding: [DeliveryID]

  /// A request for up to `limit` claims; nothing is checked here.
  public init(
    now: Date, owner: String, leaseExpires: Date, limit: Int, defaultAllowance: Int, allowances: [String: Int] = [:],
    holding: [DeliveryID] = []
  ) {
    self.now = now
    self.owner = owner
    self.leaseExpires = leaseExpires
    self.limit = limit
    self.defaultAllowance = defaultAllowance
    self.allowances = allowances
    self.holding = holding
  }
}

/// A delivery under a lease, with an attempt begun.
public struct Claim: Sendable {
  /// What is to be sent.
  public var delivery: Delivery
  /// What proves the lease when the outcome is recorded.
  public var ticket: Ticket
  /// The number of this attempt over the delivery's whole life, from 1.
  public var attempt: Int
  /// The number of this attempt since it was accepted or an operator asked for it again, from 1; the retry schedule
  /// goes by this.
  public var tries: Int
  /// The attempt before was begun and never recorded: nobody knows what came of it.
  public var isInterrupted: Bool

  /// A claim as the store made it.
  public init(delivery: Delivery, ticket: Ticket, attempt: Int, tries: Int, isInterrupted: Bool) {
    self.delivery = delivery
    self.ticket = ticket
    self.attempt = attempt
    self.tries = tries
    self.isInterrupted = isInterrupted
  }

  /// Proof of a lease. The fence grows with every claim, so that a worker whose lease went to another cannot record.
  public struct Ticket: Sendable, Hashable {
    /// The delivery that is leased.
    public var id: DeliveryID
    /// Greater with every claim of the delivery.
    public var fence: Int

    /// A ticket as the store issued it.
    public init(id: DeliveryID, fence: Int) {
      self.id = id
      self.fence = fence
    }
  }
}
