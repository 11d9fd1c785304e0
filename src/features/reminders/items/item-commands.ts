import type { Card } from '../../../chat/card.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Person, type Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { RemindersContext } from '../context.ts'
import { itemFor } from './access.ts'
import { acknowledge } from './acknowledge.ts'
import { keepCards } from './cards-kept.ts'
import { digestCard } from './digest-card.ts'
import { handOver } from './hand-over.ts'
import { itemCard, saidCard } from './item-card.ts'
import { momentOf, saidOf } from './item-texts.ts'
import { openItemsIn, openItemsOf } from './own-items.ts'
import { type ItemWords, readItemWords } from './parse-words.ts'
import { findColleague, readUntil } from './said-values.ts'
import { putOff } from './snooze.ts'
import { type ItemOf, withNames } from './views.ts'

/** What whoever has items types. What is no word of an item goes on to those who answer questions. */
export function itemCommands(context: RemindersContext): Command[] {
  const { store } = context
  return [
    {
      words: {
        'zh-CN': ['我的提醒', '我的待办提醒', '提醒待办', '待办提醒'],
        en: ['my reminders', 'open reminders'],
      },
      run: (turn) => listOwn(turn, context),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: /知悉|完成|稍后|再提醒|转交|^ack|^done|^snooze|^hand over/,
      async fits(turn) {
        const words = readItemWords(turn.message.text)
        if (!words) return false
        // Whoever has nothing open means something else, unless they name an item.
        if (words.number?.toLowerCase().startsWith('db-')) return true
        const person = await findPersonByAccount(store.db, turn.message.account)
        return person !== null && (await choices(store.db, turn, person)).length > 0
      },
      run: (turn) =>
        answerAlone(turn, { store }, async (trx, now) => {
          const person = await findPersonByAccount(trx, turn.message.account)
          if (!person) throw new PlainError('reminding:sign-in')
          const words = readItemWords(turn.message.text)
          if (!words) throw new PlainError('reminding:gone')
          return answerWords(trx, context, { turn, person, words, now })
        }),
    },
  ]
}

/** What the words may mean: in a group what anybody of it may acknowledge and what is their own, else their own. */
async function choices(db: Reads, { message }: Turn, person: Person): Promise<ItemOf[]> {
  const own = await openItemsOf(db, person.id)
  return message.group ? [...(await openItemsIn(db, message.conversation, person.id)), ...own] : own
}

interface Said {
  turn: Turn
  person: Person
  words: ItemWords
  now: Date
}

async function answerWords(trx: Trx, context: RemindersContext, said: Said): Promise<Card> {
  const { turn, person, words, now } = said
  const { language } = turn
  const of = await meantItem(trx, said)
  if (Array.isArray(of)) {
    const reader = { language, zone: person.timeZone, now }
    return digestCard(await withNames(trx, of), reader, { choose: true })
  }
  const { row, reminder } = of
  const { number } = row
  const already = () => saidCard(translate(language, `reminding:already.${row.state}`, { number }))
  if (row.state !== 'open') return already()
  if (words.do === 'put-off') {
    const until = await readUntil(trx, words.until, { person: row.person ?? person.id, now })
    await putOff(trx, of, { until, by: person.id, now })
    const at = momentOf(until, { language, zone: person.timeZone, now })
    return saidCard(saidOf(of, language, 'put-off', { at }))
  }
  if (words.do === 'hand-over') {
    const to = await findColleague(trx, person.id, words.name, now)
    const { name } = await handOver(trx, of, { to, by: person.id, now, formOf: context.formOf })
    return saidCard(translate(language, 'reminding:said.handed-over', { number, name }))
  }
  const note = words.do === 'done' ? words.note : ''
  if (reminder.means === 'form' || (reminder.means === 'done' && note === '')) {
    // What is still asked for, with the button by which it is given.
    const [view] = await withNames(trx, [of])
    return itemCard(view!, { language, zone: person.timeZone, now })
  }
  const outcome = await acknowledge(trx, context, { item: row.id, by: person.id, note, now })
  if (outcome === 'already') return saidCard(translate(language, 'reminding:already.acknowledged'))
  return saidCard(saidOf(of, language, reminder.means === 'know' ? 'known' : 'done'))
}

/** The one item that is meant; several where it cannot be told. Throws PlainError where there is none. */
async function meantItem(trx: Trx, { turn, person, words, now }: Said): Promise<ItemOf | ItemOf[]> {
  const open = await choices(trx, turn, person)
  const { number } = words
  if (number === null) {
    if (open.length === 0) throw new PlainError('reminding:none')
    return open.length === 1 ? open[0]! : open
  }
  if (/^\d+$/.test(number)) {
    const ending = open.filter(({ row }) => Number(row.number.split('-').at(-1)) === Number(number))
    if (ending.length === 0) throw new PlainError('reminding:unknown', { number })
    return ending.length === 1 ? ending[0]! : ending
  }
  const [, year = '', figures = ''] = /^db-(\d{4})-(\d+)$/i.exec(number) ?? []
  const full = `DB-${year}-${String(Number(figures)).padStart(6, '0')}`
  const row = await trx.selectFrom('reminder_item').select('id').where('number', '=', full).executeTakeFirst()
  if (!row) throw new PlainError('reminding:unknown', { number: full })
  const asker = { person: person.id, conversation: turn.message.conversation, now }
  return itemFor(trx, row.id, asker).catch((error: unknown) => {
    // Numbers can be counted through: what is not for somebody is no other to them than what there is not.
    if (error instanceof PlainError) throw new PlainError('reminding:unknown', { number: full })
    throw error
  })
}

/** All that waits for somebody; the message is renewed as it changes. */
async function listOwn(turn: Turn, { store }: RemindersContext): Promise<void> {
  await turn.commit(async (trx, say) => {
    const { language, message } = turn
    const now = await store.now(trx)
    const person = await findPersonByAccount(trx, message.account)
    const items = person ? await openItemsOf(trx, person.id) : []
    if (!person || items.length === 0) {
      const key = person ? 'reminding:none' : 'reminding:sign-in'
      return void (await sayAlone(turn, say, saidCard(translate(language, key))))
    }
    const card = digestCard(await withNames(trx, items), { language, zone: person.timeZone, now })
    const said = await sayAlone(turn, say, card)
    const to = { type: 'account' as const, account: message.account }
    const ids = items.map(({ row }) => row.id)
    const kept = { message: said, to, card, kind: 'digest' as const, person: person.id, run: null }
    await keepCards(trx, [{ ...kept, items: ids }], now)
  })
}
