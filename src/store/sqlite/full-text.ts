import { sql } from 'kysely'
import type { FullText } from '../full-text.ts'

/**
 * FTS5 without the texts (`content=''`) and without places (`detail=none`): only which row has which term.
 * https://www.sqlite.org/fts5.html
 */
export const fullText: FullText = {
  async create(db, name) {
    await sql`create virtual table ${sql.table(name)} using fts5(terms, content='', contentless_delete=1,
      detail='none', tokenize='ascii')`.execute(db)
  },
  async add(db, name, row, terms) {
    await sql`insert into ${sql.table(name)} (rowid, terms) values (${row}, ${terms.join(' ')})`.execute(db)
  },
  async remove(db, name, row) {
    await sql`delete from ${sql.table(name)} where rowid = ${row}`.execute(db)
  },
  rowsWith(name, terms, { limit, before }) {
    // Quoted, so that no term is taken for a word of the query language.
    const query = terms.map((term) => `"${term}"`).join(' ')
    return sql`(select rowid as "row" from ${sql.table(name)} where ${sql.ref(name)} match ${query}
      and rowid < ${before ?? Number.MAX_SAFE_INTEGER} order by rowid desc limit ${sql.lit(limit)})`
  },
}
