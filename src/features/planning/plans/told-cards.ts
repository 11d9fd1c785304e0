import type { Card } from '../../../chat/card.ts'
import { plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { figuresOf } from './figures.ts'
import { lines, note, type ShownPlan, saying, shortened, showButton } from './plan-cards.ts'
import { changeText, figuresLine } from './plan-texts.ts'

/** Tells whoever decides that a plan waits for them. */
export function submittedCard(shown: ShownPlan, submitter: string, language: Language): Card {
  const { row, items } = shown.plan
  const say = saying('told', language)
  return {
    tone: 'info',
    title: say('submitted-title'),
    blocks: [
      { type: 'text', runs: plain(say('submitted', { ...valuesOf(shown), name: submitter })) },
      note(figuresLine(figuresOf(items, shown.today, false), language)),
      {
        type: 'buttons',
        buttons: [
          {
            label: translate(language, 'planning:card.decide'),
            action: 'planning.decide',
            value: { plan: row.id, version: String(row.version) },
            ...{ opens: 'beside', style: 'primary' },
          },
          showButton(row.id, language),
        ],
      },
    ],
  }
}

/** Tells whoever submitted a plan what was decided. */
export function decidedCard(shown: ShownPlan, language: Language): Card {
  const { row } = shown.plan
  const say = saying('told', language)
  const returned = row.state === 'returned'
  return {
    tone: 'info',
    title: say(returned ? 'returned-title' : 'approved-title'),
    blocks: [
      { type: 'text', runs: plain(say(returned ? 'returned' : 'approved', valuesOf(shown))) },
      ...(row.reason === ''
        ? []
        : [note(translate(language, 'planning:card.reason', { reason: shortened(row.reason) }))]),
      { type: 'buttons', buttons: [showButton(row.id, language)] },
    ],
  }
}

/** Tells whoever approved a plan what was changed in it since. @param history Entries of it. @param names Of people, by id. */
export function editedCard(
  shown: ShownPlan,
  history: readonly { what: string; data: string }[],
  language: Language,
  names: ReadonlyMap<string, string>,
): Card {
  const say = saying('told', language)
  return {
    tone: 'info',
    title: say('edited-title'),
    blocks: [
      { type: 'text', runs: plain(say('edited', valuesOf(shown))) },
      ...lines(
        history.map(({ what, data }) => shortened(changeText(what, JSON.parse(data), names, language))),
        language,
      ),
      { type: 'buttons', buttons: [showButton(shown.plan.row.id, language)] },
    ],
  }
}

function valuesOf({ plan: { row }, organisation }: ShownPlan) {
  return { number: row.number, title: shortened(row.title), organisation: shortened(organisation) }
}
