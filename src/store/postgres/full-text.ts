import { sql } from 'kysely'
import type { FullText } from '../full-text.ts'

const greatest = 2 ** 31 - 1

/** A `tsvector` of ready-made terms under a GIN index; no dictionary of PostgreSQL looks at them. */
export const fullText: FullText = {
  async create(db, name) {
    await sql`create table ${sql.table(name)} ("row" integer primary key, terms tsvector not null)`.execute(
      db,
    )
    await sql`create index ${sql.ref(`${name}_terms`)} on ${sql.table(name)} using gin (terms)`.execute(db)
  },
  async add(db, name, row, terms) {
    await sql`insert into ${sql.table(name)} ("row", terms)
      values (${row}, array_to_tsvector(string_to_array(${terms.join(' ')}, ' ')))`.execute(db)
  },
  async remove(db, name, row) {
    await sql`delete from ${sql.table(name)} where "row" = ${row}`.execute(db)
  },
  rowsWith(name, terms, { limit, before }) {
    const query = terms.map((term) => `'${term}'`).join(' & ')
    return sql`(select "row" from ${sql.table(name)} where terms @@ ${query}::tsquery
      and "row" < ${before ?? greatest}::integer order by "row" desc limit ${sql.lit(limit)})`
  },
}
