import type { Card, DocumentBlock } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { note, textOf } from './cards.ts'
import type { Honour } from './honours.ts'
import { type HonoursSpan, honoursTitle } from './honours-span.ts'

/** More would not fit a card; the files hold all. */
const mostShown = 20

/** 荣誉名单: the first of it, and files of all. */
export function honoursCard(
  honours: readonly Honour[],
  { span, files }: { span: HonoursSpan; files: readonly Omit<DocumentBlock, 'type'>[] },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `assessment:honours.${key}`, values)
  const shown = honours.slice(0, mostShown)
  return {
    tone: 'info',
    title: honoursTitle(span, language),
    blocks: [
      textOf(honours.length === 0 ? say('none') : say('count', { count: honours.length })),
      ...(shown.length > 0
        ? [
            {
              type: 'table' as const,
              header: [say('column.name'), say('column.honour'), say('column.of'), say('column.day')],
              rows: shown.map(({ name, unit, honour, of, day }) => [
                ...[unit === '' ? name : say('of-unit', { name, unit }), honour, of, day],
              ]),
            },
          ]
        : []),
      ...(honours.length > shown.length ? [note(say('more', { count: honours.length - shown.length }))] : []),
      note(say('beside')),
      ...files.map((file): DocumentBlock => ({ type: 'document', ...file })),
    ],
  }
}
