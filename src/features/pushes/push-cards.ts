import { type Block, type Button, type Card, isLinkable, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { ExportableTable } from './context.ts'
import type { Push } from './keep-push.ts'

type Shown = Pick<Push, 'id' | 'title' | 'url' | 'daily'>

const sayIn =
  (language: Language) =>
  (key: KeyOf<'pushes'>, values: Record<string, string | number> = {}) =>
    translate(language, `pushes:${key}`, values)

/** That a push was taken and will be told of. */
export function takenCard(push: Shown, language: Language): Card {
  const say = sayIn(language)
  return {
    tone: 'info',
    title: say('taken.title'),
    blocks: [
      text(say('taken.text', { title: push.title })),
      { type: 'note', text: say(push.url === '' ? 'taken.new' : 'taken.again') },
    ],
  }
}

/** That the tables are there. */
export function doneCard(push: Shown, rows: number, language: Language): Card {
  const say = sayIn(language)
  return {
    tone: 'answer',
    title: say('done.title'),
    blocks: [
      text(say('done.text', { title: push.title, rows })),
      ...linkTo(push, language),
      { type: 'note', text: say('done.note') },
      { type: 'buttons', buttons: [againButton(push, language), dailyButton(push, language)] },
    ],
  }
}

/** Why the tables are not there, and what can be done. */
export function failedCard(push: Shown & Pick<Push, 'problem'>, language: Language): Card {
  const say = sayIn(language)
  return {
    tone: 'error',
    title: say('failed.title'),
    blocks: [
      text(say('failed.text', { title: push.title })),
      text(problemText(push, language)),
      ...linkTo(push, language),
      {
        type: 'buttons',
        buttons: [againButton(push, language), ...(push.url === '' ? [] : [newBaseButton(push, language)])],
      },
    ],
  }
}

/** What a person pushes, and what could be pushed. */
export function pushesCard(
  pushes: readonly Push[],
  tables: readonly ExportableTable[],
  language: Language,
): Card {
  const say = sayIn(language)
  const names = tables.flatMap(({ words, number }) => (number === null ? (words[language][0] ?? []) : []))
  const records = tables.flatMap(({ words, number }) => (number === null ? [] : (words[language][0] ?? [])))
  return {
    tone: 'info',
    title: say('list.title'),
    blocks: [
      text(say('list.how')),
      {
        type: 'list',
        items: [
          plain(say('list.tables', { names: names.join(say('joint')) })),
          plain(say('list.records', { names: records.join(say('joint')) })),
          plain(say('list.link')),
        ],
      },
      ...pushes.slice(0, 8).flatMap((push): Block[] => [
        { type: 'divider' },
        text(
          say(`list.${push.state}`, {
            ...{ title: push.title, daily: push.daily === 1 ? say('list.daily') : '' },
            at: push.pushed_at === null ? say('list.never') : minuteInChina(new Date(push.pushed_at)),
          }),
        ),
        ...linkTo(push, language),
        { type: 'buttons', buttons: [againButton(push, language), dailyButton(push, language)] },
      ]),
    ],
  }
}

/** Why a push failed, as people read it. */
export function problemText({ problem }: Pick<Push, 'problem'>, language: Language): string {
  const { key, values } = JSON.parse(problem) as { key: string; values: Record<string, string | number> }
  return translate(language, key, values)
}

export function newBaseButton({ id }: Pick<Push, 'id'>, language: Language): Button {
  return { label: sayIn(language)('button.new-base'), action: 'pushes.new-base', value: { push: id } }
}

export function againButton({ id }: Shown, language: Language): Button {
  return { label: sayIn(language)('button.again'), action: 'pushes.again', value: { push: id } }
}

export function dailyButton({ id, daily }: Shown, language: Language): Button {
  const say = sayIn(language)
  const label = say(daily === 1 ? 'button.daily-off' : 'button.daily-on')
  return { label, action: 'pushes.daily', value: { push: id, daily: daily === 1 ? 'off' : 'on' } }
}

function linkTo({ url }: Shown, language: Language): Block[] {
  return isLinkable(url) ? [{ type: 'link', label: sayIn(language)('open'), url }] : []
}

function text(words: string): Block {
  return { type: 'text', runs: plain(words) }
}
