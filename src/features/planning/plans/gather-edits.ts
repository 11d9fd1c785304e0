import type { Tables } from '../../../store/tables.ts'

type What = Tables['plan_history']['what']

/** An entry of a plan's history about one of its items; `data` is JSON. */
export interface Edit {
  what: string
  item: string | null
  data: string
}

interface EditData {
  goal?: string
  reason?: string
  /** Old and new by column. */
  changes?: Record<string, [string | number | null, string | number | null]>
}

/** What whoever approved a plan hears of; progress is told otherwise. */
export const toldEdits = ['item-added', 'item-changed', 'item-dropped'] as const satisfies What[]

/**
 * One entry for each item, of what has become of it in the end: old values are those before the first change. What came and
 * went meanwhile is left out. @param history in the order in which it was done.
 */
export function gatherEdits(history: readonly Edit[]): Edit[] {
  const byItem = Map.groupBy(history, ({ item }) => item ?? '')
  return [...byItem.values()].flatMap((edits) => {
    const last = edits.at(-1)!
    const isNew = edits[0]!.what === 'item-added'
    if (last.what === 'item-dropped') return isNew ? [] : [last]
    if (isNew) return [{ ...edits[0]!, data: JSON.stringify({ goal: dataOf(last).goal }) }]
    const changes = netChanges(edits)
    if (Object.keys(changes).length === 0) return []
    return [{ ...last, data: JSON.stringify({ ...dataOf(last), changes }) }]
  })
}

function netChanges(edits: readonly Edit[]): NonNullable<EditData['changes']> {
  const net: NonNullable<EditData['changes']> = {}
  for (const edit of edits) {
    for (const [column, [before, next]] of Object.entries(dataOf(edit).changes ?? {})) {
      net[column] = [net[column] ? net[column][0] : before, next]
    }
  }
  return Object.fromEntries(Object.entries(net).filter(([, [before, next]]) => before !== next))
}

function dataOf({ data }: Edit): EditData {
  return JSON.parse(data) as EditData
}
