import { keepResource, type ResourceDraft } from '../../src/features/resources/keeping/keep-resource.ts'
import { openResourceKinds } from '../../src/features/resources/kinds.ts'
import type { ResourceRow } from '../../src/features/resources/records.ts'
import type { ConsoleHouse } from '../console/console-house.ts'
import { hall } from './resource-drafts.ts'

/** Enters a resource of the house that outside units may ask for. */
export function addPublicHall(
  { store, root, time }: ConsoleHouse,
  changed: Partial<ResourceDraft> = {},
): Promise<ResourceRow> {
  const kinds = openResourceKinds({ folder: 'knowledge/resources', refused: () => {} })
  const draft = hall(root, { share: 'public', leadDays: 3, mostPeople: 100, ...changed })
  return store.transaction((trx) =>
    keepResource(trx, { kinds }, draft, { known: null, by: null, now: time.now }),
  )
}

/** What a school fills in. */
export const schoolVisit = {
  ...{ unit: '太原市第五中学', name: '王老师', phone: '0351-7654321', people: '80', day: '2026-03-05' },
  ...{ from: '09:00', to: '11:00', wishes: '下周五上午也可以', purpose: '初二学生研学', consent: 'yes' },
}
