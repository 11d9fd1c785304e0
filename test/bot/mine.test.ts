import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { buttonsIn, readIn, SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../fakes/slack-server.ts'
import { team } from '../fakes/slack-workspace.ts'
import { FeishuPerson, type Push, read } from '../platforms/feishu-stage.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const question = '科协开会的餐费标准是多少'
const patience = { timeout: 20_000 }

/** Somebody of the branch, who speaks by this account. */
async function settle({ store }: OpenedStore, people: [name: string, role: Role, account: Account][]) {
  await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const group = await createOrganisation(trx, { name: '华北重工', kind: 'branch', parent: null })
    const branch = await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: group.id })
    for (const [name, role, account] of people) {
      const { id } = await createPerson(trx, { name })
      await addMembership(trx, { person: id, organisation: branch.id, role })
      await linkAccount(trx, account, id, now)
    }
  })
}

describeEachDatabase('what is mine, on Slack’s home', (open) => {
  let opened: OpenedStore
  let fake: FakeSlack
  let bot: TestBot
  let asker: SlackPerson
  let cadre: SlackPerson

  beforeEach(async () => {
    opened = await open()
    fake = await FakeSlack.start()
    bot = await startTestBot(opened.location, () => new Date(), {
      SLACK_BOT_TOKEN: botToken,
      SLACK_API_URL: fake.apiUrl,
      SLACK_APP_TOKEN: appToken,
    })
    asker = new SlackPerson(fake, '张三')
    cadre = new SlackPerson(fake, '王强')
    const account = ({ user }: SlackPerson) => ({ platform: 'slack', installation: team, user })
    await settle(opened, [
      ['张三', 'staff', account(asker)],
      ['王强', 'cadre', account(cadre)],
    ])
  })
  afterEach(async () => {
    await bot.stop()
    await fake.stop()
    expect(bot.errors).toEqual([])
  })

  const sees = async (by: SlackPerson, words: string) => {
    const find = () => by.seen().findLast(({ blocks }) => readIn(blocks).includes(words))
    await expect.poll(find, patience).toBeDefined()
    return find()!
  }
  const openHome = async (by: SlackPerson) => {
    await fake.event({ type: 'app_home_opened', tab: 'home', user: by.user, channel: by.im })
    return homeOf(by)
  }
  const homeOf = (by: SlackPerson) =>
    readIn(fake.workspace.views.findLast(({ how, user }) => how === 'publish' && user === by.user)?.view)
  /** Sends the form that is open in, page after page. */
  const send = async (by: SlackPerson, values: Record<string, unknown>) => {
    let response = await by.submit(values)
    for (let steps = 0; steps < 5 && response.response_action !== 'clear'; steps += 1) {
      response = await by.submit(values)
    }
    expect(response.response_action).toBe('clear')
  }
  const modal = async (words: string) => {
    const shown = () => readIn(fake.workspace.views.findLast(({ how }) => how === 'open')?.view)
    await expect.poll(shown, patience).toContain(words)
  }
  const ask = async () => {
    await asker.say('请人解答')
    await asker.press('填写问题', await sees(asker, '由专人答复'))
    await modal('请写清楚')
    await send(asker, { question })
    await sees(asker, 'WD-')
    await sees(cadre, '有人提问')
  }

  test('a question that waits is answered from there, and is gone from it', async () => {
    expect(await openHome(cadre)).not.toContain('待我解答')
    await ask()
    const home = await openHome(cadre)
    expect(home.split('\n')[0]).toBe('我的事项')
    expect(home).toContain('待我解答（1）')
    expect(home).toContain(question)
    expect(home).toContain('您好，我是企业科协问答助手')
    await cadre.pressOnHome('回复')
    // Begun now, so that closing the modal loses nothing.
    await expect.poll(() => homeOf(cadre), patience).toContain('没填完的表单（1）')
    await send(cadre, { text: '按本单位差旅费办法执行。' })
    await expect.poll(() => homeOf(cadre), patience).not.toContain('WD-')
    await sees(asker, '按本单位差旅费办法执行。')
    expect(await openHome(asker)).toContain('王强已答复：按本单位差旅费办法执行。')
  })

  test('what is done at once is told beside it, and shown by it', async () => {
    await ask()
    expect(await openHome(asker)).toContain('我的提问（1）')
    await asker.pressOnHome('撤回')
    await expect.poll(() => homeOf(asker), patience).not.toContain('我的提问（')
    await modal('已撤回。')
    expect(asker.seen().filter(({ blocks }) => readIn(blocks).includes('我的事项'))).toEqual([])
  })

  test('the words of a group are said in the chat, and its reader is told so', async () => {
    await ask()
    await openHome(cadre)
    await cadre.pressOnHome('全部')
    await sees(cadre, '待您答复的提问（1）')
    await modal('“消息”页')
  })

  test('the same card is said in the chat, renewed in its place, and in the language of the word', async () => {
    await ask()
    await asker.say('my items')
    const card = await sees(asker, 'My questions (1)')
    expect(buttonsIn(card.blocks).map(({ text }) => text.text)).toEqual(['Withdraw', 'All', 'Refresh'])
    // Before the bot knows by which name its card stands there, the renewed one would follow as another.
    const waiting = () =>
      opened.store.db.selectFrom('outbox').select('id').where('state', '=', 'waiting').execute()
    await expect.poll(waiting, patience).toEqual([])
    await asker.press('Withdraw', card)
    const shown = () => readIn(asker.seen().find(({ ts }) => ts === card.ts)!.blocks)
    await expect.poll(shown, patience).not.toContain('WD-')
  })

  test('the command alone, and 提问, ask for the question', async () => {
    await fake.command('提问', asker.user, asker.im)
    const card = await sees(asker, '请把问题直接发给我')
    await asker.press('请人解答', card)
    await modal('请写清楚')
  })
})

describeEachDatabase('what is mine, in Feishu', (open) => {
  let server: FeishuServer
  let bot: TestBot
  let asker: FeishuPerson
  let cadre: FeishuPerson
  let push: Push

  beforeEach(async () => {
    const opened = await open()
    server = await startFeishuServer()
    push = (...given) => server.push(...given)
    bot = await startTestBot(opened.location, () => new Date(), {
      ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: server.url },
      FEISHU_MODE: 'ws',
    })
    asker = new FeishuPerson(server, push)
    cadre = new FeishuPerson(server, push)
    const account = ({ union }: FeishuPerson) => ({
      ...{ platform: 'feishu', installation: 'tenant-1', user: union },
    })
    await settle(opened, [
      ['张三', 'staff', account(asker)],
      ['王强', 'cadre', account(cadre)],
    ])
  })
  afterEach(async () => {
    await bot.stop()
    await server.close()
    expect(bot.errors).toEqual([])
  })

  const sees = async (person: FeishuPerson, words: string) => {
    await expect.poll(() => person.shown(), patience).toContain(words)
    return person.messages().findLast(({ card }) => read(card).includes(words))!
  }

  test('a question is answered from the card, which the menu gives, and which shows what is left', async () => {
    await asker.say('请人解答')
    await sees(asker, '由专人答复')
    await asker.press('填写问题')
    await asker.click('下一步', { question, background: '', urgency: 'normal' })
    await asker.click('提交')
    await sees(cadre, '有人提问')
    await push('application.bot.menu_v6', {
      ...{ event_key: 'mine', tenant_key: 'tenant-1', timestamp: 1 },
      operator: { operator_id: cadre.ids },
    })
    const card = await sees(cadre, '待我解答（1）')
    await cadre.click('回复')
    const form = () => cadre.messages().findLast(({ card: shown }) => read(shown).includes('将以您的姓名'))
    await expect.poll(form, patience).toBeDefined()
    await cadre.click('下一步', { text: '按本单位差旅费办法执行。', clause: '' })
    await cadre.click('提交')
    await sees(asker, '按本单位差旅费办法执行。')
    const refreshed = await cadre.click('刷新')
    expect(read(refreshed.card)).not.toContain('WD-')
    expect(read(card.card)).toContain('目前没有需要您办理的事项')

    await asker.say('我的')
    await sees(asker, '王强已答复')
    const solved = await asker.click('解决了')
    expect(solved.toast).toContain('谢谢反馈')
    expect(read(solved.card)).not.toContain('王强已答复')
  })
})
