import { afterEach, expect, test } from 'vitest'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const sentence = '我想提个建议：把三号线的夹具改成快换，换型从 40 分钟降到 10 分钟'
/** The button of a card. */
function button(card: Parameters<typeof buttonsOf>[0] | undefined, action: string) {
  const found = card && buttonsOf(card).find((one) => one.action === action)
  if (!found) throw new Error(`no ${action} on ${JSON.stringify(card)}`)
  return found
}

/** What the open page holds; how it is signed was asked on the page before. */
const heldBy = ({ form }: Acknowledgement) =>
  Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [name, value]))

describeEachDatabase('what somebody says in one go', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('opens the form filled in, once it was confirmed', async () => {
    house = await openSubmissionsHouse(open)
    const [card] = await house.type('张三', sentence)
    const shown = JSON.stringify(card)
    expect(shown).toContain('已为您填好以下内容')
    expect(shown).toContain('换型从 40 分钟降到 10 分钟')
    expect(shown).toContain('还缺：现在有什么问题')
    const opened = await house.click('张三', button(card, 'submissions.fill'))
    const what = await house.leave('张三', opened.form!, {})
    expect(heldBy(what)).toMatchObject({ title: '三号线的夹具改成快换', variety: '' })
    const { defect, variety, category } = proposal
    await house.fillIn('张三', what, { defect, variety, category, title: '三号线夹具改快换' })
    await house.settle()
    const [row] = await house.rows()
    expect(JSON.parse(row!.content)).toMatchObject({
      title: '三号线夹具改快换',
      method: '把三号线的夹具改成快换',
      effect: '换型从 40 分钟降到 10 分钟',
    })
  })

  test('is taken with a file beside it, which goes into the form once that is open', async () => {
    house = await openSubmissionsHouse(open)
    const blob = await house.blobs.put(Buffer.from('jig'))
    const files = [{ name: '夹具.png', type: 'image/png', size: 3, blob }]
    const [card] = await house.type('张三', sentence, { files })
    expect(JSON.stringify(card)).toContain('打开表单后，请再发一次')
    await house.click('张三', button(card, 'submissions.fill'))
    await house.type('张三', '', { files })
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('图片、视频或附件')
  })

  test('nothing of it lies open before it is sent in', async () => {
    house = await openSubmissionsHouse(open)
    await house.type('张三', sentence)
    const [row] = await house.store.db.selectFrom('submission_reading').selectAll().execute()
    expect(JSON.stringify(row)).not.toMatch(/夹具|张三|chat/)
  })

  test('a question is answered, and so is what the button asks as one', async () => {
    house = await openSubmissionsHouse(open)
    expect((await house.type('张三', '合理化建议怎么评审？'))[0]?.tone).toBe('refusal')
    const [card] = await house.type('张三', sentence)
    const ask = button(card, 'ask')
    expect(ask.value.text).toBe(`查文件：${sentence}`)
    expect((await house.type('张三', ask.value.text!))[0]?.tone).toBe('refusal')
  })

  test('is nobody else’s, is pressed twice without harm, and is gone after a day', async () => {
    house = await openSubmissionsHouse(open)
    const [card] = await house.type('张三', sentence)
    const fill = button(card, 'submissions.fill')
    await expect(house.click('陈晨', fill)).rejects.toMatchObject({ key: 'submissions:collect.gone' })
    const forged = { ...fill, value: { reading: "x' or 1=1" } }
    await expect(house.click('张三', forged)).rejects.toMatchObject({ key: 'submissions:collect.gone' })
    const other = { ...fill, value: { ...fill.value, kind: '__proto__' } }
    await expect(house.click('张三', other)).rejects.toMatchObject({ key: 'submissions:no-kind' })
    const first = await house.click('张三', fill)
    expect((await house.click('张三', fill)).form?.draft).toBe(first.form?.draft)
    const [second] = await house.type('张三', '我想提个建议：把试验台移到一楼')
    const next = await house.click('张三', button(second, 'submissions.fill'))
    expect(heldBy(await house.leave('张三', next.form!, {}))).toMatchObject({ title: '试验台移到一楼' })
    await house.waitUntil('2026-03-03T02:00:00Z')
    await expect(house.click('张三', fill)).rejects.toMatchObject({ key: 'submissions:collect.gone' })
  })

  test('100,000 characters, markup and directions are taken, and cut on the card alone', async () => {
    house = await openSubmissionsHouse(open)
    const long = `我想提个建议：把<script>夹具\u202E</script>改成快换，${'很'.repeat(100_000)}`
    const [card] = await house.type('张三', long)
    expect(JSON.stringify(card).length).toBeLessThan(6_000)
    const opened = await house.click('张三', button(card, 'submissions.fill'))
    expect(heldBy(await house.leave('张三', opened.form!, {})).title).toContain('<script>夹具')
  })
})

describeEachDatabase('hollow words', (open) => {
  let house: SubmissionsHouse
  afterEach(() => house.stop())

  test.each([
    '要进一步加强管理，提高认识，落实责任。',
    '好好好好好好好好好好好好',
    '。。。。。。。。。。。。',
  ])('%s is no method, which is said beside the field', async (method) => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    await expect(house.fillIn('张三', opened, { ...proposal, method })).rejects.toThrow(
      'method: 请写得具体些',
    )
    expect(await house.rows()).toEqual([])
  })
})

describeEachDatabase('entered for somebody', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const behalf = { action: 'submissions.begin', value: { kind: 'proposal', behalf: 'yes' } }

  test('with an account: the author is told, may object, and both stand in the history', async () => {
    house = await openSubmissionsHouse(open)
    const [card] = await house.type('李梅', '提建议')
    const offered = buttonsOf(card!).find(({ value }) => value.behalf === 'yes')
    expect(offered?.label).toContain('代录')
    const opened = await house.click('李梅', offered!)
    await house.fillIn('李梅', opened, { ...proposal, hasAccount: 'yes', forPerson: '张三' })
    await house.settle()
    const [row] = await house.rows()
    const { 张三: author, 李梅: liaison } = house.people
    expect(row).toMatchObject({ author, entered_by: liaison, origin: 'on-behalf', receipt_hash: null })
    const history = await house.store.db.selectFrom('submission_history').selectAll().execute()
    expect(history[0]).toMatchObject({ by: liaison })
    const told = house.cardsOf('张三').at(-1)!
    expect(JSON.stringify(told)).toContain('李梅以您的名义')
    const disown = buttonsOf(told).find(({ action }) => action === 'submissions.disown')!
    await expect(house.click('陈晨', disown)).rejects.toMatchObject({ key: 'submissions:gone' })
    await house.click('张三', disown)
    await house.settle()
    expect((await house.rows())[0]?.state).toBe('withdrawn')
    expect(house.cardsOf('李梅').some((one) => JSON.stringify(one).includes('本人表示不是自己提的'))).toBe(
      true,
    )
  })

  test('without account: a name, and a code to be handed on', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('李梅', behalf)
    await house.fillIn('李梅', opened, {
      ...proposal,
      hasAccount: 'no',
      guestName: '老郑',
      guestPhone: '139',
    })
    await house.settle()
    const [row] = await house.rows()
    expect(row).toMatchObject({
      author: null,
      entered_by: house.people.李梅,
      organisation: house.people.branch,
    })
    expect(row?.receipt_hash).not.toBeNull()
    expect(JSON.parse(row!.content)).toMatchObject({ guestName: '老郑', guestPhone: '139' })
    expect(row!.content).not.toContain('hasAccount')
    expect(JSON.stringify(house.cardsOf('李梅'))).toContain('请转交提交人本人')
  })

  test('how it was given is kept and shown to those who work on it; a day to come is none', async () => {
    house = await openSubmissionsHouse(open)
    const given = {
      ...proposal,
      hasAccount: 'no',
      guestName: '老郑',
      guestPhone: '139 0000',
      saidBy: 'paper',
    }
    const opened = await house.click('李梅', behalf)
    const later = house.fillIn('李梅', opened, { ...given, saidOn: '2026-03-03' })
    await expect(later).rejects.toMatchObject({ key: 'submissions:whose.said-later' })
    const again = await house.click('李梅', behalf)
    await house.fillIn('李梅', again, { ...given, saidOn: '2026-02-27' })
    await house.settle()
    const shown = JSON.stringify(house.cardsOf('李梅'))
    for (const told of ['提出日期：2026-02-27', '提出方式：纸质', '联系电话：139 0000'])
      expect(shown).toContain(told)
  })

  test('not by whoever has no such office, nor for people elsewhere', async () => {
    house = await openSubmissionsHouse(open)
    await expect(house.click('张三', behalf)).rejects.toMatchObject({ key: 'submissions:whose.not-allowed' })
    const [card] = await house.type('张三', '提建议')
    expect(buttonsOf(card!)).toHaveLength(1)
    const opened = await house.click('李梅', behalf)
    const filled = house.fillIn('李梅', opened, { ...proposal, hasAccount: 'yes', forPerson: '外人' })
    await expect(filled).rejects.toThrow('forPerson')
    expect(await house.rows()).toEqual([])
  })
})
