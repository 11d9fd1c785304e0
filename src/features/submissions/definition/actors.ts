/** Those who stand in some relation to a record; `clock` acts by itself when the time of a state is over. */
export const actors = [
  'author',
  /** A co-author who confirmed. */
  'co-author',
  /** Cadres and liaisons of the organisation with which the record lies, or the one to whom it was handed. */
  'handler',
  /** Handlers of the organisations above. */
  'superior',
  /** Whoever decides for the organisation: leaders and cadres of the organisation with which it lies, or above. */
  'decider',
  /** Somebody asked to review who has not declined. */
  'reviewer',
  /** Responsible for carrying it out. */
  'owner',
  /** Confirms result and benefit. */
  'verifier',
  /** Handlers of rights cases, named by the administrator. */
  'restricted',
  /** May look up a name that is hidden, and erases on request. Sees nothing else by that. */
  'administrator',
  /** Has an offer to solve it open. */
  'offerer',
  /** Has a milestone of it to reach. */
  'worker',
  /** Whom it puts forward, such as for an honour: may read it, and approves what is told of them. */
  'nominee',
  /** Anybody who may see the record and has none of the parts above. */
  'colleague',
  'clock',
] as const

export type ActorName = (typeof actors)[number]
