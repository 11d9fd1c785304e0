import type { Button, Card } from '../../src/chat/card.ts'
import { createCirculation } from '../../src/features/circulation/circulation-feature.ts'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { createExpertSearch } from '../../src/features/submissions/experts/expert-search.ts'
import {
  createPublicNoticeWriter,
  noticeWriter,
} from '../../src/features/submissions/review/notice-to-each.ts'
import { createShowcaseWriter } from '../../src/features/submissions/review/showcase.ts'
import { createSimilar } from '../../src/features/submissions/search/similar.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import { buttonsOf } from '../fakes/chat-people.ts'
import { layGroundOfHuabei } from '../fakes/house-ground.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import type { Open } from '../store/each-database.ts'

export { accountOf, buttonsOf, privateChat } from '../fakes/chat-people.ts'

/** A proposal as somebody fills it in. */
export const proposal = {
  title: '三号线夹具改为快换式',
  variety: 'proposal',
  category: 'process',
  defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。',
  method: '夹具改为快换式定位销，另备一台换型小车。',
  effect: '换型时间由四十分钟降到十分钟。',
}

export interface HouseOptions {
  /** Where the kinds are. Default: those of the product. */
  folder?: string
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
}

/** A house with submissions alone, its workers, and people whose account is their name; time stands where it is put. */
export async function openSubmissionsHouse(
  open: Open,
  { folder = 'knowledge/submissions', showsForms = true }: HouseOptions = {},
) {
  const ground = await layGroundOfHuabei(open)
  const { store, files, errors, words } = ground
  const { sealer, publicUrl, wakeWorkers } = ground.shared
  const refused = (file: string, reason: string) => errors.push(`${file}: ${reason}`)
  const kinds = await openKinds({ store, folder, refused })
  const similar = createSimilar({ store, kinds, sealer, words })
  const experts = createExpertSearch(words)
  const context = { store, kinds, sealer, files, similar, experts, publicUrl, wakeWorkers }
  const { feature, takeStatement } = createSubmissions(context)
  const writers = new Map([
    ['submissions', createShowcaseWriter(context)],
    [noticeWriter, createPublicNoticeWriter(context)],
  ])
  const circulation = createCirculation({ store, writers, publicUrl, wakeWorkers })
  const { shownTo: cardsOf, ...workers } = startWorkers(ground, {
    ...{ features: [feature, circulation], takeStatement, showsForms },
    before: () => similar.refresh(),
  })
  const house = {
    ...{ ...ground, ...workers, feature, context, kinds, cardsOf },

    /** Sends something in and gives its row. */
    async sendIn(user: string, values: Record<string, string | string[]> = proposal, kind = 'proposal') {
      const opened = await house.click(user, { action: 'submissions.begin', value: { kind } })
      await house.fillIn(user, opened, values)
      await house.settle()
      return (await house.rows()).at(-1)!
    },

    /** Does what a button does, with the form that it may ask. */
    async act(user: string, number: string, action: string, values: Record<string, string | string[]> = {}) {
      const row = await house.row(number)
      const value = { submission: row.id, action, seen: String(row.stage) }
      const answered = await house.click(user, { action: 'submissions.act', value })
      const done = answered.form ? await house.fillIn(user, answered, values) : answered
      await house.settle()
      return done
    },

    rows: () => store.db.selectFrom('submission').selectAll().orderBy('number').execute(),

    row: (number: string) =>
      store.db.selectFrom('submission').selectAll().where('number', '=', number).executeTakeFirstOrThrow(),
  }
  return house
}

export type SubmissionsHouse = Awaited<ReturnType<typeof openSubmissionsHouse>>

/** The button of this action of a record. */
export function actionButton(card: Card | undefined, action: string): Button {
  const found = card && buttonsOf(card).find(({ value }) => value.action === action)
  if (!found) throw new Error(`no button ${action} on ${JSON.stringify(card)}`)
  return found
}
