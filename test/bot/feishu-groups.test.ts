import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { FeishuPerson, type Push, read, secrets } from '../platforms/feishu-stage.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { joinBranch, rent, secret, secretRules } from './closed-document.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const patience = { timeout: 20_000 }

describeEachDatabase('a group of Feishu', (open) => {
  let opened: OpenedStore
  let server: FeishuServer
  let bot: TestBot
  const push: Push = (...given) => server.push(...given)

  beforeEach(async () => {
    opened = await open()
    server = await startFeishuServer()
    await addDocument(opened.store, opened.blobs, secretRules, new Date())
    const accounts = ['on_a', 'on_b'].map((user) => ({ platform: 'feishu', installation: 'tenant-1', user }))
    await joinBranch(opened.store, accounts)
    bot = await startTestBot(opened.location, () => new Date(), {
      ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: server.url, FEISHU_MODE: 'ws' },
      FEISHU_ENCRYPT_KEY: secrets.encryptKey,
      FEISHU_VERIFICATION_TOKEN: secrets.verificationToken,
    })
  })
  afterEach(async () => {
    await bot.stop()
    await server.close()
    expect(bot.errors).toEqual([])
  })

  const gather = (chat: string, ...unions: string[]) => {
    server.groups.set(
      chat,
      unions.map((user) => ({ user })),
    )
    const person = (union: string) => new FeishuPerson(server, push, { group: chat, union })
    return { person, alone: (union: string) => new FeishuPerson(server, push, { union }) }
  }
  const sees = (person: FeishuPerson, words: string) =>
    expect.poll(() => person.shown(), patience).toContain(words)

  test('is answered in the thread with what all of its members may read', async () => {
    const { person } = gather('oc_branch', 'on_a', 'on_b')
    await person('on_a').say(rent, { message_id: 'om_1' })
    await sees(person('on_a'), '900元')
    expect(person('on_b').messages().at(-1)!.thread).toBe('om_1')
    // The full text follows in the thread, for all of them may read it.
    await person('on_b').press('全文：')
    expect(person('on_b').messages().length).toBeGreaterThan(1)
  })

  test('learns nothing of what one of them may not read: answer and full text go to the asker', async () => {
    const { person, alone } = gather('oc_mixed', 'on_a', 'on_x')
    await person('on_a').say(rent, { message_id: 'om_1' })
    await sees(alone('on_a'), '900元')
    await sees(person('on_x'), '已单独发给您')
    expect(person('on_x').messages().at(-1)!.thread).toBe('om_1')
    await alone('on_a').press('全文：')
    await expect.poll(() => alone('on_a').messages().length, patience).toBe(2)
    // Whoever may read nothing closed is answered before all.
    await person('on_x').say(rent, { message_id: 'om_2' })
    await expect.poll(() => person('on_x').messages().length, patience).toBe(2)
    for (const { card } of person('on_x').messages()) expect(read(card)).not.toMatch(secret)
  })

  test('that somebody joined later has the full text sent to whoever presses, alone', async () => {
    const { person, alone } = gather('oc_grown', 'on_a')
    await person('on_a').say(rent, { message_id: 'om_1' })
    await sees(person('on_a'), '900元')
    // Another process knows of nobody in the group: nothing is assumed of them.
    server.groups.delete('oc_grown')
    await bot.stop()
    bot = await startTestBot(opened.location, () => new Date(), {
      ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: server.url, FEISHU_MODE: 'ws' },
      FEISHU_ENCRYPT_KEY: secrets.encryptKey,
      FEISHU_VERIFICATION_TOKEN: secrets.verificationToken,
    })
    const before = person('on_a').messages().length
    const answer = await person('on_a').click('全文：')
    expect(JSON.stringify(answer)).toContain('已单独发给您')
    await sees(alone('on_a'), '900元')
    expect(person('on_a').messages()).toHaveLength(before)
  })

  test('is asked for its members only by who may read more than a guest', async () => {
    const { person } = gather('oc_open', 'on_x')
    server.users.set('on_x', { name: '王五', department_ids: ['od-1'] })
    server.departments.set('od-1', '技术部')
    await person('on_x').say(rent)
    await expect.poll(() => person('on_x').messages().length, patience).toBe(1)
    expect(server.calls.filter((call) => call.endsWith('/members'))).toEqual([])
    const entries = () => opened.store.db.selectFrom('directory_entry').selectAll().execute()
    await expect.poll(entries, patience).toMatchObject([{ name: '王五', departments: '["技术部"]' }])
  })
})
