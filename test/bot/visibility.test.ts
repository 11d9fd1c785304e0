import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { languageOf } from '../../src/chat/language.ts'
import { answerQuestion } from '../../src/features/policy/answer-question.ts'
import { guest, type Reader } from '../../src/knowledge/clause.ts'
import { KnowledgeBase } from '../../src/knowledge/knowledge-base.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { importSeed } from '../../src/knowledge/library/import-seed.ts'
import { translate } from '../../src/messages/translate.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { describeEachDatabase, freshLocation } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'
import { buttonsFor, WebGuest } from './web-guest.ts'

const questions = readFileSync(new URL('../data/questions-development.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) =>
    z.object({ question: z.string(), history: z.array(z.string()).default([]) }).parse(JSON.parse(line)),
  )

/** Characters of every sound, so that a reading of pinyin that looks at them would change. */
const characters = Array.from({ length: 0x9fa5 - 0x4e00 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')

/** A document that answers everything, to whoever may see it. */
const restricted = [
  '内部规定',
  ...questions.map(({ question }, i) => `第${i + 1}条 ${question}答案是朱雀计划。`),
  `第${questions.length + 1}条 ${characters}`,
].join('\n\n')

const secret = '朱雀计划'
const document = {
  fileName: 'internal.txt',
  bytes: Buffer.from(restricted),
  document: 'internal',
  visibleTo: 'org:总部,role:leader',
}
const now = () => new Date('2026-03-02T01:00:00Z')

const inHeadOffice: Reader = { organisations: ['总部'], roles: [] }
const leaderElsewhere: Reader = { organisations: ['分公司'], roles: ['leader'] }
const inBranch: Reader = { organisations: ['分公司'], roles: ['staff'] }

describe('a document for one organisation only', () => {
  const cleanUps: (() => Promise<void>)[] = []
  /** The library with the document, and without. */
  let beside: KnowledgeBase
  let without: KnowledgeBase
  beforeAll(async () => {
    const open = async (restrictedToo: boolean) => {
      const location = await freshLocation('sqlite', cleanUps)
      const store: Store = await openStore(location)
      cleanUps.push(() => store.close())
      const blobs = openBlobs(store, location)
      await importSeed(store, blobs, 'knowledge', now())
      if (restrictedToo) await addDocument(store, blobs, document, now())
      const indexDir = `${location.dataDir}/index`
      return KnowledgeBase.open({ store, knowledgeDir: 'knowledge', indexDir, clock: now })
    }
    without = await open(false)
    beside = await open(true)
  })
  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  })

  const search = (
    library: KnowledgeBase,
    question: string,
    readers: readonly Reader[],
    history: string[] = [],
  ) => library.engine.search({ question, history, readers, limit: 20 })
  /** All that a search says, scores, doubt and reading too. */
  const told = (...[library, question, readers, history]: Parameters<typeof search>) => {
    const { hits, doubt, reading } = search(library, question, readers, history)
    return JSON.stringify({
      hits: hits.map(({ document: { firstClause: _, ...rest }, ...hit }) => ({ ...hit, document: rest })),
      doubt,
      reading: { ...reading, features: [...reading.features] },
    })
  }
  const circles: [string, readonly Reader[]][] = [
    ['a guest', [guest]],
    ['nobody named', []],
    ['somebody of another organisation', [inBranch]],
    ['one who may and one who may not', [inHeadOffice, inBranch]],
    ['one who may and a guest', [leaderElsewhere, guest]],
  ]

  test.each(circles)('changes nothing of what %s is told, to the last digit', (_, readers) => {
    for (const { question, history } of questions) {
      expect(told(beside, question, readers, history), question).toBe(
        told(without, question, readers, history),
      )
    }
  })

  test('is not read into what is typed by sound', () => {
    for (const syllable of 'qiu que mou nuo kuang run seng zen fou ri nin shua'.split(' ')) {
      for (const question of [
        `zhicheng ${syllable}`,
        `${syllable} zhicheng`,
        `职称${syllable}吗`,
        syllable,
      ]) {
        expect(told(beside, question, [guest]), question).toBe(told(without, question, [guest]))
      }
    }
  })

  test.each(['zhichengpingding', '科协zenyang组建', '国姿委管舍么', secret])(
    'is not read into %s',
    (question) => {
      expect(told(beside, question, [guest])).toBe(told(without, question, [guest]))
    },
  )

  test('changes no answer to a guest, refusals included', () => {
    for (const { question, history } of questions) {
      const asked = { id: 'same', question, history, language: languageOf(question), readers: [guest] }
      const answer = answerQuestion(beside.engine, asked)
      expect(answer, question).toEqual(answerQuestion(without.engine, asked))
      expect(JSON.stringify({ ...answer, question: '' })).not.toContain(secret)
    }
  })

  test('cannot be opened by a guessed key', () => {
    for (const [, readers] of circles) {
      for (const key of ['第一条', 'preamble', '第二条', '1', '']) {
        expect(beside.engine.openClause('internal', key, readers)).toBeNull()
      }
    }
  })

  test.each<[string, readonly Reader[]]>([
    ['somebody of the organisation', [inHeadOffice]],
    ['a holder of the role', [leaderElsewhere]],
    ['two who may each see it', [inHeadOffice, leaderElsewhere]],
  ])('is found and opened by %s', (_, readers) => {
    const { hits } = search(beside, `${secret}是什么？`, readers)
    const hit = hits.find(({ document }) => document.document === 'internal')
    expect(beside.engine.openClause('internal', hit!.clause.key, readers)!.clause.text).toContain(secret)
  })
})

describeEachDatabase('a guest of the running bot', (open) => {
  let bot: TestBot
  let store: Store
  beforeEach(async () => {
    const opened = await open()
    store = opened.store
    await addDocument(store, opened.blobs, document, now())
    bot = await startTestBot(opened.location, now)
  })
  afterEach(async () => {
    await bot.stop()
    expect(bot.errors).toEqual([])
  })

  test('gets no word of it by asking, following up or forging a button', async () => {
    const visitor = await WebGuest.arrive(bot.address)
    const shown: string[] = []
    for (const text of [
      secret,
      `${secret}是什么？`,
      '那内部规定第一条呢？',
      '内部规定',
      'What is 朱雀计划?',
    ]) {
      const card = await visitor.ask(text)
      shown.push(JSON.stringify(card))
      expect(buttonsFor(card, 'policy.open-clause').map(({ value }) => value.document)).not.toContain(
        'internal',
      )
    }
    // The welcome and the health page count nothing either.
    for (const path of ['/', '/healthz']) shown.push(await (await fetch(bot.address + path)).text())
    for (const key of ['第一条', '第八十条', 'preamble']) {
      const value = { document: 'internal', version: '1', key, marks: '0-5' }
      const refusal = (document: string) =>
        visitor.press({ action: 'policy.open-clause', value: { ...value, document } }).then(
          () => null,
          (error: Error) => error.message,
        )
      const hidden = await refusal('internal')
      expect(hidden).toBe(await refusal('nowhere'))
      expect(hidden).toContain(translate('zh-CN', 'policy:clause.gone'))
    }
    expect(shown.join('\n')).not.toMatch(/朱雀计划答|答案是朱雀|internal/)
    const rows = await store.db.selectFrom('answer_given').select(['citations', 'nearest_document']).execute()
    expect(JSON.stringify(rows)).not.toContain('internal')
  })
})
