import { type OnlineColumn, OnlineTableError, type OnlineTables } from '../../chat/online-tables.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { accountsOf } from '../../people/people.ts'
import type { PushesContext } from './context.ts'
import type { Push } from './keep-push.ts'
import { type ShapedSheet, shapeSheet } from './shape-sheet.ts'
import { writeSheet } from './write-sheet.ts'

/**
 * Carries out a push: reads the table with the rights that its person has now, and brings the base to it. What was done of
 * it stays done, so that it may be called again after it broke off. Throws PlainError and OnlineTableError.
 * @param renew Called before each call of the vendor; throws where another has taken the push over.
 * @returns How many rows the tables have.
 */
export async function runPush(
  context: PushesContext,
  online: OnlineTables,
  { push, renew, now }: { push: Push; renew(): Promise<void>; now: Date },
): Promise<{ rows: number; url: string }> {
  const { store } = context
  const source = context.tables.find(({ name }) => name === push.source)
  if (!source) throw new PlainError('pushes:no-table')
  const { record, person, language } = push
  const opened = await source.open({ record, person, language, now })
  const keyName = translate(language, 'pushes:key')

  // All is read, and found small enough, before anything is written.
  const shaped: { sheet: ShapedSheet; before: OnlineColumn[]; table: string }[] = []
  for (const [at, sheet] of opened.sheets.entries()) {
    const row = await store.db
      .selectFrom('push_sheet')
      .selectAll()
      .where('push', '=', push.id)
      .where('sheet', '=', sheet.name)
      .executeTakeFirst()
    const before = row ? (JSON.parse(row.columns) as OnlineColumn[]) : []
    const widened = new Set(before.flatMap(({ name, type }) => (type === 'text' ? [name] : [])))
    const keys = opened.keys[at] ?? [0]
    const read = await shapeSheet(sheet, { keys, widened, limits: online.limits }, keyName)
    shaped.push({ sheet: read, before, table: row?.online_table ?? '' })
  }

  const { base, url } = await openBase()
  let rows = 0
  for (const { sheet, before, table } of shaped) {
    const place = { push: push.id, sheet: sheet.name, base, keyName }
    const there = table === '' ? await makeTable(sheet) : table
    if (table !== '') await fitColumns(there, sheet, before)
    await writeSheet({ store, online, renew }, { ...place, table: there }, sheet)
    rows += sheet.rows.length
  }
  await removeSpare()
  return { rows, url }

  /** The base of the push, made where there is none, shared with its person. */
  async function openBase(): Promise<{ base: string; url: string }> {
    let { base, url } = push
    if (base === '') {
      await renew()
      const made = await online.createBase(opened.title)
      ;({ base, url } = made)
      await change({ base, url, spare: made.spare })
      push.spare = made.spare
    }
    const account = (await accountsOf(store.db, push.person)).find((one) => one.platform === online.platform)
    if (push.given === 0 && push.shared === 0 && account) {
      await renew()
      await online.share(base, account)
      await change({ shared: 1 })
    }
    return { base, url }
  }

  async function makeTable({ name, columns }: ShapedSheet): Promise<string> {
    await renew()
    const title = opened.sheets.length === 1 ? opened.title : `${opened.title} ${name}`
    const made = await online.createTable(base, title, [{ name: keyName, type: 'text' }, ...columns])
    await store.transaction((trx) =>
      trx
        .insertInto('push_sheet')
        .values({ push: push.id, sheet: name, online_table: made, columns: JSON.stringify(columns) })
        .execute(),
    )
    return made
  }

  /** Columns that came since are added; those that hold other things now hold texts. None is taken away. */
  async function fitColumns(table: string, { name, columns }: ShapedSheet, before: OnlineColumn[]) {
    const known = new Map(before.map((column) => [column.name, column]))
    for (const column of columns) {
      const there = known.get(column.name)
      if (there?.type === column.type) continue
      await renew()
      if (!there) await online.addColumn(base, table, column)
      else await online.widenColumn(base, table, column.name)
      known.set(column.name, there ? { ...column, type: 'text' } : column)
      column.type = known.get(column.name)!.type
    }
    await store.transaction((trx) =>
      trx
        .updateTable('push_sheet')
        .set({ columns: JSON.stringify([...known.values()]) })
        .where('push', '=', push.id)
        .where('sheet', '=', name)
        .execute(),
    )
  }

  async function removeSpare(): Promise<void> {
    if (push.spare === '') return
    await renew()
    await online.removeTable(base, push.spare)
    await change({ spare: '' })
  }

  async function change(values: Partial<Pick<Push, 'base' | 'url' | 'spare' | 'shared'>>): Promise<void> {
    await store.transaction((trx) => trx.updateTable('push').set(values).where('id', '=', push.id).execute())
  }
}

/** What people read of a push that did not succeed. */
export function problemOf(error: unknown): PlainError | null {
  if (error instanceof PlainError) return error
  if (!(error instanceof OnlineTableError) || error.kind === 'later') return null
  return new PlainError(`pushes:problem.${error.kind}`)
}
