import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { NoticeLink } from '../records.ts'
import { topics } from './links.ts'

const mostOnPage = 8

/** What was just kept, and how it can be sorted. */
export function savedLinkCard(link: NoticeLink, count: number, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:link.${key}`, values)
  const others = topics.filter((topic) => topic !== link.topic)
  const buttons = others.map((topic): Button => {
    const title = translate(language, `notices:topic.${topic}`)
    return {
      label: say('sort', { topic: title }),
      action: 'notices.sort-link',
      value: { link: link.id, topic },
    }
  })
  const topic = translate(language, `notices:topic.${link.topic}`)
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(say('saved', { topic, count })) },
      { type: 'link', label: link.title, url: link.url },
      { type: 'buttons', buttons: [...buttons, dropButton(link, language), compileButton(language)] },
    ],
  }
}

/** Links that are kept for the next news. */
export function linksCard(links: readonly NoticeLink[], language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:link.${key}`, values)
  // The last first: what was kept by mistake was kept just now.
  const shown = links.toReversed().slice(0, mostOnPage)
  return {
    tone: 'info',
    title: say('title', { count: links.length }),
    blocks: [
      ...shown.flatMap((link): Block[] => [
        { type: 'link', label: link.title, url: link.url },
        { type: 'note', text: translate(language, `notices:topic.${link.topic}`) },
        { type: 'buttons', buttons: [dropButton(link, language)] },
      ]),
      ...(links.length > shown.length
        ? [{ type: 'note' as const, text: say('more', { count: links.length - shown.length }) }]
        : []),
      links.length === 0
        ? { type: 'text', runs: plain(say('none')) }
        : { type: 'buttons', buttons: [compileButton(language)] },
    ],
  }
}

/** Asks a cadre at the beginning of a week or month whether what was kept is put together. */
export function compileCard(count: number, rhythm: 'week' | 'month', language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:link.${key}`, values)
  const other = rhythm === 'week' ? 'month' : 'week'
  const change: Button = {
    label: say(`each-${other}`),
    ...{ action: 'notices.news-rhythm', value: { rhythm: other } },
  }
  return {
    tone: 'info',
    title: say('compile-title'),
    blocks: [
      { type: 'text', runs: plain(say('compile-text', { count })) },
      { type: 'buttons', buttons: [compileButton(language), change] },
    ],
  }
}

function dropButton(link: NoticeLink, language: Language): Button {
  return {
    label: translate(language, 'notices:link.drop'),
    ...{ action: 'notices.drop-link', value: { link: link.id } },
  }
}

function compileButton(language: Language): Button {
  return {
    label: translate(language, 'notices:link.compile'),
    ...{ action: 'notices.compile', value: {}, opens: 'beside', style: 'primary' },
  }
}
