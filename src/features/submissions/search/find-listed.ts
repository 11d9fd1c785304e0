import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { headline, openButton, stateLine, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { openRow, type Submission } from '../records.ts'
import { partOf } from '../relations.ts'

const mostListed = 8
/** A few words are met by a share of them: half of what was asked for says that it is about that. */
const foundFrom = 0.4

/** How colleagues look for what a kind lists: its words alone for the newest, with more behind them for what fits. */
export function findListedCommands(context: SubmissionsContext): Command[] {
  return context.kinds.all().flatMap((kind) => {
    const { finds } = kind
    if (!finds) return []
    const all = [...finds['zh-CN'], ...finds.en].toSorted((one, other) => other.length - one.length)
    const words = new RegExp(`^(?:${all.map((word) => RegExp.escape(word)).join('|')})(?:[\\s:：]+|$)`, 'i')
    return [
      {
        words: { 'zh-CN': [...finds['zh-CN']], en: [...finds.en] },
        pattern: words,
        async run(turn) {
          const { message, language } = turn
          const text = message.text.normalize('NFKC').trim().replace(words, '').trim()
          await context.similar?.refresh()
          await turn.commit(async (trx, say) => {
            const person = (await findPersonByAccount(trx, message.account))?.id ?? null
            const today = dayInChina(await context.store.now(trx))
            await sayAlone(turn, say, await listedCard(trx, context, { kind, text, person, today, language }))
          })
        },
      },
    ]
  })
}

interface Asked {
  kind: Kind
  /** Empty: the newest. */
  text: string
  person: string | null
  today: string
  language: Language
}

/** What is listed, with the state of each and a way to all of it. */
async function listedCard(db: Reads, context: SubmissionsContext, asked: Asked): Promise<Card> {
  const { kind, text, person, language } = asked
  const what = kind.title[language]
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `submissions:listed.${key}`, { what, ...values })
  if (person === null) return textCard(say('sign-in'))
  const found = text === '' ? await newest(db, context, asked) : await fitting(db, context, asked)
  const begin = {
    label: translate(language, 'submissions:begin.button', { what }),
    action: 'submissions.begin',
    value: { kind: kind.kind },
    opens: 'beside' as const,
  }
  if (found.length === 0) {
    const nothing = textCard(say(text === '' ? 'none' : 'none-found'))
    return { ...nothing, blocks: [...nothing.blocks, { type: 'buttons', buttons: [begin] }] }
  }
  return {
    tone: 'info',
    title: say(text === '' ? 'title' : 'found', { count: found.length }),
    blocks: [
      ...found.flatMap((submission): Card['blocks'] => [
        { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
        { type: 'note', text: stateLine(submission, language) },
        { type: 'buttons', buttons: [openButton(submission, language)] },
      ]),
      { type: 'note', text: say('how', { word: kind.finds?.[language][0] ?? '' }) },
    ],
  }
}

async function fitting(db: Reads, context: SubmissionsContext, asked: Asked): Promise<Submission[]> {
  const { kind, text, person, today } = asked
  const question = { text, person, today, least: foundFrom, limit: mostListed, kinds: [kind.kind] }
  const found = (await context.similar?.find(db, question)) ?? []
  return found.filter(isListed)
}

/** The newest of a state come first; looked for page by page, since some may not be for whoever asks. */
async function newest(
  db: Reads,
  context: SubmissionsContext,
  { kind, person, today }: Asked,
): Promise<Submission[]> {
  const states = context.kinds
    .everyVersion()
    .filter((version) => version.kind === kind.kind)
    .flatMap((version) =>
      Object.entries(version.states).flatMap(([name, { shows }]) => (shows === 'listed' ? [name] : [])),
    )
  if (states.length === 0) return []
  const found: Submission[] = []
  for (let offset = 0; offset < 200 && found.length < mostListed; offset += 20) {
    const rows = await db
      .selectFrom('submission')
      .selectAll()
      .where('kind', '=', kind.kind)
      .where('state', 'in', [...new Set(states)])
      .where('sealed', '=', 0)
      .orderBy('since', 'desc')
      .orderBy('id')
      .limit(20)
      .offset(offset)
      .execute()
    for (const row of rows) {
      const submission = await openRow(db, context, row)
      const isSeen = isListed(submission) && (await partOf(db, submission, person, today)).as.length > 0
      if (isSeen && found.length < mostListed) found.push(submission)
    }
    if (rows.length < 20) break
  }
  return found
}

function isListed({ kind, row }: Submission): boolean {
  return kind.states[row.state]?.shows === 'listed'
}
