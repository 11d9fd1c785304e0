import type { Card } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import type { Expert } from '../../src/features/submissions/experts/directory.ts'
import { expertCard, expertsCard } from '../../src/features/submissions/experts/expert-cards.ts'
import type { Open } from '../store/each-database.ts'
import { actionButton, buttonsOf, openSubmissionsHouse } from '../submissions/submissions-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/submissions'

/** What makes cards of problems, results and experts only together with a database. */
export const problemMakers = [
  ...['expert-commands.ts#listCard', 'expert-commands.ts#registerCard'].map((maker) => `experts/${maker}`),
  ...['invite.ts#sendInvitation', 'suggest.ts#suggestionsCard'].map((maker) => `experts/${maker}`),
  ...['show-offers.ts#showOffers', 'tell-of-milestone.ts#tellOfMilestone'].map(
    (maker) => `problems/${maker}`,
  ),
  ...['problems/tell-offerers.ts#tellOf', 'search/find-listed.ts#listedCard'],
].map((maker) => `${folder}/${maker}`)

const expertOf = ({ name, question, remark, title }: Sizes, state: Expert['state']): Expert => ({
  ...{ id: 'e'.repeat(36), number: 'ZJ-2026-0001', root: 'r', person: null, name, organisation: title },
  ...{ fields: question, description: remark, contact: name, source: 'self', consent: 1, state },
  ...{ entered_by: null, settled_by: null, at: '', changed_at: '' },
})

export const walkedExperts: Walked[] = [
  {
    makers: ['expertCard', 'expertsCard'].map((name) => `${folder}/experts/expert-cards.ts#${name}`),
    cards: (language: Language, sizes: Sizes) =>
      (['registered', 'approved', 'retired'] as const).flatMap((state) => {
        const experts = Array.from({ length: 6 }, () => expertOf(sizes, state))
        const page = { experts, count: sizes.many + 6, from: 0, text: sizes.question }
        return (['keeper', 'self', 'colleague'] as const).flatMap((reader) => [
          expertCard(experts[0]!, reader, sizes.title, language),
          expertsCard(page, () => reader, language),
        ])
      }),
  },
]

/** Everything that is shown to anybody about problems and results with the longest texts. */
export async function cardsOfProblems(open: Open): Promise<Card[]> {
  const house = await openSubmissionsHouse(open)
  const cards: Card[] = []
  const show = ({ replace, beside }: { replace?: Card; beside?: Card }) => {
    cards.push(...[replace, beside].filter((card) => card !== undefined))
  }
  const long = (most: number) => hardText(most)
  const problem = {
    ...{
      title: long(60),
      background: long(2000),
      goal: long(1000),
      indicators: long(1000),
      tried: long(1000),
    },
    ...{ months: '12', ownership: 'shared', funds: '200000', conditions: long(500), contact: long(100) },
  }
  const offer = {
    ...{ approach: long(3000), months: '9', wanted: '150000', team: long(1000), reach: long(100) },
  }
  const expert = { fields: `${long(28)}、铸件`, description: long(1000), contact: long(100), consent: 'yes' }
  const enter = async (values: Record<string, string>) => {
    const button = { action: 'submissions.expert', value: { entry: 'yes' } }
    show(await house.fillIn('王强', await house.click('王强', button), { ...expert, ...values }))
    await house.settle()
  }
  await enter({ inside: 'yes', person: '褚工' })
  for (let at = 0; at < 8; at += 1) {
    await enter({ inside: 'no', name: `${at}${long(39)}`, organisation: long(100) })
  }
  for (let at = 0; at < 10; at += 1) await house.sendIn('张三', problem, 'technical-problem')
  const numbers = (await house.rows()).map(({ number }) => number)
  for (const number of numbers) {
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
  }
  const [first, second] = numbers as [string, string]
  const suggested = house.cardsOf('李梅').find((card) => buttonsOf(card).some(({ value }) => value.expert))
  for (const button of buttonsOf(suggested!)
    .filter(({ value }) => value.expert)
    .slice(0, 1)) {
    await house.fillIn('李梅', await house.click('李梅', button), { words: long(500) })
  }
  await house.act('李梅', second, 'invite', { expert: '褚工', words: long(500) })
  const invitation = house.cardsOf('褚工').at(-1)!
  show(await house.click('褚工', buttonsOf(invitation).find(({ action }) => action.includes('decline'))!))
  for (const user of ['孙工', '褚工', '卫工', '陈晨', '外人']) await house.act(user, first, 'offer', offer)
  const outside = { ...offer, offerer: long(40), organisation: long(100) }
  await house.act('李梅', first, 'enter-offer', outside)
  for (const words of [
    '揭榜',
    `难题榜 ${problem.title.slice(0, 30)}`,
    '专家库',
    '找专家 铸件',
    '专家登记',
    'experts',
  ]) {
    cards.push(...(await house.type('王强', words)))
  }
  const { id } = await house.row(first)
  const about = { submission: id }
  const list = (from: string) => ({ action: 'submissions.expert-list', value: { from, text: '' } })
  show(await house.click('王强', list('6')))
  show(await house.click('李梅', { action: 'submissions.experts', value: about }))
  for (const user of ['李梅', '孙工', '陈晨']) {
    show(await house.click(user, { action: 'submissions.open', value: about }))
  }
  await house.waitUntil('2026-03-16T00:00:00Z')
  show(await house.click('何总', { action: 'submissions.offers', value: { ...about, from: '0' } }))
  show(await house.click('何总', { action: 'submissions.offers', value: { ...about, from: '4' } }))
  await house.act('何总', first, 'choose', { offer: '1', reason: long(500) })
  await house.act('李梅', first, 'agree', {
    ...{ signedOn: '2026-03-16', terms: long(2000), due: '2026-12-31', verifier: '卫工' },
  })
  for (let at = 0; at < 9; at += 1) {
    await house.act('孙工', first, 'add-milestone', { title: long(60), due: '2026-04-15', who: '' })
  }
  await house.act('孙工', first, 'begin')
  await house.act('孙工', first, 'report-milestone', { milestone: '1', result: long(1000) })
  const reported = house.cardsOf('李梅').at(-1)
  const back = actionButton(reported, 'return-milestone')
  await house.fillIn('李梅', await house.click('李梅', back), { reason: long(500) })
  for (const user of ['李梅', '孙工']) {
    show(await house.click(user, { action: 'submissions.open', value: about }))
  }
  await house.waitUntil('2026-05-20T00:00:00Z')
  await house.act('何总', first, 'close', { reason: long(1000) })
  for (const user of ['张三', '李梅', '何总', '孙工', '褚工', '外人', '卫工'])
    cards.push(...house.cardsOf(user))
  await house.stop()
  if (house.errors.length > 0) throw house.errors[0]
  return cards
}
