import type { Day } from './day.ts'

/** What is published for a year: which days are off, and which days of rest are worked instead (调休). */
export interface YearTable {
  year: number
  /** The notice that published it. */
  source: string
  /** Days off, with the holiday's name; weekends are among them only where they belong to a holiday. */
  off: Record<Day, string>
  /** Make-up working days, with the name of the holiday that they make up for. */
  work: Record<Day, string>
}

/** The published table of a year; null where there is none yet. */
export type YearTables = (year: number) => YearTable | null
