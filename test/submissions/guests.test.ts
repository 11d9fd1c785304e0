import { afterEach, expect, test } from 'vitest'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { adoptSubmissions } from '../../src/features/submissions/collect/adopt.ts'
import { adoptDrafts } from '../../src/forms/drafts.ts'
import { createAccountCode, redeemAccountCode } from '../../src/people/account-codes.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import {
  accountOf,
  buttonsOf,
  openSubmissionsHouse,
  proposal,
  type SubmissionsHouse,
} from './submissions-house.ts'

const sentence = '我想提个建议：把三号线的夹具改成快换，换型从 40 分钟降到 10 分钟'
/** The button of a card. */
function button(card: Parameters<typeof buttonsOf>[0] | undefined, action: string) {
  const found = card && buttonsOf(card).find((one) => one.action === action)
  if (!found) throw new Error(`no ${action} on ${JSON.stringify(card)}`)
  return found
}

const group = {
  conversation: { platform: 'chat', installation: 't', chat: '科协群', thread: '' },
  group: true,
}

/** What the open page holds; how it is signed was asked on the page before. */
const heldBy = ({ form }: Acknowledgement) =>
  Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [name, value]))

describeEachDatabase('guests in chat', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const begin = { action: 'submissions.begin', value: { kind: 'proposal' } }
  const named = { ...proposal, guestName: '老郑', guestUnit: '热处理车间' }

  test('give their name first, and get a code that shows what becomes of it', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('路人', begin)
    expect(heldBy(await house.leave('路人', opened.form!, {}))).toHaveProperty('guestName')
    await expect(house.fillIn('路人', opened, { ...named, guestName: '' })).rejects.toThrow('guestName')
    await house.fillIn('路人', opened, named)
    await house.settle()
    const [row] = await house.rows()
    expect(row).toMatchObject({ author: null, organisation: null })
    const card = house.cardsOf('路人').find((one) => one.title?.includes('回执码'))!
    const code = /"text":"([A-Z2-9]{8})"/.exec(JSON.stringify(card))![1]!
    expect(JSON.stringify(await house.store.db.selectFrom('submission').selectAll().execute())).not.toContain(
      code,
    )
    const shown = JSON.stringify(await house.type('另一人', `jy 2026 1 ${code.toLowerCase()}`))
    expect(shown).toContain('三号线夹具改为快换式')
    expect(shown).toContain('已登记')
    expect(JSON.stringify(await house.type('另一人', 'JY-2026-0001 ABCDEFGH'))).toContain('回执码不对')
    expect(JSON.stringify(await house.type('另一人', `JY-2026-0002 ${code}`))).toContain('回执码不对')
    for (let tries = 0; tries < 10; tries += 1) await house.type('另一人', 'JY-2026-0001 ABCDEFGH')
    expect(JSON.stringify(await house.type('另一人', `JY-2026-0001 ${code}`))).toContain('试错次数太多')
  })

  test('by the code they add something and take it back in chat; nobody else can by their buttons', async () => {
    house = await openSubmissionsHouse(open)
    const behalf = { ...begin, value: { ...begin.value, behalf: 'yes' } }
    const entered = { ...proposal, hasAccount: 'no', guestName: '老郑' }
    await house.fillIn('李梅', await house.click('李梅', behalf), entered)
    await house.settle()
    const shown = house.cardsOf('李梅').find((one) => one.title?.includes('回执码'))!
    const code = /"text":"([A-Z2-9]{8})"/.exec(JSON.stringify(shown))![1]!
    const [progress] = await house.type('另一人', `JY-2026-0001 ${code}`)
    const add = button(progress, 'submissions.receipt-comment')
    const back = button(progress, 'submissions.receipt-withdraw')
    expect(JSON.stringify([add, back])).not.toContain(code)
    for (const one of [add, back]) {
      await expect(house.click('陈晨', one)).rejects.toMatchObject({ key: 'submissions:gone' })
    }
    await house.fillIn('另一人', await house.click('另一人', add), { text: '夹具图纸在二号柜' })
    await house.settle()
    expect(JSON.stringify(['李梅', '王强', '吴主席'].map(house.cardsOf))).toContain('夹具图纸在二号柜')
    const asked = await house.click('另一人', back)
    expect((await house.rows())[0]?.state).not.toBe('withdrawn')
    const sure = button(asked.replace, 'submissions.receipt-withdraw')
    await house.click('另一人', sure)
    await house.settle()
    expect((await house.rows())[0]?.state).toBe('withdrawn')
    await expect(house.click('另一人', { ...sure, value: { ...sure.value } })).rejects.toMatchObject({
      key: 'submissions:refused.not-now',
    })
  })

  test('what they began and sent in is theirs once a code links the account', async () => {
    house = await openSubmissionsHouse(open)
    await house.fillIn('路人', await house.click('路人', begin), named)
    await house.fillIn('路人', await house.click('路人', begin), { ...proposal, naming: 'hidden' })
    const begun = await house.click('路人', begin)
    await house.leave('路人', (await house.leave('路人', begun.form!, {})).form!, { guestName: '老郑' })
    await house.settle()
    const { store, people } = house
    const before = await store.db.selectFrom('form_draft').selectAll().where('state', '=', 'open').execute()
    expect(before.map(({ owner }) => owner)).not.toContain(people.张三)
    const now = house.time.now
    const issued = await store.transaction((trx) => createAccountCode(trx, accountOf('张三'), now))
    const linked = await store.transaction(async (trx) => {
      const found = await redeemAccountCode(trx, issued!, accountOf('路人'), now)
      await adoptSubmissions(trx, house.context, accountOf('路人'), people.张三!)
      await adoptDrafts(trx, accountOf('路人'), people.张三!)
      return found
    })
    expect(linked.outcome).toBe('linked')
    const own = JSON.stringify(await house.type('张三', '我的提交'))
    expect(own).toContain('JY-2026-0001')
    expect(own).toContain('JY-2026-0002')
    const [, hidden] = await house.rows()
    expect(JSON.stringify(hidden)).not.toContain(people.张三)
    const drafts = await store.db.selectFrom('form_draft').selectAll().where('state', '=', 'open').execute()
    expect(drafts.map(({ owner }) => owner)).toEqual([people.张三])
    expect(JSON.stringify(await house.type('另一人', '我的提交'))).not.toContain('JY-2026')
  })

  test('unsigned they need give no name, and what they give is read by no handler', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('路人', begin)
    await house.fillIn('路人', opened, { ...proposal, naming: 'hidden', guestContact: '老郑 139' })
    await house.settle()
    const [row] = await house.rows()
    expect(row).toMatchObject({ naming: 'hidden', sealed: 1, author: null, author_account: null })
    const shown = ['吴主席', '李梅', '王强'].map((user) => JSON.stringify(house.cardsOf(user))).join()
    expect(shown).not.toContain('老郑')
    expect(JSON.stringify(row)).not.toContain('老郑')
  })

  test('are told what signing in brings', async () => {
    house = await openSubmissionsHouse(open)
    expect(JSON.stringify(await house.type('路人', '提建议'))).toContain('您还没有登录，也可以提交')
    expect(JSON.stringify(await house.type('路人', sentence))).toContain('您还没有登录，也可以提交')
    expect(JSON.stringify(await house.type('张三', '提建议'))).not.toContain('您还没有登录')
  })

  test('回执 says how to follow it up', async () => {
    house = await openSubmissionsHouse(open)
    expect(JSON.stringify(await house.type('路人', '回执'))).toContain('http://bot.example/receipt')
  })

  test('in a group the code goes to the guest alone', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('路人', begin, group)
    await house.fillIn('路人', opened, named)
    const outbox = await house.store.db.selectFrom('outbox').select(['recipient', 'card']).execute()
    // Nothing was delivered yet, so the cards are there.
    const codes = outbox.filter(({ card }) => card?.includes('回执码'))
    expect(codes).toHaveLength(1)
    expect(codes[0]!.recipient).toContain(accountOf('路人').user)
    expect(codes[0]!.recipient).not.toContain('科协群')
  })

  test('send in five within an hour', async () => {
    house = await openSubmissionsHouse(open)
    for (let count = 0; count < 5; count += 1) {
      await house.fillIn('路人', await house.click('路人', begin), named)
    }
    const opened = await house.click('路人', begin)
    const sixth = house.fillIn('路人', opened, named)
    await expect(sixth).rejects.toMatchObject({ key: 'submissions:whose.too-many' })
  })
})
