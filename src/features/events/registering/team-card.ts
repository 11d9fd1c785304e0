import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import type { Outcome } from '../seats/outcome.ts'
import { outcomeText } from '../seats/outcome-text.ts'

/** What became of each whom somebody registered, and how many have a seat. */
export function teamCard(
  event: Event,
  results: readonly { name: string; outcome: Outcome }[],
  language: Language,
  now: Date,
): Card {
  const confirmed = results.filter(({ outcome }) => outcome.type === 'done' && outcome.state === 'confirmed')
  const say = (key: string, values: Record<string, string | number>) =>
    translate(language, `registration:others.${key}`, values)
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      {
        type: 'text',
        runs: [
          { text: say('result', { wanted: results.length, confirmed: confirmed.length }), strong: true },
        ],
      },
      {
        type: 'list',
        items: results.map(({ name, outcome }) =>
          plain(say('line', { name, what: teamLine(outcome, language, now) })),
        ),
      },
      { type: 'note', text: say('told', {}) },
    ],
  }
}

/** Said of somebody, not to them. */
function teamLine(outcome: Outcome, language: Language, now: Date): string {
  if (outcome.type === 'done') {
    const at = outcome.position
    const state = translate(language, `events:registration.${outcome.state}`)
    return at === null ? state : translate(language, 'registration:others.at', { state, position: at })
  }
  const key = `registration:others.refused-${outcome.reason}`
  const known = ['already', 'full', 'not-invited', 'not-allowed'].includes(outcome.reason)
  return known ? translate(language, key) : outcomeText(outcome, { deed: 'register', language }, now)
}

/** The way to the form in which a cadre names whom to register. */
export function openOthersCard(event: Event, names: readonly string[], language: Language): Card {
  const blocks: Block[] = [
    { type: 'text', runs: plain(translate(language, 'registration:others.open-text')) },
    {
      type: 'buttons',
      buttons: [
        {
          ...{ label: translate(language, 'registration:others.open'), action: 'events.register-others' },
          value: { event: event.row.id, people: names.join('、').slice(0, 1000) },
          ...{ opens: 'beside', style: 'primary' },
        },
      ],
    },
  ]
  return { tone: 'info', title: eventHeadline(event.row), blocks }
}
