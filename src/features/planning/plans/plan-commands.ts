import type { Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { errorCard } from '../../../messages/error-card.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import { maySee } from './access.ts'
import type { PlansContext } from './context.ts'
import { editing } from './life.ts'
import { plansCard, textCard } from './plan-cards.ts'
import { listPlans, readPlan } from './records.ts'
import { cardOf, type Looker, visiblePlans } from './show-plans.ts'

const planNumber = /^(?:年度计划|计划|plan)?\s*(JH-\d{4}-\d{4,})$/i
/** More buttons would not fit a card. */
const mostButtons = 5

/** What is typed about plans. */
export function planCommands(context: PlansContext): Command[] {
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      turn.commit(async (trx, say) => {
        const { language, message } = turn
        const person = await findPersonByAccount(trx, message.account)
        if (!person) return void (await say(textCard(translate(language, 'planning:sign-in'))))
        const today = dayInChina(await context.store.now(trx))
        const card = await make(trx, { person: person.id, today }, turn).catch((error: unknown) => {
          if (error instanceof PlainError) return errorCard(error, language)
          throw error
        })
        const link = await context.consoleLink?.(trx, message.account)
        const label = translate(language, 'planning:list.console')
        await sayAlone(
          turn,
          say,
          link ? { ...card, blocks: [...card.blocks, { type: 'link', label, url: link }] } : card,
        )
      })
  return [
    {
      words: { 'zh-CN': ['年度计划', '年度工作计划', '工作计划', '计划'], en: ['plans', 'annual plans'] },
      run: answer((trx, looker, { language }) => list(trx, looker, false, language)),
    },
    {
      words: { 'zh-CN': ['计划进度', '年度计划进度', '计划进展'], en: ['plan progress', 'progress'] },
      run: answer((trx, looker, { language }) => list(trx, looker, true, language)),
    },
    {
      words: {
        'zh-CN': ['新建年度计划', '新建计划', '制定年度计划', '编制年度计划'],
        en: ['new annual plan', 'new plan'],
      },
      run: answer(offerPlan),
    },
    {
      words: { 'zh-CN': ['添加计划条目', '新增计划条目', '添加条目'], en: ['add plan item'] },
      run: answer(offerItem),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: planNumber,
      run: answer(async (trx, looker, { message, language }) => {
        const [, number = ''] = planNumber.exec(message.text.normalize('NFKC').trim()) ?? []
        const plan = await readPlan(trx, number)
        if (!(await maySee(trx, looker.person, plan, looker.today))) throw new PlainError('planning:gone')
        return cardOf(trx, plan, looker, language)
      }),
    },
  ]
}

async function list(trx: Trx, looker: Looker, late: boolean, language: Language): Promise<Card> {
  const plans = await visiblePlans(trx, looker, { running: late })
  if (plans.length > 0) return plansCard({ plans, from: 0, late }, language)
  const { organisations } = await reachOfPerson(trx, looker.person, ['plan.edit'], looker.today)
  const text = translate(language, late ? 'planning:list.none-running' : 'planning:list.none')
  return textCard(text, organisations.length > 0 && !late ? [beginButton(language)] : [])
}

async function offerPlan(trx: Trx, { person, today }: Looker, { language }: Turn): Promise<Card> {
  const { organisations } = await reachOfPerson(trx, person, ['plan.edit'], today)
  if (organisations.length === 0) return textCard(translate(language, 'planning:not-for-you'))
  return textCard(translate(language, 'planning:list.begin-hint'), [beginButton(language)])
}

/** Which plan gets the item: those that may be changed, the last year first. */
async function offerItem(trx: Trx, { person, today }: Looker, { language }: Turn): Promise<Card> {
  const { organisations, all } = await reachOfPerson(trx, person, ['plan.edit'], today)
  if (organisations.length === 0) return textCard(translate(language, 'planning:not-for-you'))
  const plans = (await listPlans(trx, all ? null : organisations)).filter(({ row }) => editing(row.state))
  if (plans.length === 0)
    return textCard(translate(language, 'planning:list.none-open'), [beginButton(language)])
  return textCard(
    translate(language, 'planning:list.which'),
    plans.slice(0, mostButtons).map(({ row }) => ({
      label: Array.from(`${row.number} ${row.title}`).slice(0, 40).join(''),
      ...{ action: 'planning.add-item', value: { plan: row.id }, opens: 'beside' },
    })),
  )
}

function beginButton(language: Language): Button {
  return {
    label: translate(language, 'planning:list.begin'),
    ...{ action: 'planning.begin', value: {}, opens: 'beside', style: 'primary' },
  }
}
