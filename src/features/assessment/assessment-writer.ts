import { translate } from '../../messages/translate.ts'
import type { Writer } from '../circulation/port.ts'
import { fillersOf } from './access.ts'
import { textCard } from './cards.ts'
import { readAssessment, subjectsOf } from './records.ts'
import { praiseCard, resultCard } from './result-cards.ts'

/** Writes what assessments send to many: that they begin, their result, the praise of the best. */
export function createAssessmentWriter(): Writer {
  return {
    async prepare(trx, id, now) {
      const [which = '', post] = id.split(':')
      const assessment = await readAssessment(trx, which)
      const { row } = assessment
      if (row.state === 'draft' || row.state === 'cancelled') return null
      const subjects = await subjectsOf(trx, which)
      if (post === 'opening') {
        return ({ language }) => {
          const label = translate(language, 'assessment:own.title')
          const values = { title: row.title, fill: row.fill_until, check: row.check_until }
          return textCard(translate(language, 'assessment:card.opening', values), [
            { label, action: 'assessment.mine', value: {}, opens: 'beside', style: 'primary' },
          ])
        }
      }
      if (post === 'praise') return ({ language }) => praiseCard(assessment, subjects, language)
      const own = new Map<string, typeof subjects>()
      for (const subject of subjects) {
        for (const person of await fillersOf(trx, subject, now)) {
          own.set(person, [...(own.get(person) ?? []), subject])
        }
      }
      return ({ language, person }) =>
        resultCard(assessment, { subjects, own: (own.get(person ?? '') ?? []).slice(0, 5) }, { language })
    },
  }
}
