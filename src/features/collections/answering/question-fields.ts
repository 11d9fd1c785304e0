import type { FormField, FormPage, FormValues } from '../../../forms/definition.ts'
import type { Wording } from '../../../messages/translate.ts'
import {
  type CollectionDefinition,
  type Condition,
  keptAs,
  limits,
  type Question,
  type Text,
} from '../definition/definition.ts'

/** The pages by which a collection is answered: each question a field, conditions by what was answered before. */
export function pagesOfDefinition(definition: CollectionDefinition, notice: Wording): FormPage[] {
  const first = definition.intro['zh-CN'] === '' ? [] : [plainText(definition.intro)]
  return definition.pages.flatMap((page, p) => {
    const heading = page.title['zh-CN'] === '' ? [] : [plainText(page.title)]
    const pieces: Question[][] = []
    for (let at = 0; at < page.questions.length; at += limits.onPage) {
      pieces.push(page.questions.slice(at, at + limits.onPage))
    }
    return pieces.map(
      (questions, n): FormPage => ({
        name: `page-${p + 1}-${n + 1}`,
        intro: [...(p === 0 && n === 0 ? [...first, notice] : []), ...heading],
        when: (values) => page.when.every((condition) => holds(condition, values)),
        fields: questions.map(fieldOf),
      }),
    )
  })
}

function holds({ question, is }: Condition, values: FormValues): boolean {
  const value = values[question]
  const given = Array.isArray(value) ? value : [value]
  return given.some((one) => typeof one === 'string' && is.includes(one))
}

/** Asked by a choice: a box that nobody touched says nothing, and would count as a no. */
const yesOrNo = [
  { value: 'yes', label: 'forms:value.yes' },
  { value: 'no', label: 'forms:value.no' },
] as const

function fieldOf(question: Question): FormField {
  const { name, label, hint, required, options, least, most } = question
  const type = question.type === 'checkbox' ? 'select' : question.type
  return {
    ...{ name, type, label: plainText(label), required },
    ...(hint['zh-CN'] === '' ? {} : { hint: plainText(hint) }),
    ...(options.length === 0
      ? {}
      : { options: options.map((option) => ({ value: keptAs(option), label: plainText(option) })) }),
    ...(question.type === 'checkbox' ? { options: [...yesOrNo] } : {}),
    ...(least === null ? {} : { least }),
    ...(most === null ? {} : { most }),
    // Colleagues are named as they are known to each other.
    ...(type === 'person' || type === 'people' ? { colleagues: true } : {}),
  }
}

/** What somebody wrote stands there as it is: nothing is filled into it. */
function plainText(text: Text): Text {
  const bare = (one: string) => one.replaceAll('{{', '{ {')
  return { 'zh-CN': bare(text['zh-CN']), en: bare(text.en) }
}
