import { cpus, loadavg, totalmem } from 'node:os'

/** The value below which a share of the values lies (nearest rank); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** A Markdown table; the first row is the heading. */
export function markdownTable([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

/** Milliseconds with as many places as say something; a dash for what was not measured. */
export function formatMs(ms: number | null): string {
  if (ms === null || Number.isNaN(ms)) return '–'
  return ms >= 100 ? ms.toFixed(0) : ms.toFixed(2)
}

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const { length } = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = loadavg()[0]!.toFixed(1)
  return `${length} cores (${cpus()[0]?.model.trim()}), ${memory} GiB, Node ${process.versions.node}, load ${load}`
}
