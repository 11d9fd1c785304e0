import { type Block, type Button, type Card, plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import { minuteInChina } from '../timers/calendar/day.ts'
import { type Draft, recoverableMinutes } from './drafts.ts'
import type { Definitions } from './session.ts'

/** A line of text as a card. */
export function textCard(
  language: Language,
  key: string,
  values: Record<string, string | number> = {},
  buttons: Button[] = [],
): Card {
  const text = { type: 'text' as const, runs: plain(translate(language, key, values)) }
  return { tone: 'info', blocks: buttons.length > 0 ? [text, { type: 'buttons', buttons }] : [text] }
}

function draftButton(language: Language, label: string, action: string, draft: Pick<Draft, 'id'>): Button {
  return { label: translate(language, label), action, value: { draft: draft.id } }
}

/** Continues as a page where the platform shows pages. */
function continueButton(language: Language, draft: Pick<Draft, 'id'>): Button {
  return {
    ...draftButton(language, 'forms:button.continue', 'forms.continue', draft),
    opens: 'beside',
    style: 'primary',
  }
}

/** What can be done about a draft that waits. */
export function draftButtons(language: Language, draft: Pick<Draft, 'id'>): Button[] {
  return [
    continueButton(language, draft),
    draftButton(language, 'forms:button.delete', 'forms.delete', draft),
  ]
}

export function savedCard({ language }: Draft): Card {
  return textCard(language, 'forms:saved')
}

export function cancelledCard(draft: Draft): Card {
  const restore = draftButton(draft.language, 'forms:button.restore', 'forms.restore', draft)
  return textCard(draft.language, 'forms:cancelled', { minutes: recoverableMinutes }, [restore])
}

/** One draft to go on with: as a page, or in the conversation. */
export function continueCard(language: Language, title: string, draft: Pick<Draft, 'id'>): Card {
  return textCard(language, 'forms:continue', { title }, [
    continueButton(language, draft),
    draftButton(language, 'forms:button.ask', 'forms.ask', draft),
  ])
}

/** What came in as a file went where. */
export function filesCard(
  language: Language,
  key: string,
  values: Record<string, string | number>,
  draft: Pick<Draft, 'id'>,
): Card {
  return textCard(language, key, values, [continueButton(language, draft)])
}

/** The open drafts of somebody. */
export function draftsCard(language: Language, drafts: readonly Draft[], definitions: Definitions): Card {
  if (drafts.length === 0) return textCard(language, 'forms:drafts.none')
  return {
    tone: 'info',
    title: translate(language, 'forms:drafts.title'),
    blocks: drafts.flatMap((draft) => [
      ...titleBlocks(language, draft, definitions),
      {
        type: 'buttons',
        buttons: draftButtons(language, draft),
      },
    ]),
  }
}

function titleBlocks(language: Language, draft: Draft, definitions: Definitions): Block[] {
  const subject = subjectText(language, draft, definitions)
  return [
    {
      type: 'text',
      runs: [
        { text: titleOf(language, draft, definitions), strong: true },
        { text: translate(language, 'forms:drafts.touched', { at: minuteInChina(draft.updatedAt) }) },
      ],
    },
    ...(subject === '' ? [] : [{ type: 'note' as const, text: subject }]),
  ]
}

/** What a draft is about, by its form's context; empty where the form has no subject, or the context does not say it. */
export function subjectText(language: Language, draft: Draft, definitions: Definitions): string {
  const subject = definitions.subjectOf(draft)
  if (subject === null) return ''
  // 「{{name}}」 is no key of messages but the text itself, the same in each language.
  const wording =
    typeof subject === 'string' && subject.includes('{{') ? { 'zh-CN': subject, en: subject } : subject
  const said = translate(language, wording, draft.context).replaceAll(/\{\{.*?\}\}/g, '')
  return said.replaceAll(/\s+/g, ' ').trim()
}

/** The name of a draft's form, also where its version is no longer kept. */
export function titleOf(language: Language, draft: Draft, definitions: Definitions): string {
  return translate(language, definitions.titleOf(draft) ?? 'forms:drafts.unknown', draft.context)
}
