import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { buttonsIn, readIn, SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../fakes/slack-server.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { joinBranch, rent, secret, secretRules } from './closed-document.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const patience = { timeout: 20_000 }
const howMany = '多少科技人员应单独组建科协？'

describeEachDatabase('a channel of Slack', (open) => {
  let opened: OpenedStore
  let fake: FakeSlack
  let bot: TestBot
  let member: SlackPerson
  let colleague: SlackPerson
  let stranger: SlackPerson

  beforeEach(async () => {
    opened = await open()
    fake = await FakeSlack.start()
    await addDocument(opened.store, opened.blobs, secretRules, new Date())
    ;[member, colleague, stranger] = ['张三', '李四', '王五'].map((name) => new SlackPerson(fake, name)) as [
      SlackPerson,
      SlackPerson,
      SlackPerson,
    ]
    const accounts = [member, colleague].map(({ user }) => ({ platform: 'slack', installation: 'T1', user }))
    await joinBranch(opened.store, accounts)
    bot = await startTestBot(opened.location, () => new Date(), {
      ...{ SLACK_BOT_TOKEN: botToken, SLACK_API_URL: fake.apiUrl, SLACK_APP_TOKEN: appToken },
    })
  })
  afterEach(async () => {
    await bot.stop()
    await fake.stop()
    expect(bot.errors).toEqual([])
  })

  const sees = async (words: string, by: SlackPerson, channel = by.im) => {
    const find = () => by.seen(channel).findLast(({ blocks }) => readIn(blocks).includes(words))
    await expect.poll(find, patience).toBeDefined()
    return find()!
  }
  const said = (channel: string) =>
    member
      .seen(channel)
      .map(({ text, blocks }) => `${text} ${readIn(blocks)}`)
      .join('\n')

  test('that is private is answered in the thread with what all of its members may read', async () => {
    const channel = fake.workspace.addPrivateChannel(member.user, colleague.user, 'UBOT')
    await member.say(`<@UBOT> ${rent}`, channel)
    const answer = await sees('900元', member, channel)
    const label = buttonsIn(answer.blocks).find(({ text }) => text.text.startsWith('全文'))!.text.text
    // A colleague opens the clause beside the thread.
    await colleague.press(label, answer)
    await expect.poll(() => readIn(fake.workspace.views.at(-1)?.view), patience).toContain('900元')
    expect(member.seen()).toEqual([])
  })

  test('learns nothing of what one of them may not read: that goes to the asker, with its buttons', async () => {
    const channel = fake.workspace.addPrivateChannel(member.user, stranger.user, 'UBOT')
    await member.say(`<@UBOT> ${rent}`, channel)
    const answer = await sees('900元', member)
    const notice = await sees('已单独发给您', member, channel)
    expect(notice.thread_ts).toBe(fake.workspace.messages.find(({ user }) => user === member.user)!.ts)
    expect(said(channel)).not.toMatch(secret)
    const labels = buttonsIn(answer.blocks).map(({ text }) => text.text)
    expect(labels).toEqual(expect.arrayContaining(['👍 有帮助', '请人解答']))
    await member.press('👍 有帮助', answer)
    const feedback = () => opened.store.db.selectFrom('feedback').select('verdict').execute()
    await expect.poll(feedback, patience).toEqual([{ verdict: 'up' }])
    await member.press(labels.find((text) => text.startsWith('全文'))!, answer)
    await expect.poll(() => readIn(fake.workspace.views.at(-1)?.view), patience).toContain('900元')
    // The next question in the thread still goes on there, and is answered there.
    await member.say(`<@UBOT> ${howMany}`, channel, { thread_ts: notice.thread_ts })
    await sees('单独组建', member, channel)
    expect(said(channel)).not.toMatch(secret)
    // The stranger gets nothing of it either.
    await stranger.say(`<@UBOT> ${rent}`, channel)
    await expect.poll(() => stranger.seen(channel).length, patience).toBe(3)
    expect(said(channel)).not.toMatch(secret)
  })

  test('that is public is read by the whole workspace, and by guests where nobody may list its members', async () => {
    const channel = fake.workspace.addChannel(member.user, colleague.user, 'UBOT')
    // The stranger is no member, but may look into it.
    await member.say(`<@UBOT> ${rent}`, channel)
    await sees('900元', member)
    await sees('已单独发给您', member, channel)
    const closed = fake.workspace.addPrivateChannel(member.user, colleague.user, 'UBOT')
    fake.workspace.fail('conversations.members', { body: { ok: false, error: 'missing_scope' } })
    await member.say(`<@UBOT> ${rent}`, closed)
    await sees('已单独发给您', member, closed)
    expect(said(channel) + said(closed)).not.toMatch(secret)
  })

  test('has an asker whose name is known to whoever answers', async () => {
    const { users } = fake.workspace
    Object.assign(users.get(stranger.user)!, { title: '技术部' })
    await stranger.say('帮助')
    const entries = () => opened.store.db.selectFrom('directory_entry').selectAll().execute()
    await expect
      .poll(entries, patience)
      .toMatchObject([{ user_id: stranger.user, name: '王五', departments: '["技术部"]' }])
  })
})
