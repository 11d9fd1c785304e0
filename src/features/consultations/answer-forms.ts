import type { FormDefinition, FormPage, Submission } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate, type Wording } from '../../messages/translate.ts'
import { keepAnswer } from './answers.ts'
import { textCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import type { Question } from './questions.ts'
import { type Consultation, readConsultation } from './records.ts'
import { questionField, remarkField } from './said.ts'

const label = (name: string) => `consultations:answer.${name}`

/**
 * What the form of an answer is about. The questions go with it, so that a draft asks what it began with.
 * @param inGroup Whether it was opened in a group where it was posted.
 */
export function answerContext({ row, questions }: Consultation, inGroup: boolean): Record<string, string> {
  return {
    ...{ consultation: row.id, number: row.number, title: row.title },
    ...{ questions: JSON.stringify(questions), inGroup: inGroup ? 'yes' : '' },
  }
}

/** Both ways to answer: of the one without a name all lies encrypted from the first page on. */
export function answerForms(context: ConsultationsContext): FormDefinition[] {
  const common = { subject: '{{number}}', pages: [], pagesOf }
  return [
    {
      ...{ ...common, name: 'consultations.answer', version: 1, title: label('title') },
      seenBy: label('seen-by-signed'),
      submit: (sent) => submit(sent, context, 'signed'),
    },
    {
      ...{
        ...common,
        name: 'consultations.answer-unsigned',
        version: 1,
        title: label('title-unsigned'),
        sealed: true,
      },
      seenBy: label('seen-by-unsigned'),
      submit: (sent) => submit(sent, context, 'unsigned'),
    },
  ]
}

function pagesOf(context: Readonly<Record<string, string>>): FormPage[] {
  const questions = JSON.parse(context.questions ?? '[]') as Question[]
  const asksWordsAlone = questions.every(({ choices }) => choices.length === 0)
  return [
    {
      name: 'answers',
      intro: [label('intro')],
      fields: [
        ...questions.map(({ text, choices }, at) => ({
          ...{ name: questionField(at), label: asTyped(text) },
          ...(choices.length === 0
            ? { type: 'long-text' as const, most: 1000, required: asksWordsAlone && at === 0 }
            : {
                ...{ type: 'select' as const, required: true },
                options: choices.map((choice, which) => ({ value: String(which), label: asTyped(choice) })),
              }),
        })),
        {
          ...{ name: remarkField, type: 'long-text' as const, label: label('remark'), most: 1000 },
          hint: label('remark-hint'),
        },
      ],
    },
  ]
}

/** Words of whoever asks, in both languages as they are. */
function asTyped(text: string): Wording {
  // What stands in double braces would be filled in.
  const shown = text.replaceAll('{{', '{ {')
  return { 'zh-CN': shown, en: shown }
}

async function submit(
  sent: Submission,
  context: ConsultationsContext,
  naming: Consultation['row']['naming'],
) {
  const { trx, person, now, draft, values, language } = sent
  if (person === null) throw new PlainError('consultations:sign-in')
  const consultation = await readConsultation(trx, sent.context.consultation ?? '')
  const { number, naming: asked } = consultation.row
  if (asked !== naming) throw new PlainError('consultations:gone')
  const inGroup = sent.context.inGroup === 'yes'
  await keepAnswer(trx, context, consultation, { person, values, draft, inGroup, now })
  context.wakeWorkers()
  // Nothing of what was said stands in the receipt: it is kept for a while.
  const said = translate(language, `consultations:receipt.answered-${naming}`, { number })
  const toast = translate(language, 'consultations:receipt.thanks')
  return { number, card: textCard(said), alone: true, isOpen: true, toast }
}
