import { describe, expect, test } from 'vitest'
import { findCrossings } from './boundaries.ts'
import { findImports } from './imports.ts'
import { readSources, withoutTests } from './source-files.ts'
import { ownedTables } from './table-owners.ts'

test('the code keeps to the boundaries of the house', () => {
  const files = withoutTests(readSources('src'))
  // That imports are found at all: most files have several.
  expect(findImports(files).length).toBeGreaterThan(files.size)
  expect(findCrossings(files)).toEqual([])
})

test('every table has an owner', () => {
  const migrations = readSources('src/store/migrations').values()
  const made = [...migrations].flatMap((source) => [...source.matchAll(/createTable\('(\w+)'\)/g)])
  expect(made.length).toBeGreaterThan(20)
  expect(new Set(made.map(([, table]) => table!))).toEqual(ownedTables)
})

function crossings(sources: Record<string, string>): string[] {
  return findCrossings(new Map(Object.entries(sources)))
}

describe('each rule can be broken', () => {
  test.each([
    [
      'src/platforms/web/a.ts',
      "import { Client } from '@larksuiteoapi/node-sdk'",
      'only src/platforms/feishu/',
    ],
    ['src/features/policy/a.ts', "import bolt from '@slack/bolt'", 'only src/platforms/slack/'],
    ['src/features/policy/a.ts', "import type { X } from 'langchain'", 'only src/model/'],
    ['src/knowledge/search/a.ts', "const { X } = await import('@langchain/openai')", 'only src/model/'],
    ['src/knowledge/read/a.ts', "import { X } from '@langchain/core/messages'", 'only src/model/'],
    ['src/features/policy/a.ts', "import {\n  type Client,\n} from 'pg'", 'only src/store/'],
    ['src/main.ts', "export { Database } from 'sqlite3'", 'only src/store/'],
    ['src/chat/card.ts', "import { z } from 'zod'", 'chat/ imports nothing but itself'],
    ['src/chat/card.ts', "import '../config.ts'", 'chat/ imports nothing but itself'],
    ['src/knowledge/a.ts', "import '../features/policy/answer.ts'", 'src/knowledge/ does not import'],
    [
      'src/platforms/web/a.ts',
      "export * from '../../features/policy/answer.ts'",
      'src/platforms/ does not import',
    ],
    ['src/store/a.ts', "type A = import('../knowledge/clause.ts').Clause", 'src/store/ does not import'],
    [
      'src/model/a.ts',
      "new Worker(new URL('../store/store.ts', import.meta.url))",
      'src/model/ does not import',
    ],
    ['src/messages/a.ts', "import '../store/store.ts'", 'src/messages/ does not import'],
    ['src/people/a.ts', "import '../console/console.ts'", 'src/people/ does not import'],
    ['src/config.ts', "import '../test/model/fake-clock.ts'", 'src/ does not import'],
    ['src/features/events/a.ts', "import '../policy/answer.ts'", 'only at its port.ts'],
    ['src/platforms/slack/a.ts', "import '../web/page.ts'", 'does not import another one'],
    ['src/platforms/web/a.ts', "import '../../delivery/outbox.ts'", 'src/platforms/ does not import'],
    ['src/platforms/web/a.ts', "import '../../intake/inbox.ts'", 'src/platforms/ does not import'],
    ['src/workers/a.ts', "import '../store/store.ts'", 'src/workers/ imports nothing but'],
    ['src/log/a.ts', "import '../config.ts'", 'src/log/ imports nothing but'],
    ['src/events/a.ts', "import '../features/policy/answer.ts'", 'src/events/ imports nothing but'],
    ['src/timers/a.ts', "import '../delivery/outbox.ts'", 'src/timers/ imports nothing but'],
    ['src/delivery/a.ts', "import '../features/help/port.ts'", 'src/delivery/ imports nothing but'],
    ['src/forms/a.ts', "import '../intake/inbox.ts'", 'src/forms/ imports nothing but'],
    ['src/forms/steps/a.ts', "import '../../platforms/logger.ts'", 'src/forms/ imports nothing but'],
    ['src/intake/a.ts', "import '../features/help/port.ts'", 'src/intake/ does not import'],
    ['src/intake/a.ts', "import '../forms/forms.ts'", 'src/intake/ does not import'],
    ['src/conversation/a.ts', "import '../platforms/logger.ts'", 'src/conversation/ does not import'],
    ['src/metrics/a.ts', "import '../features/policy/answer.ts'", 'src/metrics/ does not import'],
    ['src/features/help/a.ts', "import '../../console/reach.ts'", 'src/features/ does not import'],
    ['src/config.ts', "import './no-such-file.ts'", 'there is no such file'],
    ['src/intake/a.ts', "trx.deleteFrom('event')", 'only src/events/ writes'],
    ['src/features/help/a.ts', "db.selectFrom(\n'gap as g')", 'only src/features/policy/ reads'],
    ['src/console/a.ts', "trx.updateTable('person')", 'only src/people/ writes'],
    ['src/a.ts', 'const key = process.env.KEY', 'only src/config.ts reads process.env'],
    ['src/a.ts', 'const { env } = process', 'only src/config.ts reads process.env'],
  ])('%s: %s', (path, source, rule) => {
    expect(crossings({ [path]: source }).join('\n')).toContain(rule)
  })

  test('a circle, but not one of types', () => {
    const circle = {
      'src/a.ts': "import { b } from './b.ts'",
      'src/b.ts': "export { C } from './c.ts'",
      'src/c.ts': "import {\n  type A,\n} from './a.ts'\nimport type { B } from './b.ts'",
      'src/d.ts': "import './a.ts'",
    }
    expect(crossings(circle)).toEqual(['in a circle: src/a.ts → src/b.ts → src/c.ts → src/a.ts'])
  })

  test('an import that cannot be read is no way round', () => {
    expect(() => crossings({ 'src/a.ts': 'await import(name)' })).toThrow('src/a.ts')
  })
})

test('what is allowed is not reported', () => {
  const allowed = {
    'src/platforms/feishu/a.ts': "import { Client } from '@larksuiteoapi/node-sdk'\nimport '../text/b.ts'",
    'src/platforms/text/b.ts': '// import { Client } from "@slack/bolt"',
    'src/model/a.ts': "import { initChatModel } from 'langchain/chat_models/universal'",
    'src/knowledge/read/a.ts': "import { PDFLoader } from '@langchain/community/document_loaders/fs/pdf'",
    'src/store/a.ts': "import pg from 'pg'",
    'src/features/events/a.ts':
      "import type { Port } from '../policy/port.ts'\nimport type { Kysely } from 'kysely'",
    'src/features/policy/port.ts': 'export const note = "never process.env here".length',
    'src/config.ts': 'export const port = process.env.PORT',
    'src/console/a.ts': "db.selectFrom('gap').innerJoin('answer_given', 'id', 'answer')",
    'src/features/help/a.ts': "db.selectFrom('person')\ntrx.insertInto('help_request')",
  }
  expect(crossings(allowed).filter((line) => !line.startsWith('src/features/policy/port.ts'))).toEqual([])
})
