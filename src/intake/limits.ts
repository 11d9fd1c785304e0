const second = 1000

/** How long and how often; times in milliseconds. */
export const intakeLimits = {
  /** Messages in one commit. */
  batch: 200,
  /** Messages that this process works at once. */
  sideBySide: 16,
  /** How long a message belongs to whoever claimed it; renewed at a third. After a crash it is free again by then. */
  lease: 30 * second,
  /** A handler that has not answered by then is given up. */
  handling: 120 * second,
  /** How often a handler may fail before the person reads an apology, and the pauses between. */
  attempts: 3,
  pauses: [1 * second, 5 * second],
  /** How often a message may be begun: one that ends the process each time must not do so for ever. */
  claims: 10,
  /**
   * After how long without an answer the person is told that it takes longer, and how often it is looked whether there
   * is somebody to tell: together 2 s. Messages that other processes took are looked for more seldom.
   */
  noticeAfter: 1.5 * second,
  noticeEvery: 0.5 * second,
  noticeOthers: 5 * second,
  /** What is answered longer than that after it was said is answered with an apology. */
  late: 10 * 60 * second,
  /** How often it is looked for what became due, or what other processes left behind. */
  poll: 1 * second,
  /** An interaction as a whole. */
  interaction: 1 * second,
  /**
   * A press of a rush: by when its person reads what it led to, or that it is in the queue, and by when it must be kept.
   * Slack and Feishu wait 3 s.
   */
  rushAnswer: 2.2 * second,
  rushKept: 2.7 * second,
  /** How long a message or interaction is known again. Feishu repeats for about 7 hours, people for days. */
  keptFor: 8 * 24 * 3600 * second,
  /** How long a message waits for a process that serves its chat: a terminal that was closed never comes back. */
  waitsFor: 30 * 24 * 3600 * second,
  forgetEvery: 3600 * second,
  /** How long a stop waits for handlers. */
  stopping: 5 * second,
}

export type IntakeLimits = typeof intakeLimits
