import { expect } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import { type Language, languages } from '../../src/chat/language.ts'
import { translate } from '../../src/messages/translate.ts'
import * as feishu from '../../src/platforms/feishu/render-card.ts'
import { renderForm as renderFeishuForm } from '../../src/platforms/feishu/render-form.ts'
import * as feishuStream from '../../src/platforms/feishu/render-stream.ts'
import * as slack from '../../src/platforms/slack/render-card.ts'
import { renderModal, renderForm as renderSlackForm } from '../../src/platforms/slack/render-form.ts'
import * as slackStream from '../../src/platforms/slack/render-stream.ts'
import { harmlessText } from '../../src/platforms/text/harmless-text.ts'
import { refusalOfCard } from '../fakes/feishu-card-rules.ts'
import { createFeishuCardkit } from '../fakes/feishu-cardkit.ts'
import { problemsOfBlocks, problemsOfView } from '../fakes/slack-block-rules.ts'
import { readIn } from '../fakes/slack-person.ts'
import { read } from '../platforms/feishu-stage.ts'

const slackPlaces = [
  { chat: 'D1', thread: '', group: false },
  { chat: 'C1', thread: '1772413323.000100', group: true },
]
const feishuPlaces = [
  { thread: '', group: false },
  { thread: 'om_dc13264520392913993dd051dba21d01', group: true },
]

/** Renders a card wherever either messenger may show it, and holds it against the vendors' rules. */
export function checkCard(card: Card, language: Language): void {
  const texts = textsOf(card)
  const message = slack.renderCard(card, 'message', language)
  expect(problemsOfBlocks(message, 'message')).toEqual([])
  expectVisible(texts, readIn(message))
  const fallback = slack.fallbackText(card)
  expect(fallback.length).toBeLessThanOrEqual(3000)
  expect(fallback).not.toMatch(/[<>]/)
  for (const place of slackPlaces) expect(problemsOfView(renderModal(card, place, language))).toEqual([])
  const home = { type: 'home', blocks: slack.renderCard(card, 'home', language) }
  expect(problemsOfView(home)).toEqual([])
  expectVisible(texts, readIn(home))
  for (const place of feishuPlaces) {
    const drawn = feishu.renderCard(card, place)
    expect(refusalOfCard(JSON.stringify(drawn))).toBeNull()
    expectVisible(texts, read(drawn))
    if (hasButtons(card)) expect(JSON.stringify(drawn)).toContain('"type":"callback"')
  }
  if (hasButtons(card)) expect(JSON.stringify(message)).toContain('"type":"actions"')
  if (card.growing) checkGrowing(card, card.growing)
}

/** The same while it is written: as a text of Slack, and as an entity of Feishu with one element that grows. */
function checkGrowing(card: Card, { at, count, lead }: NonNullable<Card['growing']>): void {
  const text = slackStream.renderStream(card)!
  // https://docs.slack.dev/reference/methods/chat.startStream
  expect(text.length).toBeLessThanOrEqual(12_000)
  expect(bare(text)).toContain(bare(lead))
  expect(text).not.toMatch(/[<>](?!\s)/)
  const cardkit = createFeishuCardkit(() => new Date(0))
  for (const place of feishuPlaces) {
    const stream = feishuStream.renderStream(card, place)
    // So long that it is sent as it is.
    if (!stream) continue
    const given = { type: 'card_json', data: JSON.stringify(stream.card) }
    expect(cardkit.handle('POST', '/open-apis/cardkit/v1/cards', given)).toMatchObject({ body: { code: 0 } })
    const grows = stream.card.body.elements.filter(
      ({ element_id }) => element_id === feishuStream.writtenElement,
    )
    expect(grows.map(({ content }) => content)).toEqual([stream.text])
    // Notes on what grows come with the whole card.
    const shown = card.blocks.filter(({ type }, i) => type !== 'note' || i < at || i >= at + count)
    expectVisible([lead, ...textsOf({ ...card, blocks: shown })], read(stream.card))
  }
}

/** The same of a page of a form. */
export function checkForm(view: FormView, language: Language): void {
  const texts = [
    ...view.intro,
    ...view.summary.flatMap(({ label, value }) => [label, value]),
    ...view.fields.flatMap(({ label, problem }) => [label, problem]),
  ]
  for (const place of slackPlaces) {
    const modal = renderSlackForm(view, place, language)
    expect(problemsOfView(modal)).toEqual([])
    expectVisible(texts, readIn(modal))
  }
  for (const place of feishuPlaces) {
    const drawn = renderFeishuForm(view, place, language)
    expect(refusalOfCard(JSON.stringify(drawn))).toBeNull()
    expectVisible(texts, read(drawn))
  }
}

/** Everything on it that is read. */
function textsOf(card: Card): string[] {
  const texts = card.blocks.flatMap((block): string[] => {
    switch (block.type) {
      case 'text':
      case 'quote':
        return block.runs.map(({ text }) => text)
      case 'list':
        return block.items.flat().map(({ text }) => text)
      case 'table':
        return [block.header, ...block.rows].flat()
      case 'buttons':
        return block.buttons.map(({ label }) => label)
      case 'note':
        return [block.text]
      case 'link':
        return [block.label]
      case 'picture':
        return [block.alt]
      case 'file':
      case 'document':
        return [block.name]
      default:
        return []
    }
  })
  return [...(card.title ? [card.title] : []), ...texts]
}

function hasButtons(card: Card): boolean {
  return card.blocks.some((block) => block.type === 'buttons' && block.buttons.length > 0)
}

/** What says that a card was shortened. */
const notices = languages.flatMap((language) =>
  ['slack', 'feishu'].map((platform) => bare(translate(language, `${platform}:shortened`))),
)

/** All of it is there to be read; what is not ends in an ellipsis, or the card says as a whole that it was shortened. */
function expectVisible(given: readonly string[], shown: string): void {
  const there = bare(shown)
  if (notices.some((notice) => there.includes(notice))) return
  const missing = given.map(bare).filter((text) => !there.includes(text) && !isCutIn(text, there))
  expect(missing.map((text) => text.slice(0, 200))).toEqual([])
}

/** Whether the beginning of a text is there, and an ellipsis in place of the rest. */
function isCutIn(text: string, there: string): boolean {
  const begin = text.slice(0, 10)
  for (let at = there.indexOf(begin); at >= 0; at = there.indexOf(begin, at + 1)) {
    let length = begin.length
    while (there[at + length] === text[length]) length += 1
    if (there[at + length] === '…') return true
  }
  return false
}

/** Without what a screen shows as space, and without the signs that either messenger sets before a line. */
function bare(text: string): string {
  return harmlessText(text).replaceAll(/[\s>•|*]/g, '')
}
