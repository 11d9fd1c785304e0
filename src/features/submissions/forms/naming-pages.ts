import type { FilledForm, FormPage } from '../../../forms/definition.ts'
import { translate } from '../../../messages/translate.ts'
import type { Kind } from '../definition/schema.ts'

/** How it is signed is asked on a page that every kind with a choice has first. */

const field = 'naming'

/** The choice, each way with what it means for whoever signs so; none where there is nothing to choose. */
export function namingPages(kind: Pick<Kind, 'naming' | 'sealed'>): FormPage[] {
  if (kind.naming.length < 2) return []
  return [
    {
      name: field,
      intro: [
        'seal:naming.intro',
        ...kind.naming.map((naming) => `seal:naming.means-${closed(kind, naming)}`),
      ],
      fields: [
        {
          name: field,
          type: 'select',
          label: 'seal:naming.field',
          required: kind.naming[0] !== 'signed',
          usual: kind.naming[0]!,
          options: kind.naming.map((naming) => ({ value: naming, label: `seal:naming.${naming}` })),
        },
      ],
    },
  ]
}

/** What was chosen; what is none of the kind's own ways is the usual one. */
export function chosenNaming(
  values: Readonly<Record<string, unknown>>,
  { naming }: Pick<Kind, 'naming'>,
): Kind['naming'][number] {
  const chosen = values[field]
  return naming.find((one) => one === chosen) ?? naming[0]!
}

/**
 * Pages as they are asked by how it is signed: what lies encrypted has no co-authors, who would have to be asked by
 * name. The fields that are left out stand on a page of their own.
 * Where a record is changed later, the form's context says `sealed: yes` of one that is.
 */
export function pagesBySignature(
  pages: readonly FormPage[],
  kind: Pick<Kind, 'naming' | 'sealed' | 'pages'>,
): FormPage[] {
  const left = openFields(kind)
  if (kind.naming.every((naming) => naming === 'signed') && !kind.sealed) return [...pages]
  return pages.flatMap((page) => {
    const kept = page.fields.filter(({ name }) => !left.has(name))
    if (kept.length === page.fields.length) return [page]
    const open = page.fields.filter(({ name }) => left.has(name))
    const isAsked: FormPage['when'] = (values, context) =>
      !kind.sealed &&
      context.sealed !== 'yes' &&
      // Who has not signed in finds nobody by name.
      context.guest !== 'yes' &&
      chosenNaming(values, kind) === 'signed' &&
      (page.when === undefined || page.when(values, context))
    return [
      ...(kept.length === 0 ? [] : [{ ...page, fields: kept }]),
      { ...page, name: `${page.name}-signed`, intro: [], when: isAsked, fields: open },
    ]
  })
}

/** Fields that are asked of those who sign alone. */
function openFields({ pages }: Pick<Kind, 'pages'>): Set<string> {
  const fields = pages.flatMap((page) => page.fields)
  return new Set(fields.flatMap(({ name, sets }) => (sets === 'co-authors' ? [name] : [])))
}

/** Lines above the summary: what the choice means, once more before it is sent in. */
export function namingNotes(
  { values, language }: FilledForm,
  kind: Pick<Kind, 'naming' | 'sealed'>,
): string[] {
  const naming = chosenNaming(values, kind)
  if (kind.naming.length < 2 && !kind.sealed) return []
  const means = translate(language, `seal:naming.means-${closed(kind, naming)}`)
  const isSealed = kind.sealed || naming !== 'signed'
  return [
    translate(language, 'seal:naming.summary', { means }),
    ...(isSealed ? [translate(language, 'seal:naming.kept')] : []),
  ]
}

/** What is always encrypted promises more to whoever signs it. */
function closed({ sealed }: Pick<Kind, 'sealed'>, naming: Kind['naming'][number]): string {
  return naming === 'signed' && sealed ? 'signed-closed' : naming
}
