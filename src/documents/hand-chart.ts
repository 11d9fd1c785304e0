import { createHash } from 'node:crypto'
import type { Chart } from '../charts/chart.ts'
import type { PictureBlock } from '../chat/card.ts'
import { handOver } from '../delivery/handed-files.ts'
import { translate } from '../messages/translate.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Trx } from '../store/store.ts'

/** The last that were drawn: one chart goes into the cards of thousands, and a transaction that runs again waits for none. */
const mostKept = 30
const drawn = new Map<string, Promise<Uint8Array>>()

/** Figures that are read out where a picture cannot be seen. */
const mostRead = 6

/** A chart as a block of a card: drawn, put where it is fetched, with its figures in words. */
export async function handChart(
  trx: Trx,
  house: { blobs: Blobs; publicUrl(): string },
  chart: Chart,
  now: Date,
): Promise<PictureBlock> {
  const { key, name } = namedBy(chart)
  const bytes = await drawnOnce(key, chart)
  const { blob, url } = await handOver(trx, house, { name, mediaType: 'image/png', bytes }, now)
  return { type: 'picture', name, blob, url, alt: chartInWords(chart) }
}

/** Begins to draw what is to be handed over soon, beside whatever else goes on. */
export function beginChart(chart: Chart): void {
  const { key } = namedBy(chart)
  // A drawing that fails is tried again when the chart is handed over, and said there.
  void drawnOnce(key, chart).catch(() => {})
}

/** What a chart shows, in a sentence: the first figures of each series. */
export function chartInWords({ title, categories, series, language }: Chart): string {
  const [joint, colon] = language === 'en' ? [', ', ': '] : ['、', '：']
  const lines = series.map(({ name, values }) => {
    const known = categories.flatMap((category, at) => {
      const value = values[at] ?? null
      return value === null ? [] : [`${category} ${value}`]
    })
    const read = known.slice(0, mostRead).join(joint)
    const some = known.length > mostRead ? `${read}…` : read
    return series.length > 1 && some !== '' ? `${name}${colon}${some}` : some
  })
  const shown = lines.filter((line) => line !== '').join(language === 'en' ? '; ' : '；')
  return `${title}${colon}${shown || translate(language, 'documents:chart.none')}`
}

function namedBy(chart: Chart): { key: string; name: string } {
  const key = createHash('sha256').update(JSON.stringify(chart)).digest('hex')
  return { key, name: `${key.slice(0, 12)}.png` }
}

async function drawnOnce(key: string, chart: Chart): Promise<Uint8Array> {
  const before = drawn.get(key)
  if (before) return before
  // What draws is as much to load as half of the house, and many a process never draws.
  const work = import('../charts/draw-chart.ts').then(({ drawChart }) => drawChart(chart))
  drawn.set(key, work)
  const [oldest] = drawn.keys()
  if (drawn.size > mostKept && oldest !== undefined) drawn.delete(oldest)
  try {
    return await work
  } catch (error) {
    drawn.delete(key)
    throw error
  }
}
