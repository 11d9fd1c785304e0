import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'

/** For whom words are: guests too, whoever is signed in, those who hold an office. */
export type Circle = 'all' | 'staff' | 'office'

export const circles = ['all', 'staff', 'office'] as const satisfies Circle[]

/** Words that belong together, by the keys of their texts. */
export interface Theme {
  name: string
  title: string
  /** Of texts with a line for each of the words: what is said, a dash, what comes of it. */
  lines: Partial<Record<Circle, string>>
}

/** Something that can be said. */
export interface Saying {
  say: string
  what: string
  circle: Circle
}

/** In the order in which they are shown. */
export const themes: readonly Theme[] = [
  {
    name: 'asking',
    title: 'guide:asking.title',
    lines: { all: 'guide:asking.all', office: 'guide:asking.office' },
  },
  {
    name: 'proposals',
    title: 'guide:proposals.title',
    lines: { all: 'guide:proposals.all', office: 'guide:proposals.office' },
  },
  { name: 'honours', title: 'guide:honours.title', lines: { all: 'guide:honours.all' } },
  { name: 'problems', title: 'guide:problems.title', lines: { all: 'guide:problems.all' } },
  {
    name: 'events',
    title: 'guide:events.title',
    lines: { all: 'guide:events.all', office: 'guide:events.office' },
  },
  {
    name: 'campaigns',
    title: 'guide:campaigns.title',
    lines: { all: 'guide:campaigns.all', staff: 'guide:campaigns.staff', office: 'guide:campaigns.office' },
  },
  {
    name: 'asked',
    title: 'guide:asked.title',
    lines: { staff: 'guide:asked.staff', office: 'guide:asked.office' },
  },
  {
    name: 'notices',
    title: 'guide:notices.title',
    lines: { staff: 'guide:notices.staff', office: 'guide:notices.office' },
  },
  {
    name: 'assessment',
    title: 'guide:assessment.title',
    lines: { staff: 'guide:assessment.staff', office: 'guide:assessment.office' },
  },
  {
    name: 'reminders',
    title: 'guide:reminders.title',
    lines: { staff: 'guide:reminders.staff', office: 'guide:reminders.office' },
  },
  {
    name: 'planning',
    title: 'guide:planning.title',
    lines: { staff: 'guide:planning.staff', office: 'guide:planning.office' },
  },
  {
    name: 'resources',
    title: 'guide:resources.title',
    lines: { all: 'guide:resources.all', office: 'guide:resources.office' },
  },
  {
    name: 'liaison',
    title: 'guide:liaison.title',
    lines: { all: 'guide:liaison.all', staff: 'guide:liaison.staff', office: 'guide:liaison.office' },
  },
  {
    name: 'own',
    title: 'guide:own.title',
    lines: { all: 'guide:own.all', staff: 'guide:own.staff', office: 'guide:own.office' },
  },
]

/** What can be said about a theme, in a language. */
export function sayingsOf({ lines }: Theme, language: Language): Saying[] {
  return circles.flatMap((circle) => {
    const key = lines[circle]
    if (key === undefined) return []
    return translate(language, key)
      .split('\n')
      .map((line) => {
        const [say = '', what = ''] = line.split(' — ')
        return { say, what, circle }
      })
  })
}
