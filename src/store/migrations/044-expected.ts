import { type Kysely, sql } from 'kysely'

interface Before {
  submission_kind: { kind: string; version: number; definition: string }
  submission: { id: string; kind: string; version: number; sealed: number; content: string }
}

const together = 500

/**
 * What authors expect in 元 a year stands beside what they filled in, and an index holds all that is counted of a record: to
 * read tens of thousands of texts took most of the time of a campaign's statistics.
 */
export async function keepExpected(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('submission').addColumn('expected', 'double precision').execute()
  const before = db as Kysely<Before>
  for (const { kind, version, definition } of await before
    .selectFrom('submission_kind')
    .selectAll()
    .execute()) {
    const { expected } = JSON.parse(definition) as { expected?: string }
    if (expected !== undefined) await fill(before, { kind, version, field: expected })
  }
  await db.schema
    .createIndex('submission_counted')
    .on('submission')
    .columns([
      ...['id', 'sealed', 'kind', 'version', 'state', 'organisation', 'submitted_at', 'author'],
      ...['benefit', 'expected'],
    ])
    .execute()
}

/** The field of a kind's version holds it. Of sealed records nothing is known, of erased ones nothing is left. */
async function fill(
  db: Kysely<Before>,
  { kind, version, field }: { kind: string; version: number; field: string },
): Promise<void> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('submission')
      .select(['id', 'content'])
      .where('kind', '=', kind)
      .where('version', '=', version)
      .where('sealed', '=', 0)
      .where('content', '<>', '')
      .where('id', '>', last)
      .orderBy('id')
      .limit(together)
      .execute()
    const amounts = rows.flatMap(({ id, content }) => {
      const amount = (JSON.parse(content) as Record<string, unknown>)[field]
      return typeof amount === 'number' && Number.isFinite(amount) ? [{ id, amount }] : []
    })
    if (amounts.length > 0) {
      const cases = amounts.map(({ id, amount }) => sql`when ${id} then ${sql.lit(amount)}`)
      const ids = amounts.map(({ id }) => id)
      await sql`update submission set expected = case id ${sql.join(cases, sql` `)} end
        where id in (${sql.join(ids)})`.execute(db)
    }
    if (rows.length < together) return
    last = rows.at(-1)!.id
  }
}
