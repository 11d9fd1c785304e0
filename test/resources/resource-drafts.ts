import { keepResource, type ResourceDraft } from '../../src/features/resources/keeping/keep-resource.ts'
import type { ResourceRow } from '../../src/features/resources/records.ts'
import type { EventsHouse } from '../events/events-house.ts'

/** A hall of the whole house, open on weekdays, one booking at a time. */
export function hall(organisation: string, changed: Partial<ResourceDraft> = {}): ResourceDraft {
  return {
    ...{ kind: 'facility', title: '智能制造展厅', description: '六条机器人产线。', share: 'house' },
    ...{ subjects: '机器人、智能制造', organisation, owner: null, place: '太原厂区一号楼', region: '太原市' },
    ...{ timeZone: '', hours: '周一至周五 09:00-12:00 14:00-17:00', onWorkingDays: true, closed: '' },
    ...{
      leadDays: 0,
      mostPeople: 50,
      mostADay: null,
      together: null,
      rules: '请穿平底鞋',
      contact: '0351-1234567',
    },
    ...changed,
  }
}

/** Enters a resource as the command line does. */
export function addResource(
  { store, people, resources, time }: EventsHouse,
  changed: Partial<ResourceDraft> = {},
): Promise<ResourceRow> {
  return store.transaction((trx) =>
    keepResource(trx, resources.context, hall(people.branch ?? '', changed), {
      ...{ known: null, by: null, now: time.now },
    }),
  )
}

/** What a colleague fills in to book. */
export const visit = {
  ...{ day: '2026-03-05', from: '09:00', to: '11:00', people: '20', purpose: '青年职工参观', unit: '' },
  ...{ name: '张三', phone: '13900000001' },
}
