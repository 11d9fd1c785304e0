import { type KeyOf, translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import type { Store } from '../../store/store.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { Visit } from '../visit.ts'

type PageKey =
  Extract<KeyOf<'duty-pages'>, `liaison.${string}`> extends `liaison.${infer Rest}` ? Rest : never

/** A text of the pages of liaison in the language of the screen. */
export function liaisonSay({ language }: Pick<Visit, 'language'>) {
  return (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `duty-pages:liaison.${key}`, values)
}

/** The organisations of which the visitor may read what is kept about liaison. */
export async function readableOrganisations(
  store: Pick<Store, 'db'>,
  visit: Visit,
): Promise<VisibleOrganisation[]> {
  const visible = await visibleOrganisations(store.db, visit.actor)
  return visible.filter(({ place }) => can(visit.actor, 'liaison.view', place))
}
