import { randomUUID } from 'node:crypto'
import { scoreEntry } from '../../src/features/campaigns/judging/score.ts'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { rubricOf } from '../../src/features/submissions/definition/rubric.ts'
import { mostPoints, type Rubric } from '../../src/features/submissions/port.ts'
import { createPerson } from '../../src/people/people.ts'
import { openStore, type Store, type StoreLocation } from '../../src/store/store.ts'
import { seededRandom } from '../seeded-random.ts'
import { type House, settle } from '../submissions/people.ts'

export interface StoredCampaign {
  campaign: string
  entries: number
  reviewers: number
  scores: number
}

/** Each entry is reviewed by so many. */
const reviewsEach = 3
/** Rows of one statement: SQLite takes 32,766 parameters. */
const together = 250
const firstDay = Date.parse('2026-03-01T01:00:00Z')
const length = 60 * 24 * 3600_000

/** A campaign under review, with what takes part, in all states, and every score given; each entry's own by the product's rule. */
export async function storeCampaign(
  location: StoreLocation,
  { entries, reviewers, people = 2000 }: { entries: number; reviewers: number; people?: number },
): Promise<StoredCampaign> {
  const store = await openStore(location)
  try {
    const house = await settle(store, people)
    const kinds = await openKinds({ store, folder: 'knowledge/submissions', refused: failed })
    const kind = kinds.current('proposal')
    const rubric = rubricOf(kind, '')
    if (!rubric) throw new Error('proposals have no rubric')
    const campaign = await begin(store, house, rubric)
    const judges = await nameReviewers(store, campaign, reviewers)
    const random = seededRandom(8)
    const lives = livesOf(kind.states)
    for (let from = 0; from < entries; from += together) {
      const some = Array.from({ length: Math.min(together, entries - from) }, (_, at) => from + at)
      await storeSome(store, { house, rubric, campaign, judges, lives, version: kind.version, random }, some)
    }
    return { campaign, entries, reviewers, scores: entries * reviewsEach }
  } finally {
    await store.close()
  }
}

interface Filling {
  house: House
  rubric: Rubric
  campaign: string
  judges: readonly string[]
  lives: readonly string[][]
  version: number
  random: () => number
}

/** States that a record comes through: half of them end adopted. */
function livesOf(states: Readonly<Record<string, { counts: readonly string[] }>>): string[][] {
  const names = Object.keys(states)
  const adopted = names.filter((name) => states[name]?.counts.includes('adopted'))
  const others = names.filter((name) => !states[name]?.counts.includes('adopted'))
  return [
    ...adopted.flatMap((name) => [
      [others[0]!, name],
      [others[0]!, others[1]!, name],
    ]),
    ...others.slice(1, 1 + 2 * adopted.length).map((name) => [others[0]!, name]),
  ]
}

async function begin(store: Store, house: House, rubric: Rubric): Promise<string> {
  const id = randomUUID()
  return store.transaction(async (trx) => {
    const { id: root } = await trx
      .selectFrom('organisation')
      .select('id')
      .where('parent', 'is', null)
      .executeTakeFirstOrThrow()
    const awards = [
      { name: 'team', title: { 'zh-CN': '创新团队', en: 'Team' }, for: 'entry', places: 100, by: 'score' },
    ]
    await trx
      .insertInto('campaign')
      .values({
        ...{ id, number: 'JB-2026-0001', title: '合理化建议月', form: 'campaign', organisation: root },
        ...{ state: 'reviewing', revision: 3, purpose: '', rules_document: null, rules_version: null },
        ...{ rules_text: '', starts_on: '2026-03-01', ends_on: '2026-04-30', review_until: null },
        ...{ kinds: '["proposal"]', rubric: JSON.stringify(rubric), blind: 1, reviewers_each: reviewsEach },
        ...{ awards: JSON.stringify(awards), audience: null, made_by: house.cadre },
        ...{ made_at: '2026-02-01T00:00:00.000Z', opened_at: '2026-03-01T00:00:00.000Z', ended_at: null },
      })
      .execute()
    await trx.insertInto('campaign_organisation').values({ campaign: id, organisation: root }).execute()
    return id
  })
}

async function nameReviewers(store: Store, campaign: string, count: number): Promise<string[]> {
  return store.transaction(async (trx) => {
    const ids: string[] = []
    for (let n = 0; n < count; n += 1) ids.push((await createPerson(trx, { name: `评审${n}` })).id)
    await trx
      .insertInto('campaign_reviewer')
      .values(
        ids.map((person) => ({
          ...{ campaign, person, state: 'in' as const, added_at: '2026-05-01T00:00:00.000Z' },
        })),
      )
      .execute()
    return ids
  })
}

async function storeSome(store: Store, filling: Filling, some: readonly number[]): Promise<void> {
  const { house, campaign, random, lives, version } = filling
  const all = some.map((n) => {
    const person = Math.floor(random() * house.people.length)
    const life = lives[n % lives.length]!
    const at = new Date(firstDay + (length * n) / 50_000).toISOString()
    // Some benefits are alike, so that equal scores are told apart by all that there is.
    const benefit = n % 3 === 0 ? 1000 * (1 + Math.floor(random() * 40)) : null
    const branch = house.branches[Math.floor(person / 50)]!
    return { n, id: randomUUID(), author: house.people[person]!, branch, life, at, benefit }
  })
  const reviewed = all.map((one) => ({ ...one, given: reviewsOf(filling, one.n) }))
  await store.transaction(async (trx) => {
    await trx
      .insertInto('submission')
      .values(
        all.map(({ n, id, author, branch, life, at, benefit }) => ({
          ...{ id, number: `JY-2026-${String(n + 1).padStart(6, '0')}`, kind: 'proposal', version },
          ...{ variety: '1', naming: 'signed' as const, state: life.at(-1)!, revision: life.length },
          ...{ stage: life.length, organisation: branch, lies_with: branch, author, entered_by: null },
          ...{ author_account: null, pseudonym: '', sealed: 0 as const, author_sealed: null },
          ...{
            author_tag: null,
            subject: `第${n}号机床夹具改为快换式`,
            content: contentOf(n),
            published: null,
          },
          ...{ proposed: null, language: 'zh-CN' as const, in_group: 0 as const, handler: null },
          ...{ owner: null, verifier: null, priority: null, due_day: null, benefit, award: null },
          expected: expectedOf(n),
          ...{ nominee: null, granted: null, used: null, merged_into: null, reopened: 0 as const },
          ...{ receipt_hash: null, origin: 'chat' as const, submitted_at: at, since: at, due_at: null },
          ...{ closed_at: null, erased_at: null },
        })),
      )
      .execute()
    const steps = all.flatMap(({ id, author, life, at }) =>
      life.map((to_state, step) => ({
        ...{ submission: id, revision: step + 1, action: 'step', from_state: life[step - 1] ?? '', to_state },
        ...{ by: author, part: 'author' as const, input: '{}', at },
      })),
    )
    await trx.insertInto('submission_history').values(steps).execute()
    await trx
      .insertInto('campaign_entry')
      .values(
        reviewed.map(({ id, author, branch, at, benefit, given }) => {
          const { score, criteria } = scoreEntry(filling.rubric, given)
          return {
            ...{ campaign, submission: id, kind: 'proposal', organisation: branch, author, entered_at: at },
            ...{ state: 'in' as const, why: '', asked: given.length, given: given.length, score, benefit },
            criteria: JSON.stringify(criteria),
          }
        }),
      )
      .execute()
    const reviews = reviewed.flatMap(({ id, given }) =>
      given.map(({ reviewer, total, scores }) => ({
        ...{ campaign, submission: id, reviewer, state: 'given' as const, opinion: '', total },
        ...{ scores: JSON.stringify(scores), asked_at: '2026-05-01T00:00:00.000Z' },
        given_at: '2026-05-10T00:00:00.000Z',
      })),
    )
    await trx.insertInto('campaign_review').values(reviews).execute()
  })
}

/** What was filled in, about as long as what people write; a third names a benefit that they expect. */
function contentOf(n: number): string {
  return JSON.stringify({
    ...{ title: `第${n}号机床夹具改为快换式`, category: 'process', implemented: 'trial' },
    defect: '换型一次要拆装八颗螺栓，两个人约需四十分钟，夜班常常等人，设备停着。'.repeat(4),
    method: '把螺栓压紧改为快换定位销，另备一台换型小车，换型的工步写成一页图卡，班组照卡操作。'.repeat(4),
    effect: '换型时间由四十分钟降到十分钟，每班多出两件。',
    ...(n % 3 === 0 ? { expected: expectedOf(n) } : {}),
  })
}

function expectedOf(n: number): number | null {
  return n % 3 === 0 ? 1000 * (1 + (n % 40)) : null
}

/** Whole points, as reviewers give them: very many entries are equal. */
function reviewsOf({ rubric, judges, random }: Filling, n: number) {
  const from = Math.floor(random() * judges.length)
  return Array.from({ length: Math.min(reviewsEach, judges.length) }, (_, at) => {
    const share = 0.5 + random() / 2
    const scores = Object.fromEntries(
      rubric.criteria.map(({ name, most }) => [
        name,
        Math.min(most, Math.round(most * (share + random() / 10))),
      ]),
    )
    const total = Object.values(scores).reduce((sum, points) => sum + points, 0) * 1000
    if (total > mostPoints(rubric) * 1000) throw new Error(`entry ${n} has too many points`)
    return { reviewer: judges[(from + at) % judges.length]!, total, scores }
  })
}

function failed(file: string, reason: string): never {
  throw new Error(`${file}: ${reason}`)
}
