import { html } from 'hono/html'
import type { Html } from '../platforms/web/plain-page.ts'

interface Bar {
  label: string
  value: number
  /** The value as people read it. */
  text: string
}

/** In units of the drawing, which is scaled to the page. */
const [width, height, foot, head] = [720, 220, 24, 18]

/**
 * A chart of upright bars, drawn as SVG without a script. What it shows stands in the table below it too, so that it is
 * one picture with a name to those who do not see it. Empty without bars.
 */
export function barChart(label: string, bars: readonly Bar[]): Html | '' {
  const [first, last] = [bars[0], bars.at(-1)]
  if (!first || !last) return ''
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const step = width / bars.length
  const room = height - foot - head
  // Beyond two dozen the words would run into one another.
  const every = Math.ceil(bars.length / 24)
  const drawn = bars.map(({ label: name, value, text }, i) => {
    const tall = (Math.max(0, value) / most) * room
    const [x, y] = [i * step + step * 0.15, height - foot - tall]
    const middle = i * step + step / 2
    const words = i % every === 0
    return html`<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${tall.toFixed(1)}" rx="2" fill="currentColor"/>${
      words
        ? html`<text x="${middle.toFixed(1)}" y="${(y - 4).toFixed(1)}" text-anchor="middle">${text}</text><text x="${middle.toFixed(1)}" y="${height - 8}" text-anchor="middle">${shortened(name)}</text>`
        : ''
    }`
  })
  return html`<div class="chart-room"><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${`${label}：${first.label} – ${last.label}`}">${drawn}<line x1="0" y1="${height - foot}" x2="${width}" y2="${height - foot}" stroke="currentColor" stroke-opacity="0.4"/></svg></div>`
}

/** 2026-03 → 26-03. */
function shortened(name: string): string {
  return /^\d{4}-/.test(name) ? name.slice(2) : name
}
