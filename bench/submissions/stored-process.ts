/**
 * What is stored, filled or looked at in a process of its own: `node stored-process.ts <order as JSON>`. Prints the
 * report as JSON.
 */
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { exportLedger } from '../../src/features/submissions/ledger/export-ledger.ts'
import { type ListFilters, listSubmissions } from '../../src/features/submissions/list-submissions.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { type House, settle } from './people.ts'
import { storeMany } from './store-many.ts'

export type StoredOrder = { location: StoreLocation } & (
  | { do: 'fill'; count: number; people: number }
  | { do: 'look'; house: House; rounds: number }
  | { do: 'export'; house: House; format: 'xlsx' | 'csv' }
)

export interface StoredReport {
  seconds: number
  /** Processor time of the process, in seconds. */
  used: number
  /** The most memory that the process had, and what it had before; MiB. */
  peak: number
  base: number
  house?: House
  /** Milliseconds, by what was asked for. */
  looks?: Record<string, number[]>
  /** Of the file. */
  bytes?: number
}

const order: StoredOrder = JSON.parse(process.argv[2]!)
const store = await openStore(order.location)
const base = process.resourceUsage().maxRSS / 1024
const begun = process.cpuUsage()
const start = performance.now()
const done = await carryOut()
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(begun)
await store.close()
const peak = process.resourceUsage().maxRSS / 1024
const report: StoredReport = { ...done, seconds, used: (user + system) / 1e6, peak, base }
process.stdout.write(`${JSON.stringify(report)}\n`)

async function carryOut(): Promise<Pick<StoredReport, 'house' | 'looks' | 'bytes'>> {
  if (order.do === 'fill') {
    const house = await settle(store, order.people)
    await storeMany(store, house, order.count)
    return { house }
  }
  const sealer = createSealer(Buffer.alloc(32, 'bench'))
  const refused = (file: string, reason: string) => process.stderr.write(`${file}: ${reason}\n`)
  const kinds = await openKinds({ store, folder: 'knowledge/submissions', refused })
  const context = { store, kinds, sealer }
  if (order.do === 'export') {
    const asker = { person: order.house.cadre }
    const { format } = order
    const request = { asker, filters: {}, format, template: null, language: 'zh-CN' as const }
    const { pieces } = await exportLedger(context, request)
    let bytes = 0
    for await (const piece of pieces) bytes += piece.length
    return { bytes }
  }
  const { house, rounds } = order
  const cadre = { person: house.cadre }
  const page = { size: 50 }
  const list = (filters: ListFilters, asker: { person: string } = cadre, after?: string) =>
    listSubmissions(store.db, context, asker, filters, { ...page, ...(after ? { after } : {}) })
  const late = await pageAt(200, (after) => list({}, cadre, after))
  const branch = house.branches.at(-1)!
  const asked: Record<string, () => Promise<unknown>> = {
    'first page': () => list({}),
    'a page of 1,000 pages on': () => list({}, cadre, late),
    'one state': () => list({ kind: 'proposal', states: ['reviewing'] }),
    'one branch': () => list({ organisation: branch }),
    'one month, two states': () =>
      list({ states: ['registered', 'accepted'], from: '2024-03-01', until: '2024-03-31' }),
    'seen by somebody of the staff': () => list({}, { person: house.people[0]! }),
    'overdue: none': () => list({ overdue: true }),
    'search: two common words': () => list({ text: '空压机 变频器' }),
    'search: a number in it': () => list({ text: '退火炉 96号' }),
    'search: nothing found': () => list({ text: '食堂加菜' }),
    'search: by number': () => list({ text: 'JY-2024-040000' }),
  }
  const looks: Record<string, number[]> = {}
  for (const [name, ask] of Object.entries(asked)) {
    await ask()
    looks[name] = []
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now()
      await ask()
      looks[name].push(performance.now() - from)
    }
  }
  return { looks }
}

/** Where a page far behind begins. */
async function pageAt(
  pages: number,
  next: (after?: string) => Promise<{ next: string | null }>,
): Promise<string | undefined> {
  let after: string | undefined
  for (let page = 0; page < pages; page += 1) after = (await next(after)).next ?? after
  return after
}
