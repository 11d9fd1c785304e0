import type { Button } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Kind, KindAction } from '../definition/schema.ts'
import type { PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'

/** What of a record an action names: another record, an offer, a milestone, an expert. */
const named = { into: 'merged-into', offer: 'offer', milestone: 'milestone', expert: 'expert' } as const

type Named = keyof typeof named

/** What a button fills into the form of its action, by the names of the fields. */
export function filledBy(
  kind: Pick<Kind, 'actions'>,
  action: string,
  value: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields = kind.actions[action]?.fields ?? []
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, sets]) => {
      const field = fields.find((one) => one.sets === sets)
      const given = value[key]
      return field && given ? [[field.name, given]] : []
    }),
  )
}

/** The button that does something to one offer, milestone or expert; none where it cannot be done now. */
export function itemButtons(
  { row }: Pick<Submission, 'row'>,
  possible: readonly PossibleAction[],
  does: KindAction['does'][number],
  item: Partial<Record<Named, string>>,
  language: Language,
  label?: string,
): Button[] {
  const found = possible.find(({ action }) => action.does.includes(does))
  if (!found) return []
  return [
    {
      label: label ?? found.action.title[language],
      action: 'submissions.act',
      value: { submission: row.id, action: found.name, seen: String(row.stage), ...item },
      ...(found.action.fields.length > 0 ? { opens: 'beside' as const } : {}),
      style: found.action.style,
    },
  ]
}

/** What is possible beside the buttons that stand with the offers and milestones of a record. */
export function withoutItems(
  { kind }: Pick<Submission, 'kind'>,
  possible: readonly PossibleAction[],
): PossibleAction[] {
  return kind.offers === undefined ? [...possible] : possible.filter((one) => !isForItem(one))
}

/** Whether an action is about one offer or milestone, which has a button of its own. */
export function isForItem({ action }: Pick<PossibleAction, 'action'>): boolean {
  return action.fields.some(({ sets }) => sets === 'offer' || sets === 'milestone')
}
