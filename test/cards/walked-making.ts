import type { Card } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import { callOffForm } from '../../src/features/events/making/call-off-form.ts'
import { changeForm } from '../../src/features/events/making/change-form.ts'
import { copyForm } from '../../src/features/events/making/copy-form.ts'
import type { EventKind, EventKinds } from '../../src/features/events/making/kinds.ts'
import { makeForm } from '../../src/features/events/making/make-form.ts'
import type { Difference, Notice } from '../../src/features/events/making/notice.ts'
import { noticeCard, toldCard } from '../../src/features/events/making/notice-cards.ts'
import { kindCard, kindsCard } from '../../src/features/events/making/own-cards.ts'
import { type Event, toEvent } from '../../src/features/events/records.ts'
import { buttonOf, buttonsOf, openEventsHouse } from '../events/events-house.ts'
import type { Values } from '../forms/form-house.ts'
import type { Open } from '../store/each-database.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/events/making'
const now = new Date('2026-03-02T01:00:00Z')

/** No kinds are needed to draw the forms: what a kind says is filled in when one is opened. */
const context = { kinds: { all: () => [], byName: () => null } } as unknown as EventsContext

export const makingForms = [makeForm(context), changeForm(context), copyForm(context), callOffForm(context)]

/** What is taken in fields that are read further than their type says. */
export const makingAnswers: Values = {
  ...{ day: '30天后', endDay: '31天后', opensDay: '10天后', closesDay: '20天后', lastDay: '200天后' },
  ...{
    days: '40天后\n50天后',
    times: '3',
    zone: 'Asia/Urumqi',
    link: `https://a.example/${'x'.repeat(400)}`,
  },
  ...{
    audience: '集团',
    reserved: '集团：3',
    priority: '集团、联络员：3',
    capacity: '100',
    reminders: '1天、2小时',
  },
  questions: Array.from(
    { length: 20 },
    (_, at) => `${at}${hardText(60)}（多选）：${hardText(40)}/${at}`,
  ).join('\n'),
}

/** What makes cards of organisers only together with a database. */
export const makingMakers = [
  ...['actions.ts#makingActions', 'own-cards.ts#deedCard', 'own-cards.ts#ownEventsCard'],
  ...['own-cards.ts#unconfirmedCard', 'preview.ts#manageCard', 'preview.ts#previewCard'],
].map((maker) => `${folder}/${maker}`)

const eventOf = ({ title, remark }: Sizes): Event =>
  toEvent({
    ...{ id: 'e'.repeat(36), number: 'HD-2026-0001', kind: 'lecture', title, place: remark, link: '' },
    ...{ starts_at: '2026-03-13T06:00:00.000Z', ends_at: '2026-03-14T08:00:00.000Z' },
    ...{ time_zone: 'Asia/Urumqi', audience: '{}', priority: '[]', questions: '[]', reminders: '[]' },
  } as Event['row'])

function differences({ title, remark, question }: Sizes): Difference[] {
  const when = {
    starts_at: '2026-03-12T06:00:00.000Z',
    ends_at: '2026-03-12T08:00:00.000Z',
    time_zone: 'Asia/Urumqi',
  }
  const later = { ...when, ends_at: '2027-03-14T08:00:00.000Z' }
  return [
    { what: 'when', from: when, to: later },
    { what: 'where', from: { place: remark, link: '' }, to: { place: '', link: '' } },
    {
      what: 'where',
      from: { place: '', link: 'https://a.example' },
      to: { place: '', link: 'https://b.example' },
    },
    { what: 'title', from: title, to: `${title}1` },
    { what: 'materials', from: question, to: '' },
    { what: 'cost', from: '', to: remark },
    { what: 'contacts', from: remark, to: question },
    { what: 'cancel-until', from: when.starts_at, to: later.ends_at, zone: 'Asia/Urumqi' },
    { what: 'description' },
  ]
}

export const walkedMaking: Walked[] = [
  {
    makers: [`${folder}/notice-cards.ts#noticeCard`, `${folder}/notice-cards.ts#toldCard`],
    cards: (language: Language, sizes: Sizes): Card[] => {
      const event = eventOf(sizes)
      const notices: Notice[] = [
        { type: 'changed', differences: differences(sizes), again: true, dates: sizes.many },
        { type: 'changed', differences: differences(sizes).slice(-1), again: false, dates: 1 },
        { type: 'called-off', reason: sizes.remark || '无', dates: sizes.many },
      ]
      const registration = { event: event.row.id, arrangement: event.row.arrangement - 1, language }
      return [
        ...notices.flatMap((notice) =>
          (['confirmed', 'waiting'] as const).map((state) =>
            noticeCard(event, notice, { ...registration, state }, now),
          ),
        ),
        ...[0, sizes.many].map((unreached) => toldCard(event, { told: sizes.many, unreached }, language)),
      ]
    },
  },
  {
    makers: [`${folder}/own-cards.ts#kindCard`, `${folder}/own-cards.ts#kindsCard`],
    cards: (language: Language, { title, many }: Sizes): Card[] => {
      const kind = { name: 'lecture', title: { 'zh-CN': title, en: title } } as EventKind
      const kinds: EventKinds = { all: () => Array(Math.min(many, 12)).fill(kind), byName: () => kind }
      return [kindsCard(kinds, language), kindCard(kind, language)]
    },
  },
]

/** Everything that organisers are shown of what they make, with the longest texts. */
export async function cardsOfMaking(open: Open): Promise<Card[]> {
  const house = await openEventsHouse(open)
  const cards: Card[] = []
  const show = ({ replace, beside }: { replace?: Card; beside?: Card }) => {
    cards.push(...[replace, beside].filter((card) => card !== undefined))
  }
  const user = '吴主席'
  const own = async (text: string) => void cards.push(...(await house.type(user, text)))
  const long = {
    ...{ title: hardText(100), organisers: hardText(200), description: hardText(5000), place: hardText(200) },
    ...{ day: '3月13日', from: '14:00', until: '16:00', link: 'https://a.example', cost: hardText(500) },
    ...{ contacts: hardText(200), materials: hardText(2000), questions: makingAnswers.questions! },
    ...{ audience: '华北重工、一分公司', repeat: 'weekly', times: '15' },
  }
  for (const shared of ['yes', '']) {
    const form = await house.click(user, { action: 'events.begin', value: { kind: 'lecture' } })
    await house.fillIn(user, form, { ...long, shared })
    await house.settle()
    cards.push(house.cardsOf(user).at(-1)!)
  }
  for (const words of ['办活动', '办讲座', '我办的活动', 'my own events']) await own(words)
  const deeds = ['修改活动', '复制活动', '取消活动', '管理活动']
  for (const deed of deeds) await own(`${deed} HD-2026-0001`)
  for (const deed of ['change', 'copy', 'cancel', 'manage']) await own(`${deed} event HD-2026-0001`)
  await own('管理活动 HD-2026-0099')
  const published = await house.click(user, buttonOf(cards[0], '发布全部 15 场'))
  show(published)
  for (const person of ['张三', '陈晨']) {
    await house.click(person, {
      action: 'events.register',
      value: { event: cards.length > 0 ? await first() : '' },
    })
  }
  async function first(): Promise<string> {
    const row = await house.store.db
      .selectFrom('event_entry')
      .select('id')
      .orderBy('number')
      .executeTakeFirstOrThrow()
    return row.id
  }
  await house.settle()
  for (const scope of ['one', 'following']) {
    const value = { event: await first(), scope }
    const opened = await house.click(user, { action: 'events.change', value })
    await house.fillIn(user, opened, { place: `${scope}${hardText(100)}`, questions: '' })
    await house.settle()
    cards.push(...house.cardsOf(user).slice(-2))
  }
  await own('管理活动 HD-2026-0001')
  const unconfirmed = buttonsOf(cards.at(-1)!).find(({ action }) => action === 'events.unconfirmed')
  if (unconfirmed) show(await house.click(user, unconfirmed))
  show(await house.click(user, buttonOf(cards[1], '删除全部 15 份草稿')))
  const off = await house.click(user, {
    action: 'events.call-off',
    value: { event: await first(), scope: 'following' },
  })
  await house.fillIn(user, off, { reason: hardText(500) })
  await house.settle()
  cards.push(...house.cardsOf(user).slice(-2), ...house.cardsOf('张三'))
  await own('我办的活动')
  await house.stop()
  return cards
}
