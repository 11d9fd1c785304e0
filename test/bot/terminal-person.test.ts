import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { settings } from '../../src/config.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { runTerminalChat } from '../../src/main.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { accountsOf, createPerson, linkAccount } from '../../src/people/people.ts'
import type { StoreLocation } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { testDataKey } from './running-bot.ts'

const logger = { info() {}, warn() {}, error() {} }
let now: Date
beforeEach(() => {
  now = new Date('2026-03-02T01:00:00Z')
})

/** All that the terminal shows of a chat in which these lines are typed. */
async function chat(location: StoreLocation, lines: string[], as?: string): Promise<string> {
  const config = settings.parse({
    DATA_DIR: location.dataDir,
    DATABASE_URL: location.databaseUrl,
    DATA_KEY: testDataKey,
  })
  const input = new PassThrough()
  const output = new PassThrough()
  const shown = text(output)
  input.end(lines.map((line) => `${line}\n`).join(''))
  try {
    const chat = { input, output, language: 'zh-CN', as } as const
    const clock = () => now
    await runTerminalChat(config, logger, chat, clock, clock)
  } finally {
    output.end()
  }
  return shown
}

describeEachDatabase('the terminal as a person', (open) => {
  test('reads what their roles let them read while they hold them, and is linked by a code', async () => {
    const { store, blobs, location } = await open()
    const internal = {
      fileName: 'a.txt',
      bytes: Buffer.from('内部规定\n\n第一条 朱雀计划的经费为八万元。\n'),
    }
    await addDocument(store, blobs, { ...internal, visibleTo: 'role:cadre' }, now)
    const feishu = { platform: 'feishu', installation: 't', user: 'on_1' }
    const person = await store.transaction(async (trx) => {
      const { id: organisation } = await createOrganisation(trx, {
        name: '集团',
        kind: 'group',
        parent: null,
      })
      const { id } = await createPerson(trx, { name: '张三' })
      await addMembership(trx, { person: id, organisation, role: 'cadre', until: '2026-03-02' })
      await linkAccount(trx, feishu, id, new Date(now.getTime() - 1000))
      return id
    })
    const question = '朱雀计划的经费是多少？'
    const asPerson = await chat(location, [question, '关联账号'], '张三')
    expect(asPerson).toContain('八万元')
    const asGuest = await chat(location, [question, 'link account'])
    expect(asGuest).not.toContain('八万元')
    expect(asGuest).toContain('You are not signed in')
    const terminal = { platform: 'terminal', installation: 'local', user: person }
    expect(await accountsOf(store.db, person)).toEqual([feishu, terminal])
    const preferred = await store.db.selectFrom('person').select('preferred_account').executeTakeFirst()
    expect(preferred?.preferred_account).toBe('["feishu","t","on_1"]')

    const [code = ''] = /(?<=您的关联码：)\d{6}/.exec(asPerson) ?? []
    // Full width, as an input method for Chinese types digits.
    const typed = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
    expect(await chat(location, [`${typed}。`])).toContain('关联成功，张三')
    expect(await accountsOf(store.db, person)).toHaveLength(3)

    now = new Date('2026-03-02T16:00:00Z')
    expect(await chat(location, [question], person)).not.toContain('八万元')
    await expect(chat(location, [question], '王五')).rejects.toThrow('people:person.unknown')
  })
})
