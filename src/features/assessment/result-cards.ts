import type { Block, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { CardReader } from '../circulation/port.ts'
import {
  buttonsOf,
  gradeTitle,
  note,
  pointsText,
  sayIn,
  standingOf,
  strong,
  subjectButton,
  textOf,
} from './cards.ts'
import type { Assessment, Subject } from './records.ts'

/** More would not fit a card. */
const mostRanked = 20

/** The result, for its readers. Of persons a group reads the best alone, each reads their own. */
export function resultCard(
  assessment: Assessment,
  { subjects, own }: { subjects: readonly Subject[]; own: readonly Subject[] },
  { language }: Pick<CardReader, 'language'>,
): Card {
  const say = sayIn(language)
  const { row, sheet } = assessment
  const isOver = row.state !== 'published'
  const isOpenToAll = row.subjects === 'unit'
  const shown = isOpenToAll
    ? subjects.slice(0, mostRanked)
    : subjects.filter((one) => sheet.praised.includes(one.row.grade ?? '')).slice(0, mostRanked)
  const counts = sheet.grades.map(({ name, title }) => {
    const count = subjects.filter((one) => one.row.grade === name).length
    return say('grade-count', { grade: title[language], count })
  })
  return {
    tone: 'info',
    title: say('result-title', { title: row.title }),
    blocks: [
      strong(counts.join(say('comma'))),
      ...(shown.length > 0
        ? [
            {
              type: 'table' as const,
              header: [say('place'), say('name'), say('points'), say('grade')],
              rows: shown.map((one) => [
                ...[String(one.row.place ?? ''), one.name, isOpenToAll ? pointsText(one.row.total) : ''],
                gradeTitle(assessment, one.row.grade, language),
              ]),
            },
          ]
        : []),
      ...(isOpenToAll && subjects.length > shown.length
        ? [note(say('and-more', { count: subjects.length }))]
        : []),
      ...own.flatMap((one) => [
        strong(`${one.name} · ${standingOf(assessment, one, language)}`),
        ...buttonsOf([subjectButton(one, language)]),
      ]),
      note(
        isOver || !row.notice_until
          ? say('result-over')
          : say('objections-until', { at: minuteInChina(new Date(row.notice_until)) }),
      ),
    ],
  }
}

/** The praise of whoever stands out, for groups. */
export function praiseCard(assessment: Assessment, subjects: readonly Subject[], language: Language): Card {
  const say = sayIn(language)
  const { row, sheet, organisation } = assessment
  return {
    tone: 'info',
    title: say('praise-title', { title: row.title }),
    blocks: [
      ...sheet.praised.flatMap((grade): Block[] => {
        const names = subjects.filter((one) => one.row.grade === grade).map((one) => one.name)
        if (names.length === 0) return []
        return [
          strong(gradeTitle(assessment, grade, language)),
          textOf(names.slice(0, 50).join(say('comma'))),
        ]
      }),
      textOf(say('praise', { organisation })),
    ],
  }
}
