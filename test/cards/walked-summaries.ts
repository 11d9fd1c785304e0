import type { Language } from '../../src/chat/language.ts'
import { quarterPeriod, yearPeriod } from '../../src/features/summaries/period.ts'
import {
  documentCard,
  draftedCard,
  sourcesCard,
  summaryCard,
} from '../../src/features/summaries/summary-cards.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** As many facts as an outline has; a phrase has names of 40 characters, eight at most. */
const facts = 15

export const walkedSummaries: Walked[] = [
  {
    makers: ['summaryCard', 'sourcesCard', 'draftedCard', 'documentCard'].map(
      (name) => `src/features/summaries/summary-cards.ts#${name}`,
    ),
    cards(language: Language, { name, title, many }: Sizes) {
      const cut = Array.from(title).slice(0, 40).join('')
      const sections = ['plan', 'organisation', 'contests', 'next'].map((key) => ({
        ...{ key, heading: Array.from(title).slice(0, 60).join('') },
        facts: Array.from({ length: facts }, (_, at) => ({
          ...{ number: at + 1, text: `${many} (${cut})`, figure: many, unit: '件' },
          sources: Array.from({ length: Math.min(many, 100) }, () => ({
            number: 'JY-2026-0001',
            title: cut,
          })),
        })),
      }))
      const now = new Date('2026-11-23T01:00:00Z')
      const shown = {
        ...{ organisation: 'o'.repeat(36), name, path: `${name}/${name}`, now, others: [name, name] },
        ...{ period: yearPeriod(2026), sections },
      }
      const nothing = {
        ...shown,
        period: quarterPeriod(2026, 3),
        sections: sections.map((one) => ({ ...one, facts: [] })),
      }
      return [
        summaryCard(shown, language),
        summaryCard(nothing, language),
        summaryCard({ ...shown, sections: [sections[0]!, ...nothing.sections.slice(1)] }, language),
        sourcesCard(shown, 'organisation', language),
        sourcesCard(nothing, '', language),
        draftedCard(`${name}2026`, true, language),
        draftedCard(`${name}2026`, false, language),
        documentCard({ name: `${cut}.docx`, mediaType, blob: 'b', url: 'https://a.example/1' }),
      ]
    },
  },
]
