/** How many people, as far as it was said: “86 人” is 86 to 86, “九十多” 91 to 99, “不到一百” 0 to 99. */
export interface Headcount {
  /** The fewest it can be. */
  least: number
  /** The most it can be; null where nothing bounds it (“上百人”). */
  most: number | null
  /** The round number it was said to be about or near (“一百来人”, “近百人”). */
  about?: number
}

/** How far off a number may be that is said to be about right: a tenth, our reading of 左右 and 来. */
const tolerance = 10

/** Exactly so many. Throws RangeError where it is no whole number from 0 up. */
export function exactly(count: number): Headcount {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(String(count))
  return { least: count, most: count }
}

/** “100 人左右”: a tenth up or down. */
export function around(count: number): Headcount {
  const margin = Math.floor(count / tolerance)
  return { least: count - margin, most: count + margin, about: count }
}

/** “近百人”: at most a tenth below, and never the number itself. */
export function nearly(count: number): Headcount {
  return { least: count - Math.ceil(count / tolerance), most: Math.max(count - 1, 0), about: count }
}

/**
 * What several counts of technical staff say together. They may bound one number (86 人, 不到 100 人); where
 * they cannot, they are groups that may overlap: at least the largest, at most all added up.
 */
export function together(counts: readonly Headcount[]): Headcount | null {
  const [first] = counts
  if (!first || counts.length === 1) return first ?? null
  const largest = (values: number[]) => Math.max(...values)
  const tops = counts.map(({ most }) => most ?? Number.POSITIVE_INFINITY)
  const least = largest(counts.map((count) => count.least))
  const narrowest = Math.min(...tops)
  if (least <= narrowest) return bounded(least, narrowest)
  return bounded(
    least,
    tops.reduce((sum, top) => sum + top, 0),
  )
}

function bounded(least: number, most: number): Headcount {
  return { least, most: Number.isFinite(most) ? most : null }
}
