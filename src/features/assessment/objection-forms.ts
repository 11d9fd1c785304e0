import type { Button } from '../../chat/card.ts'
import type { FormDefinition, Submission } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { mustMake } from './access.ts'
import { textCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { type Assessment, readAssessment } from './records.ts'
import { object, settle } from './results.ts'
import { doingOf } from './score-forms.ts'
import { measuresOf } from './sheet-schema.ts'

const label = (name: string) => `assessment:form.${name}`

/** The forms by which a result is objected to, and an objection settled. */
export function objectionForms(context: AssessmentContext): FormDefinition[] {
  return [objectForm(), settleForm(context)]
}

function objectForm(): FormDefinition {
  return {
    name: 'assessment.object',
    version: 1,
    title: label('object-title'),
    subject: '{{about}}',
    seenBy: label('object-seen-by'),
    pages: [
      {
        ...{ name: 'text', intro: [label('object-intro')] },
        fields: [
          {
            ...{ name: 'text', type: 'long-text', label: label('object-text') },
            required: true,
            least: 5,
            most: 500,
          },
        ],
      },
    ],
    async submit(sent) {
      const { subject, assessment } = await object(
        ...([sent.trx, sent.context.subject ?? '', String(sent.values.text), doingOf(sent)] as const),
      )
      const said = translate(sent.language, 'assessment:receipt.objected', { name: subject.name })
      return settlingReceipt(sent, assessment, said, 'mine')
    },
  }
}

function settleForm(context: AssessmentContext): FormDefinition {
  return {
    name: 'assessment.settle',
    version: 1,
    title: label('settle-title'),
    subject: '{{about}}',
    seenBy: label('seen-by'),
    pages: [
      {
        ...{ name: 'settle', intro: [label('settle-intro')] },
        fields: [
          {
            ...{ name: 'decision', type: 'select', label: label('decision'), required: true },
            options: (['rejected', 'upheld'] as const).map((value) => ({ value, label: label(value) })),
          },
          { name: 'measure', type: 'text', label: label('measure'), hint: label('measure-hint'), most: 80 },
          { name: 'points', type: 'number', label: label('new-points'), least: 0, most: 1000 },
          { name: 'reason', type: 'text', label: label('settle-reason'), required: true, most: 200 },
        ],
        async check({ values: { decision, measure, points } }) {
          if (decision !== 'upheld') return {}
          if (measure === undefined)
            return { measure: { key: 'assessment:problem.which-measure', values: {} } }
          if (points === undefined) return { points: { key: 'assessment:problem.which-points', values: {} } }
          return {}
        },
      },
    ],
    async submit(sent) {
      const { trx, values, language, context: about } = sent
      const doing = doingOf(sent)
      const assessment = await readAssessment(trx, about.assessment ?? '')
      await mustMake(trx, doing.by, assessment, doing.now)
      const typed = String(values.measure ?? '').trim()
      const measure = measuresOf(assessment.sheet).find(({ title }) => Object.values(title).includes(typed))
      const isUpheld = values.decision === 'upheld'
      if (isUpheld && !measure) throw new PlainError('assessment:problem.no-measure', { name: typed })
      const change = isUpheld && measure ? { measure: measure.name, points: Number(values.points) } : null
      const settlement = { objection: about.objection ?? '', change, reason: String(values.reason) }
      const { subject } = await settle(trx, context, assessment.row.id, settlement, doing)
      context.wakeWorkers()
      const said = translate(language, 'assessment:receipt.settled', { name: subject.name })
      return settlingReceipt(sent, assessment, said, 'show')
    },
  }
}

/** What was done, and where whoever did it goes on. The number is that of the assessment: it is not said as a new one. */
function settlingReceipt(
  { language }: Pick<Submission, 'language'>,
  { row }: Assessment,
  said: string,
  next: 'mine' | 'show',
) {
  const key = next === 'mine' ? 'assessment:own.title' : 'assessment:card.look'
  const button: Button = {
    ...{ label: translate(language, key), action: `assessment.${next}`, opens: 'beside' },
    value: next === 'mine' ? {} : { assessment: row.id },
  }
  return { number: row.number, card: textCard(said, [button]), alone: true, toast: said }
}
