/** What the intake counts, by platform. */
export interface IntakeCounts {
  /** Messages that were new. */
  taken(platform: string): void
  /** Messages and interactions that had come before. */
  repeated(platform: string): void
  /** Messages that came to an answer, a plain refusal counted in. */
  done(platform: string): void
  /** Messages that came to nothing but an apology. */
  failed(platform: string): void
  /** How long an interaction took, also one that failed. */
  interaction(platform: string, seconds: number): void
}

export const countNothing: IntakeCounts = {
  taken() {},
  repeated() {},
  done() {},
  failed() {},
  interaction() {},
}
