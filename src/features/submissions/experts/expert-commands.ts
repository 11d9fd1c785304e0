import type { Button, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click, Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { type Expert, listExperts, rootsOf } from './directory.ts'
import { expertCard, expertsCard, mostOnPage } from './expert-cards.ts'
import { ownEntry } from './expert-form.ts'
import { settleAndTell } from './settle-expert.ts'

const listWords = /^(?:专家库|找专家|查专家|experts)(?:[\s:：]+|$)/i
/** More than these are not looked through. */
const mostFound = 30

export function expertCommands(context: SubmissionsContext): Command[] {
  return [
    {
      words: {
        'zh-CN': ['专家登记', '登记专家', '我要登记专家', '录入专家'],
        en: ['expert', 'register as an expert'],
      },
      run: (turn) =>
        turn.commit(async (trx, say) => {
          const { message, language } = turn
          const person = (await findPersonByAccount(trx, message.account))?.id ?? null
          const today = dayInChina(await context.store.now(trx))
          await sayAlone(turn, say, await registerCard(trx, person, today, language))
        }),
    },
    {
      words: { 'zh-CN': ['专家库', '找专家'], en: ['experts'] },
      pattern: listWords,
      run: (turn) =>
        turn.commit(async (trx, say) => {
          const { message, language } = turn
          const person = (await findPersonByAccount(trx, message.account))?.id ?? null
          const text = message.text.normalize('NFKC').trim().replace(listWords, '').trim()
          const today = dayInChina(await context.store.now(trx))
          await sayAlone(turn, say, await listCard(trx, context, { person, text, from: 0, today, language }))
        }),
    },
  ]
}

/** 专家登记: one press to the form; whoever is registered sees how, and may leave. */
async function registerCard(
  db: Reads,
  person: string | null,
  today: string,
  language: Language,
): Promise<Card> {
  const { all, kept } = await rootsOf(db, person, today)
  if (person === null || all.length === 0) return textCard(translate(language, 'problems:experts.sign-in'))
  const own = await ownEntry(db, person)
  const button = (label: string, value: Record<string, string>): Button => ({
    label: translate(language, `problems:expert.${label}`),
    action: 'submissions.expert',
    value,
    opens: 'beside',
    style: value.entry ? 'plain' : 'primary',
  })
  const buttons = [
    button(own ? 'change' : 'register', {}),
    ...(kept.length > 0 ? [button('enter', { entry: 'yes' })] : []),
  ]
  const card = own
    ? expertCard(own, 'self', translate(language, 'problems:expert.yours'), language)
    : textCard(translate(language, 'problems:expert.about'), translate(language, 'problems:expert.title'))
  return { ...card, blocks: [...card.blocks, { type: 'buttons', buttons }] }
}

/** 专家库: those who fit some words, best first, or all. */
async function listCard(
  db: Reads,
  { experts: search }: SubmissionsContext,
  asked: { person: string | null; text: string; from: number; today: string; language: Language },
): Promise<Card> {
  const { person, text, from, today, language } = asked
  const { all, kept } = await rootsOf(db, person, today)
  if (all.length === 0) return textCard(translate(language, 'problems:experts.sign-in'))
  const found: Expert[] = []
  if (text === '') {
    const listed = await listExperts(db, all)
    found.push(...listed.filter(({ state, root }) => state === 'approved' || kept.includes(root)))
  } else {
    for (const root of all) {
      const matches = (await search?.match(db, { root, text, isWords: true, limit: mostFound })) ?? []
      found.push(...matches.map(({ expert }) => expert))
    }
  }
  if (found.length === 0) {
    return textCard(translate(language, text === '' ? 'problems:expert.none' : 'problems:expert.none-found'))
  }
  const page = { experts: found.slice(from, from + mostOnPage), count: found.length, from, text }
  return expertsCard(page, ({ root }) => (kept.includes(root) ? 'keeper' : 'colleague'), language)
}

/** The next page of the directory. */
export async function turnExpertPage(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const typed = Number(action.value.from)
  const from = Number.isInteger(typed) && typed > 0 ? typed : 0
  const text = action.value.text ?? ''
  const today = dayInChina(now)
  return { beside: await listCard(trx, context, { person, text, from, today, language }), besideAlone: true }
}

/** 入库, 移出: by those who keep the directory; whoever is in it leaves it by themselves. */
export async function pressExpert(click: Click): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { expert: id = '', to = '' } = action.value
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const expert = await trx.selectFrom('submission_expert').selectAll().where('id', '=', id).executeTakeFirst()
  const { kept } = await rootsOf(trx, person, dayInChina(now))
  const isKeeper = expert !== undefined && kept.includes(expert.root)
  const isOwn = expert !== undefined && person !== null && expert.person === person
  if (!expert || !(isKeeper || (isOwn && to === 'retired')))
    throw new PlainError('problems:experts.not-keeper')
  if (to !== 'approved' && to !== 'retired') throw new PlainError('submissions:refused.unknown')
  await settleAndTell(trx, expert, to, person, now)
  const reader = isKeeper ? 'keeper' : 'self'
  const lead = translate(
    language,
    to === 'approved' ? 'problems:expert.taken-in' : 'problems:expert.taken-out',
  )
  if (to === 'retired') return { toast: lead, replace: textCard(lead, expert.name) }
  return { toast: lead, replace: expertCard({ ...expert, state: to }, reader, lead, language) }
}
