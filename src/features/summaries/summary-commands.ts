import type { Card } from '../../chat/card.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { handOver } from '../../delivery/handed-files.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { organisationNamed } from '../organisations/port.ts'
import type { Summaries } from './context.ts'
import { gatherFacts } from './gather-facts.ts'
import { type Asked, askedPattern, readAsked } from './period.ts'
import { highestOf, placeAsked } from './place.ts'
import { documentCard, draftedCard, summaryCard } from './summary-cards.ts'
import { summaryTitle } from './summary-texts.ts'
import { writeSummary } from './write-document.ts'
import { writeByRules, writeWithModel } from './write-with-model.ts'

/** What is typed about summaries: 工作总结, 季度小结 2026年三季度 一分公司, 工作总结文档. */
export function summaryCommands(context: Summaries): Command[] {
  const today = ({ message }: Pick<Turn, 'message'>) => dayInChina(message.at)
  return [
    {
      words: { 'zh-CN': [], en: [] },
      pattern: askedPattern,
      fits: async (turn) => {
        const asked = readAsked(turn.message.text, today(turn))
        // “工作总结怎么写” is a question; what follows is an organisation or nothing.
        return (
          asked !== null &&
          (asked.rest === '' || (await organisationNamed(context.store.db, asked.rest)) !== null)
        )
      },
      async run(turn) {
        const asked = readAsked(turn.message.text, today(turn))!
        if (asked.document) return answerDocument(context, turn, asked)
        return answerAlone(turn, context, (trx, now) => showSummary(trx, context, turn, { asked, now }))
      },
    },
  ]
}

async function showSummary(
  db: Reads,
  context: Summaries,
  { message, language }: Turn,
  { asked: { period, rest }, now }: { asked: Asked; now: Date },
): Promise<Card> {
  const person = await makerOf(db, message)
  mustHaveBegun(period.from, now)
  const place = await placeAsked(db, rest, person, now)
  const sections = await gatherFacts(db, context, place, { period, now, language })
  const others = (await highestOf(db, person, now)).filter(({ id }) => id !== place.organisation)
  const shown = { ...place, period, now, sections, others: others.map(({ path }) => path) }
  return summaryCard(shown, language)
}

/** A model and a file take their time: both are made before the turn's transaction, which only hands them over. */
async function answerDocument(context: Summaries, turn: Turn, { period, rest }: Asked): Promise<void> {
  const { message, language, signal } = turn
  const { db } = context.store
  const now = message.at
  const made = await makeDocument().catch((error: unknown) => {
    if (error instanceof PlainError) return error
    throw error
  })
  if (made instanceof PlainError) {
    return answerAlone(turn, context, () => Promise.reject(made))
  }
  await turn.commit(async (trx, say) => {
    const handed = await handOver(trx, context, made.file, await context.store.now(trx))
    await sayAlone(turn, say, made.card)
    await sayAlone(turn, say, documentCard(handed))
  })

  async function makeDocument() {
    const person = await makerOf(db, message)
    mustHaveBegun(period.from, now)
    const place = await placeAsked(db, rest, person, now)
    const facts = await gatherFacts(db, context, place, { period, now, language })
    const byRules = writeByRules(facts, language)
    const { model, words } = context
    const sections = await writeWithModel(facts, { model, words, language, signal })
    const differs = sections.some(({ text }, at) => text !== byRules[at]?.text)
    const file = await writeSummary({ name: place.name, period, sections, now }, language)
    return { file, card: draftedCard(summaryTitle(place.name, period, language), differs, language) }
  }
}

async function makerOf(db: Reads, { account }: Turn['message']): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('summaries:sign-in')
  return person.id
}

function mustHaveBegun(from: string, now: Date): void {
  if (from > dayInChina(now)) throw new PlainError('summaries:not-begun', { from })
}
