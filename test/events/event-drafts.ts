import type { EventDraft } from '../../src/features/events/making/keep-event.ts'

/** A lecture in China on Friday 13 March 2026, 14:00 to 16:00, for everybody of the house, as it is made. */
export function lecture(organisation: string, changed: Partial<EventDraft> = {}): EventDraft {
  return {
    kind: 'lecture',
    title: '工业机器人应用讲座',
    organisation,
    organisers: '华北重工科协',
    description: '介绍机器人焊接与上下料的应用。',
    place: '三楼报告厅',
    link: '',
    startsAt: new Date('2026-03-13T06:00:00Z'),
    endsAt: new Date('2026-03-13T08:00:00Z'),
    timeZone: 'Asia/Shanghai',
    audience: { organisations: [], roles: [], public: false },
    capacity: 2,
    reserved: [],
    opensAt: null,
    closesAt: new Date('2026-03-12T09:00:00Z'),
    cancelUntil: new Date('2026-03-12T09:00:00Z'),
    mode: 'first-come',
    mostGuests: 0,
    hasWaitingList: true,
    offerHours: 4,
    priority: [],
    questions: [],
    cost: '',
    contacts: '李梅 010-0000',
    materials: '',
    reminders: [1440, 60],
    online: false,
    hours: null,
    series: null,
    registersWith: null,
    copiedFrom: null,
    ...changed,
  }
}
