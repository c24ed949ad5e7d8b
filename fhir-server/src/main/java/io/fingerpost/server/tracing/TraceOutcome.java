package io.fingerpost.server.tracing;

/**
 * What came of tracing somebody; stands in {@code trace.outcome}, in the log and in the metrics.
 */
enum TraceOutcome {
  /** The number is theirs. */
  VERIFIED,
  /** The number is theirs no more: the one in its place is, and is theirs here now. */
  SUPERSEDED,
  /** Had no number here, and one person alone answers the description. */
  FOUND,
  /** Nobody has the number, or none or several answer the description. */
  NO_MATCH,
  /** The number is nobody's any more. */
  INVALIDATED,
  /** The number is a person's who is described otherwise. */
  CONFLICT,
  /** The number the service names is another record's here: two records of one person. */
  TWO_RECORDS,
  /** The service does not take the question. */
  REFUSED,
  /** There is not enough to ask by. */
  NOTHING_TO_ASK
}
