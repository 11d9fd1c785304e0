import type { FieldView, FormView } from '../chat/form-view.ts'
import { translate, type Wording } from '../messages/translate.ts'
import { filesOf } from './add-files.ts'
import type { FormField } from './definition.ts'
import { type Evaluation, own, summaryPage } from './evaluate.ts'
import { isBlank } from './fields/typed.ts'
import { introOf, notesOf, summaryIntro, summaryOf } from './form-texts.ts'
import type { Session } from './session.ts'

/**
 * The page at which a draft stands.
 * @param pressed The person wanted to go on from here: what is missing is named too, not only what is wrong.
 */
export async function viewOf(
  session: Session,
  evaluation: Evaluation,
  { pressed = false }: { pressed?: boolean } = {},
): Promise<FormView> {
  const { draft, definition } = session
  const { pages } = evaluation
  const at = pages.findIndex(({ name }) => name === draft.page)
  const page = pages[at]
  const common = { draft: draft.id, title: translate(draft.language, definition.title, draft.context) }
  if (!page) {
    return {
      ...common,
      page: summaryPage,
      step: { at: pages.length + 1, of: pages.length + 1 },
      intro: [...(await notesOf(evaluation, session)), ...summaryIntro(evaluation, session)],
      fields: [],
      summary: await summaryOf(evaluation, session),
      steps: ['submit', 'back', 'save', 'cancel'],
    }
  }
  return {
    ...common,
    page: page.name,
    step: { at: at + 1, of: pages.length + 1 },
    intro: introOf(page, session),
    fields: page.fields.map((field) => fieldView(field, session, evaluation, pressed)),
    summary: [],
    steps: at === 0 ? ['next', 'save', 'cancel'] : ['next', 'back', 'save', 'cancel'],
  }
}

function fieldView(
  field: FormField,
  { draft: { values, language } }: Session,
  { problems }: Evaluation,
  pressed: boolean,
): FieldView {
  const say = (key: Wording | undefined) => (key === undefined ? '' : translate(language, key))
  const typed = own(values, field.name)
  const problem = problems.get(field.name)
  const isFilled = typeof typed === 'string' ? !isBlank(typed) : (typed?.length ?? 0) > 0
  return {
    name: field.name,
    label: say(field.label),
    hint: say(field.hint),
    example: say(field.example),
    required: field.required ?? false,
    type: field.type,
    options: (field.options ?? []).map(({ value, label }) => ({ value, label: say(label) })),
    value: shown(field, values),
    problem: problem && (pressed || isFilled) ? translate(language, problem.key, problem.values) : '',
  }
}

function shown(field: FormField, values: Session['draft']['values']): string | string[] {
  if (field.type === 'file') return filesOf(values, field).map(({ name }) => name)
  const typed = own(values, field.name)
  if (field.type === 'multi-select') return (typed as string[] | undefined) ?? []
  return typeof typed === 'string' ? typed : (field.usual ?? '')
}
