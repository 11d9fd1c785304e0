import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Expert } from './directory.ts'

/** More would not fit a card. */
export const mostOnPage = 6
const longestDescription = 200

/** Who looks at the directory: keepers see how to reach somebody and settle who is in it, experts themselves leave. */
export type ExpertReader = 'keeper' | 'self' | 'colleague'

/** An expert with what may be done about them. */
function expertBlocks(expert: Expert, reader: ExpertReader, language: Language): Block[] {
  const { name, organisation, number, fields, description, contact, state } = expert
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `problems:expert.${key}`, values)
  const letters = Array.from(description)
  const cut = letters.length > longestDescription
  const shown = cut ? `${letters.slice(0, longestDescription).join('')}……` : description
  const buttons: Button[] = []
  if (reader === 'keeper' && state === 'registered')
    buttons.push(settleButton(expert, 'approved', say('approve')))
  if (reader === 'keeper') {
    buttons.push(settleButton(expert, 'retired', say(state === 'registered' ? 'refuse' : 'retire')))
  }
  if (reader === 'self') buttons.push(settleButton(expert, 'retired', say('leave')))
  return [
    {
      type: 'text',
      runs: [{ text: say(organisation === '' ? 'alone' : 'who', { name, organisation }), strong: true }],
    },
    { type: 'text', runs: [{ text: say('fields', { fields }) }] },
    ...(shown === '' ? [] : [{ type: 'text' as const, runs: [{ text: shown }] }]),
    ...(reader === 'keeper' && contact !== ''
      ? [{ type: 'note' as const, text: say('contact', { contact }) }]
      : []),
    { type: 'note', text: say('state', { number, state: say(state) }) },
    ...(buttons.length === 0 ? [] : [{ type: 'buttons' as const, buttons }]),
  ]
}

/** One expert, with a sentence that says why it is shown. */
export function expertCard(expert: Expert, reader: ExpertReader, lead: string, language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'problems:expert.title'),
    blocks: [
      { type: 'text', runs: [{ text: lead, strong: true }] },
      ...expertBlocks(expert, reader, language),
    ],
  }
}

interface ExpertPage {
  experts: readonly Expert[]
  /** All there are, and where this page begins. */
  count: number
  from: number
  /** What was looked for; empty: nothing. */
  text: string
}

/** A page of the directory. */
export function expertsCard(
  { experts, count, from, text }: ExpertPage,
  readerOf: (expert: Expert) => ExpertReader,
  language: Language,
): Card {
  const next = from + mostOnPage
  const more: Block[] =
    next < count
      ? [
          {
            type: 'buttons',
            buttons: [
              {
                label: translate(language, 'problems:expert.next', { count: count - next }),
                action: 'submissions.expert-list',
                value: { from: String(next), text },
                opens: 'beside',
              },
            ],
          },
        ]
      : []
  return {
    tone: 'info',
    title: translate(language, 'problems:expert.list', { count }),
    blocks: [...experts.flatMap((expert) => expertBlocks(expert, readerOf(expert), language)), ...more],
  }
}

function settleButton({ id }: Expert, to: 'approved' | 'retired', label: string): Button {
  return {
    label,
    action: 'submissions.expert-settle',
    value: { expert: id, to },
    style: to === 'approved' ? 'primary' : 'plain',
  }
}
