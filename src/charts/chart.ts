import type { Language } from '../chat/language.ts'

/** A picture of figures, as data. */
export interface Chart {
  /**
   * `bars`: one bar for each category, by the first series, in the given order; `grouped-bars`: the series side by side;
   * `lines`: over time; `shares`: what each category is of all, the largest first.
   */
  form: 'bars' | 'grouped-bars' | 'lines' | 'shares'
  title: string
  /** What is counted, such as 件 or 万元; empty: nothing is said of it. */
  unit: string
  categories: readonly string[]
  /** As many values as categories; null: not known. */
  series: readonly { name: string; values: readonly (number | null)[] }[]
  /** Where the figures come from and of when they are, in small print; empty: nothing. */
  source: string
  language: Language
}
