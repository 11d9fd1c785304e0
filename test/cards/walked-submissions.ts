import type { Button, Card } from '../../src/chat/card.ts'
import { bindChat } from '../../src/people/chats.ts'
import type { Open } from '../store/each-database.ts'
import { confirmed } from '../submissions/reviewed.ts'
import { buttonsOf, openSubmissionsHouse, type SubmissionsHouse } from '../submissions/submissions-house.ts'
import { hardText } from './extreme-texts.ts'

/** What makes cards of submissions only together with a database: beside their life in chat, which stands elsewhere. */
export const submissionMakers = [
  ...[
    'asking-card.ts#askingCard',
    'bulletin.ts#bulletinCard',
    'cards.ts#bareCard',
    'co-authors.ts#askingCard',
    'collect/begin.ts#commit',
    'collect/behalf-command.ts#behalfCommand',
  ],
  ...['collect/offer.ts#offer', 'collect/offer.ts#offerCard', 'collect/receipt-cards.ts#codeCard'],
  ...['askReceiptCommand', 'progressCard', 'showReceipt'].map((name) => `collect/receipt-command.ts#${name}`),
  ...['collect/tell-entered.ts#tellEntered', 'comments.ts#deliver', 'erase-command.ts#listCard'],
  ...['history.ts#showHistory', 'lists.ts#listCard', 'review/award-list.ts#awardsCard'],
  ...['review/notice-list.ts#noticesCard', 'review/notice-card.ts#noticeCard'],
  ...['review/tell-handlers.ts#tellWord', 'sealed.ts#sealedCard', 'sealed.ts#sealedListCard'],
  ...['search/similar-cards.ts#foundCard', 'second.ts#tellOfSupport'],
  'statistics/statistics-card.ts#statisticsCard',
]
  .map((maker) => `src/features/submissions/${maker}`)
  .concat('src/forms/answer-page.ts#sayInstead', 'src/forms/form-texts.ts#stuckCard')

const long = (most: number) => hardText(most)
const texts = { defect: long(2000), method: long(2000), effect: long(2000) }
/** Beside markup, so that it is found and likened by words. */
const title = `夹具快换${long(50)}`
const proposal = { title, variety: 'proposal', category: 'process', ...texts }

/** What is said beside a proposal's own way: collected, supported, commented, found, counted, on notice, awarded. */
export async function cardsBesideProposals(open: Open): Promise<Card[]> {
  const { house, number: awarded } = await confirmed(open)
  const cards: Card[] = []
  const { show, press } = watch(house, cards)
  await house.sendIn('张三', { ...proposal, coAuthors: '陈晨、孙工' })
  for (let at = 0; at < 6; at += 1) await house.sendIn('陈晨', proposal)
  const [, first] = await house.rows()
  const about = { submission: first!.id }
  await press('张三', { action: 'submissions.comment', value: about }, { text: long(1000) })
  await press('李梅', { action: 'submissions.comment', value: about }, { text: long(1000) })
  await press('褚工', { action: 'submissions.second', value: { ...about, wanted: 'yes' } })
  for (const user of ['张三', '李梅']) await press(user, { action: 'submissions.history', value: about })

  const begin = (value: Record<string, string>) => ({ action: 'submissions.begin', value })
  const behalf = begin({ kind: 'proposal', behalf: 'yes' })
  await press('李梅', behalf, { ...proposal, hasAccount: 'yes', forPerson: '张三' })
  const guest = { guestName: long(40), guestUnit: long(60), guestPhone: long(40) }
  await press('李梅', behalf, { ...proposal, ...guest, hasAccount: 'no', saidBy: 'paper' })
  await press('路人', begin({ kind: 'proposal' }), { ...proposal, ...guest })
  // Method and effect are missing: what is said beside the page.
  let { form } = await house.click('褚工', begin({ kind: 'proposal' }))
  for (let page = 0; form && page < 3; page += 1) {
    form = (await house.leave('褚工', form, { ...proposal, method: '', effect: '' })).form
  }
  await house.settle()
  const code = /"text":"([A-Z2-9]{8})"/.exec(JSON.stringify(house.cardsOf('路人')))?.[1] ?? 'none'
  const { number } = (await house.rows()).at(-1)!
  const group = {
    conversation: { platform: 'chat', installation: 't', chat: '一分公司群', thread: '' },
    group: true,
  }
  for (const words of [`${number} ${code}`, `${number} ABCD2345`, '回执', '提建议'])
    cards.push(...(await house.type('路人', words)))
  cards.push(...(await house.type('路人', `${number} ${code}`, group)))
  const back = cards.flatMap(buttonsOf).find(({ action }) => action === 'submissions.receipt-withdraw')!
  const { replace } = await house.click('路人', back)
  if (replace) cards.push(replace)
  const said = `我想提个建议：把${title}改成快换，${long(1500)}，换型从 40 分钟降到 10 分钟`
  cards.push(...(await house.type('张三', said)), ...(await house.type('张三', said, group)))

  await house.act('李梅', awarded, 'publish')
  for (const user of ['李梅', '路人']) cards.push(...(await house.type(user, '代录')))
  for (const words of ['公示', '公示名单']) cards.push(...(await house.type('陈晨', words)))
  const chat = { platform: 'chat', installation: 't', chat: '一分公司群' }
  await house.store.transaction((trx) => bindChat(trx, chat, house.people.branch!))
  const { id } = await house.row(awarded)
  const objection = { objection: long(1000), named: 'hidden' }
  await press('陈晨', { action: 'submissions.object', value: { submission: id } }, objection)
  await house.act('何总', awarded, 'uphold', { consequence: 'checking', finding: long(1000) })
  await house.act('卫工', awarded, 'confirm', { benefit: '60000', opinion: '已重新核算。' })
  await house.act('李梅', awarded, 'publish', { text: long(1000) })
  cards.push(...house.cardsIn(group.conversation), ...(await house.type('陈晨', '公示')))
  await house.waitUntil('2026-03-20T08:00:00Z')
  await house.act('何总', awarded, 'award', { tier: 'second', reason: long(300) })
  for (const words of ['表彰名单', 'awards', '查建议 夹具快换', '2025年表彰名单'])
    cards.push(...(await house.type('陈晨', words)))
  for (const words of ['统计', 'statistics', '待我处理']) cards.push(...(await house.type('吴主席', words)))
  show(await house.click('外人', { action: 'submissions.open', value: about }))
  for (const user of ['张三', '李梅', '路人', '陈晨', '孙工', '何总', '褚工'])
    cards.push(...house.cardsOf(user))
  return end(house, cards)
}

/** The same of what lies encrypted: opinions and a rights case, handled, published, shown to others, erased. */
export async function cardsOfOpinions(open: Open): Promise<Card[]> {
  const house = await openSubmissionsHouse(open)
  const cards: Card[] = []
  const { press } = watch(house, cards)
  const opinion = { naming: 'hidden', title: long(60), area: 'living', text: long(3000), wish: long(1000) }
  for (let at = 0; at < 12; at += 1) await house.sendIn('张三', opinion, 'opinion')
  const numbers = (await house.rows()).map((row) => row.number)
  for (const number of numbers.slice(0, 9)) {
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'reply', { answer: long(1500) })
    await house.act('李梅', number, 'draft-bulletin', { bulletin: long(1000) })
    await house.act('王强', number, 'publish', { checked: 'yes' })
  }
  const about = { submission: (await house.row(numbers[0]!)).id }
  for (const user of ['张三', '李梅', '周建国']) {
    await press(user, { action: 'submissions.open', value: about })
    await press(user, { action: 'submissions.history', value: about })
  }
  await press('张三', { action: 'submissions.comment', value: about }, { text: long(1000) })
  await house.act('周建国', numbers[1]!, 'unseal', { reason: long(300) })
  const rights = { naming: 'unpublished', title: long(60), right: 'authorship', text: long(3000) }
  await house.sendIn('张三', { ...rights, wish: long(1000) }, 'rights-case')
  for (const [user, words] of [
    ['孙工', '意见公开'],
    ['路人', '意见公开'],
    ['张三', '删除我的意见'],
    ['张三', '我的提交'],
    ['李梅', '待我处理'],
    ['周建国', '待我处理'],
  ] as const) {
    cards.push(...(await house.type(user, words)))
  }
  await house.act('张三', numbers[2]!, 'erase', { sure: 'yes' })
  await house.waitUntil('2026-03-30T08:00:00Z')
  for (const user of ['张三', '李梅', '王强', '吴主席', '周建国', '何总']) cards.push(...house.cardsOf(user))
  return end(house, cards)
}

/** Keeps every card that a press shows. */
function watch(house: SubmissionsHouse, cards: Card[]) {
  const show = ({ replace, beside }: { replace?: Card; beside?: Card }) => {
    cards.push(...[replace, beside].filter((card) => card !== undefined))
  }
  return {
    show,
    async press(user: string, button: Pick<Button, 'action' | 'value'>, values?: Record<string, string>) {
      try {
        const opened = await house.click(user, button)
        show(values ? await house.fillIn(user, opened, values) : opened)
      } finally {
        await house.settle()
      }
    },
  }
}

async function end(house: SubmissionsHouse, cards: Card[]): Promise<Card[]> {
  await house.stop()
  if (house.errors.length > 0) throw house.errors[0]
  return cards
}
