import type { Block, Button, Card } from '../../../chat/card.ts'
import { plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { AwardKind } from '../award-kind.ts'
import type { Campaign, CampaignRow } from '../records.ts'

/** More would not fit a line of a card. */
const longest = 200

export function shortened(text: string, most = longest): string {
  const letters = Array.from(text)
  return letters.length > most ? `${letters.slice(0, most).join('')}……` : text
}

export function stateTitle(state: CampaignRow['state'], language: Language): string {
  return translate(language, `campaigns:state.${state}`)
}

export function periodOf(
  { starts_on: starts, ends_on: ends }: Pick<CampaignRow, 'starts_on' | 'ends_on'>,
  language: Language,
): string {
  return translate(language, 'campaigns:card.from-until', { starts, ends })
}

export function jointOf(language: Language): string {
  return language === 'en' ? ', ' : '、'
}

export function awardsLine(awards: readonly AwardKind[], language: Language): string {
  return awards
    .map(({ title, places }) =>
      translate(language, 'campaigns:card.award', { title: title[language], places }),
    )
    .join(jointOf(language))
}

export function rubricLine({ rubric }: Pick<Campaign, 'rubric'>, language: Language): string {
  return rubric.criteria.map(({ title, most }) => `${title[language]} ${most}`).join(jointOf(language))
}

export function textCard(text: string, buttons: Button[] = []): Card {
  return { tone: 'info', blocks: [textBlock(text), ...buttonsBlock(buttons)] }
}

export function textBlock(text: string): Block {
  return { type: 'text', runs: plain(text) }
}

/** A line with its name before it; none where it says nothing. */
export function fact(label: string, value: string): Block[] {
  return value === ''
    ? []
    : [{ type: 'text', runs: [{ text: label, strong: true }, ...plain(shortened(value))] }]
}

export function buttonsBlock(buttons: Button[]): Block[] {
  return buttons.length === 0 ? [] : [{ type: 'buttons', buttons }]
}

/** Kinds that are offered at once: more would crowd out the rest of a card. */
const mostBegun = 3

/** The forms of what takes part: sending in is what a campaign asks for. @param titles Of the kinds, in their order. */
export function beginButtons(
  kinds: readonly string[],
  titles: readonly string[],
  language: Language,
): Button[] {
  return kinds.slice(0, mostBegun).map((kind, at) => ({
    label: translate(language, 'submissions:begin.button', { what: shortened(titles[at] ?? kind, 20) }),
    ...{ action: 'submissions.begin', value: { kind }, opens: 'beside' },
  }))
}

/** Shows how far its reviewing is. */
export function reviewingButton(campaign: string, language: Language): Button {
  return {
    label: translate(language, 'judging:do.reviewing'),
    ...{ action: 'campaigns.reviewing', value: { campaign }, opens: 'beside' },
  }
}

/** Shows a campaign. */
export function showButton(campaign: string, language: Language): Button {
  return {
    label: translate(language, 'campaigns:do.show'),
    ...{ action: 'campaigns.show', value: { campaign }, opens: 'beside' },
  }
}
