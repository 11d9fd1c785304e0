import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../connections.ts'
import { createLibrary } from './001-library.ts'
import { createAnswerLog } from './002-answer-log.ts'
import { createPeople } from './003-people.ts'

/**
 * Every change of the tables, in order. A name is never changed once it was released: it is how a database
 * knows what was done to it. They run in alphabetical order, hence the numbers.
 */
export function allMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '001-library': { up: (db) => createLibrary(db, types) },
    '002-answer-log': { up: createAnswerLog },
    '003-people': { up: createPeople },
  }
}
