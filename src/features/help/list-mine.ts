import type { Button } from '../../chat/card.ts'
import type { Mine, MyItem, Whose } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { nameInDirectory, zoneOfAccount } from '../../people/directory.ts'
import { handlingButtons, timeOf } from './help-cards.ts'
import { factsOf, type HelpRequest } from './requests.ts'
import { questionsOf, tasksOf } from './status.ts'

/** Of each kind; the rest is counted. */
const mostListed = 5
/** Characters of a question, and of a reply, on one line. */
const mostShown = 60

/** Questions that wait for somebody's reply, and those of their own that are not settled. */
export async function listMine(whose: Whose): Promise<Mine[]> {
  const { db, account, person, language, now } = whose
  const tasks = person === null ? [] : await tasksOf(db, person, dayInChina(now))
  // The urgent ones first; both kinds from the earliest on.
  const pressing = [...tasks].sort((a, b) => b.urgent - a.urgent).slice(0, mostListed)
  const own = await questionsOf(db, account, { person, states: ['open', 'answered'] })
  // Who has a reply is asked for something; who has none can but wait.
  const answered = [...own].sort((a, b) => Number(b.state === 'answered') - Number(a.state === 'answered'))
  const items = async (rows: HelpRequest[], toItem: (row: HelpRequest) => Promise<MyItem>) => {
    const found: MyItem[] = []
    for (const row of rows) found.push(await toItem(row))
    return found
  }
  return [
    {
      kind: 'to-do',
      title: translate(language, 'help:mine.tasks'),
      count: tasks.length,
      items: await items(pressing, (row) => taskItem(row, whose)),
      more: translate(language, 'help:mine.tasks-more'),
    },
    {
      kind: 'own',
      title: translate(language, 'help:mine.questions'),
      count: own.length,
      items: await items(answered.slice(0, mostListed), (row) => questionItem(row, whose)),
      more: translate(language, 'help:mine.questions-more'),
    },
  ]
}

async function taskItem(request: HelpRequest, { db, language, account }: Whose): Promise<MyItem> {
  const { number, urgent, reopened, escalated_at } = request
  const { asker, guest } = await factsOf(db, request)
  const who = asker?.name ?? nameInDirectory(guest, language) ?? translate(language, 'help:request.guest')
  const late = escalated_at === null ? 'help:mine.asked' : 'help:mine.passed-on'
  const time = timeOf(request.asked_at, language, await zoneOfAccount(db, account))
  return {
    title: translate(language, urgent === 1 ? 'help:mine.urgent' : 'help:mine.item', {
      number,
      question: firstWords(request.question),
    }),
    state: translate(language, reopened === 1 ? 'help:mine.again' : late, { who, time }),
    buttons: handlingButtons(request.id, language).slice(0, 2),
  }
}

async function questionItem(request: HelpRequest, { db, language, account }: Whose): Promise<MyItem> {
  const { id, number, round, reply } = request
  const title = translate(language, 'help:mine.item', { number, question: firstWords(request.question) })
  const button = (label: string, action: string): Button => ({
    label: translate(language, label),
    action,
    value: { request: id, round: String(round) },
  })
  if (request.state === 'open') {
    const time = timeOf(request.asked_at, language, await zoneOfAccount(db, account))
    const state = translate(language, 'help:mine.waiting', { time })
    return { title, state, buttons: [button('help:questions.withdraw', 'help.withdraw')] }
  }
  const { answeredBy } = await factsOf(db, request)
  return {
    title,
    state: translate(language, 'help:mine.answered', {
      name: answeredBy?.name ?? '',
      reply: firstWords(reply ?? ''),
    }),
    buttons: [
      button('help:answered.solved', 'help.solved'),
      button('help:answered.unsolved', 'help.unsolved'),
    ],
  }
}

/** The beginning of a text on one line. */
function firstWords(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' ').trim())
  return letters.length > mostShown ? `${letters.slice(0, mostShown).join('')}……` : letters.join('')
}
