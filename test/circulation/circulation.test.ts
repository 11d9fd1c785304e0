import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plain } from '../../src/chat/card.ts'
import type { Writer } from '../../src/features/circulation/context.ts'
import type { NewCirculation } from '../../src/features/circulation/port.ts'
import type { Audience } from '../../src/people/audience.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createPerson } from '../../src/people/people.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { branchGroup, type CampaignHouse, monday, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const nobody: Audience = { chats: [], people: [], members: [] }

/** Its cards say for whom and why they are. */
const writer: Writer = {
  prepare: async (_trx, id) => (reader) => ({
    tone: 'info',
    title: id,
    blocks: [{ type: 'text', runs: plain(`${id} ${reader.why}`) }],
  }),
}

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  const { circulation } = house.campaigns
  ;(circulation.writers as Map<string, Writer>).set('probe', writer)
  const port = house.campaigns.notices.circulation
  const doing = () => ({ by: house.people.王强!, now: house.time.now })
  const act = (work: Parameters<typeof house.store.transaction<void>>[0]) => house.store.transaction(work)
  return {
    ...{ ...house, port, act },
    begin: (origin: string, audience: Partial<Audience>, more: Partial<NewCirculation> = {}) =>
      act((trx) =>
        port.begin(
          trx,
          { origin, organisation: house.people.branch!, audience: { ...nobody, ...audience }, ...more },
          doing(),
        ),
      ),
    figures: async (origin: string) => (await port.figures(house.store.db, origin)).all,
  }
}

/** What somebody got of a matter, first to last. */
function gotOf(house: Pick<CampaignHouse, 'cardsOf'>, name: string, id: string): string[] {
  return house.cardsOf(name).flatMap(({ title, blocks }) => {
    const [block] = blocks
    return title === id && block?.type === 'text' ? (block.runs[0]?.text ?? '') : []
  })
}

const everybodyOf = (organisation: string) => ({ organisation, role: null, below: false })

describeEachDatabase('what is sent to many', (open, dialect) => {
  test('reaches each once, by however many ways they are meant, and reminds those who have not answered', async () => {
    const house = await openHouse(open)
    const { people, port, act } = house
    const late = await act(async (trx) => {
      const { id } = await createPerson(trx, { name: '无账号' })
      await addMembership(trx, { person: id, organisation: people.branch!, role: 'staff' })
    })
    expect(late).toBeUndefined()
    const members = [everybodyOf(people.branch!), { ...everybodyOf(people.group), role: null, below: true }]
    const remindAt = [new Date('2026-03-04T01:00:00Z'), new Date('2026-03-05T01:00:00Z')]
    const audience = { members, people: [people.张三!, people.外人!] }
    const reached = await port.reach(house.store.db, { ...nobody, ...audience }, monday)
    expect(reached).toMatchObject({ people: 15, unreachable: 1, chats: 0 })
    await house.begin('probe:a', audience, { remindAt })
    await house.begin('probe:a', audience, { remindAt })
    await house.settle()
    for (const name of ['张三', '孙工', '外人', '吴主席'])
      expect(gotOf(house, name, 'a')).toEqual(['a first'])
    expect(await house.figures('probe:a')).toMatchObject({ sent: 14, unreachable: 1, waiting: 0 })

    // Who came later is not asked; who left is not reminded; who answered is not reminded.
    await act(async (trx) => {
      await addMembership(trx, { person: people.外人!, organisation: people.workshop!, role: 'staff' })
      await trx
        .updateTable('membership')
        .set({ until_day: '2026-03-03' })
        .where('person', '=', people.褚工!)
        .execute()
      expect(await port.answered(trx, 'probe:a', people.张三!, monday)).toBe(true)
      expect(await port.answered(trx, 'probe:a', people.张三!, monday)).toBe(false)
    })
    await house.waitUntil('2026-03-04T01:00:00Z')
    expect(gotOf(house, '孙工', 'a')).toEqual(['a first', 'a reminder'])
    expect(gotOf(house, '张三', 'a')).toEqual(['a first'])
    expect(gotOf(house, '褚工', 'a')).toEqual(['a first'])
    const missing = await port.missing(house.store.db, 'probe:a', { most: 50 })
    expect(missing.map(({ person }) => person)).not.toContain(people.褚工)
    expect(missing).toHaveLength(13)

    // Other moments take the place of those that were set before.
    await act((trx) =>
      port.extend(
        trx,
        'probe:a',
        { closesAt: null, remindAt: [new Date('2026-03-06T01:00:00Z')] },
        house.time.now,
      ),
    )
    await house.waitUntil('2026-03-05T02:00:00Z')
    expect(gotOf(house, '孙工', 'a')).toHaveLength(2)
    await house.waitUntil('2026-03-06T01:00:00Z')
    expect(gotOf(house, '孙工', 'a')).toHaveLength(3)
    await act((trx) => port.close(trx, 'probe:a', house.time.now))
    await act((trx) => port.remind(trx, 'probe:a', house.time.now))
    await house.settle()
    expect(gotOf(house, '孙工', 'a')).toHaveLength(3)
    expect(house.errors).toEqual([])
  })

  test('is stopped in the midst: what has gone out stays, what has not does not go out', async () => {
    const house = await openHouse(open)
    const { people, port, act } = house
    await house.begin('probe:s', { members: [everybodyOf(people.branch!)], chats: [branchGroup] })
    // Three have it when the platform takes no more.
    let taken = 0
    house.fake.fate = (operation) => {
      if (operation.name === 'send' && taken < 3) {
        taken += 1
        return 'ok'
      }
      return 'later'
    }
    await house.settle()
    const before = await house.figures('probe:s')
    expect(before.sent).toBe(10)
    const stopped = await house.store.transaction((trx) => port.stop(trx, 'probe:s', house.time.now))
    house.fake.fate = () => 'ok'
    await house.waitUntil('2026-03-02T09:00:00Z')
    const names = Object.keys(people).filter((name) => gotOf(house, name, 's').length > 0)
    const after = await house.figures('probe:s')
    expect(after.stopped).toBe(stopped)
    expect(after.sent).toBe(names.length)
    expect(names.length + stopped).toBe(10)
    expect(stopped).toBeGreaterThan(5)
    await act((trx) => port.remind(trx, 'probe:s', house.time.now))
    await house.settle()
    expect(names.every((name) => gotOf(house, name, 's').length === 1)).toBe(true)
  })

  test('five workers that run at once send to each once', async () => {
    const house = await openHouse(open)
    const { people, store, logger } = house
    for (const origin of ['probe:1', 'probe:2', 'probe:3']) {
      await house.begin(origin, { members: [{ ...everybodyOf(people.group), below: true }] })
    }
    const workers = Array.from({ length: dialect === 'postgres' ? 5 : 2 }, () =>
      createTimerWorker({
        ...{ store, logger, calendarFiles: null, wakeWorkers() {} },
        handlers: Object.assign({}, ...house.campaigns.features.map(({ timers }) => timers)),
      }),
    )
    await Promise.all(workers.map((worker) => worker.idle()))
    await house.settle()
    for (const id of ['1', '2', '3']) {
      expect(gotOf(house, '张三', id)).toEqual([`${id} first`])
      expect(await house.figures(`probe:${id}`)).toMatchObject({ sent: 14, waiting: 0 })
    }
    expect(house.errors).toEqual([])
  })

  // No statement of these differs between the databases.
  if (dialect === 'postgres') return
  test('nobody sends beyond their right; a group that is gone is told to whoever sent there', async () => {
    const house = await openHouse(open)
    const { people, port, store } = house
    const may = (name: string, audience: Partial<Audience>) =>
      port.mustReach(store.db, { ...nobody, ...audience }, { by: people[name]!, now: monday }).then(
        () => 'may',
        (error: unknown) => (error instanceof Error && 'key' in error ? error.key : error),
      )
    const branch = everybodyOf(people.branch!)
    expect(await may('王强', { members: [branch] })).toBe('may')
    expect(await may('王强', { members: [{ ...branch, below: true }] })).toBe('may')
    expect(await may('李梅', { members: [branch] })).toBe('may')
    // A liaison's right ends with the organisation itself.
    expect(await may('李梅', { members: [{ ...branch, below: true }] })).toBe(
      'circulation:refused.organisation',
    )
    expect(await may('王强', { members: [everybodyOf(people.group)] })).toBe(
      'circulation:refused.organisation',
    )
    expect(await may('张三', { members: [branch] })).toBe('circulation:refused.organisation')
    expect(await may('王强', { people: [people.外人!] })).toBe('circulation:refused.person')
    expect(await may('王强', { chats: [branchGroup] })).toBe('may')
    expect(await may('王强', { chats: [{ ...branchGroup, chat: '别的群' }] })).toBe(
      'circulation:refused.unbound',
    )
    expect(await may('王强', {})).toBe('circulation:refused.nobody')

    house.fake.fate = (operation) => (operation.to.type === 'conversation' ? 'gone' : 'ok')
    await house.begin('probe:g', { chats: [branchGroup] }, { asksChats: true })
    await house.settle()
    await house.waitUntil('2026-03-02T01:15:00Z')
    const told = house.cardsOf('王强').filter(({ title }) => title === '有的群没有收到')
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told)).toContain('一分公司的群')
    await house.waitUntil('2026-03-03T05:00:00Z')
    expect(house.cardsOf('王强').filter(({ title }) => title === '有的群没有收到')).toHaveLength(1)
  })

  test('whatever is done in whatever order, each gets it once, and nobody who answered is reminded', async () => {
    const house = await openHouse(open)
    const { people, port, act } = house
    const names = ['张三', '陈晨', '褚工']
    let matter = 0
    const step = fc.oneof(
      fc
        .constantFrom('settle', 'stop', 'remind', 'close', 'extend', 'begin')
        .map((what) => ({ what, who: '' })),
      fc.constantFrom(...names).map((who) => ({ what: 'answer', who })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        matter += 1
        const id = `p${matter}`
        const origin = `probe:${id}`
        const begin = () => house.begin(origin, { people: names.map((name) => people[name]!) })
        await begin()
        const answered = new Map<string, number>()
        let isStopped = false
        for (const { what, who } of steps) {
          // Reminders by hand keep a distance of four hours, which is tried for itself.
          house.time.now = new Date(house.time.now.getTime() + 5 * 3_600_000)
          const { now } = house.time
          if (what === 'settle') await house.settle()
          if (what === 'begin') await begin()
          if (what === 'remind') await act((trx) => port.remind(trx, origin, now))
          if (what === 'close') await act((trx) => port.close(trx, origin, now))
          if (what === 'extend')
            await act((trx) => port.extend(trx, origin, { closesAt: null, remindAt: [] }, now))
          if (what === 'stop') {
            await act(async (trx) => void (await port.stop(trx, origin, now)))
            isStopped ||= (await port.find(house.store.db, origin))?.row.state === 'stopped'
          }
          if (what === 'answer') {
            await act(async (trx) => void (await port.answered(trx, origin, people[who]!, now)))
            if (!answered.has(who)) answered.set(who, gotOf(house, who, id).length)
          }
        }
        await house.settle()
        const found = await port.find(house.store.db, origin)
        for (const name of names) {
          const got = gotOf(house, name, id)
          expect(got.filter((text) => text === `${id} first`).length).toBeLessThanOrEqual(1)
          const isAll = found?.row.state === 'sent' && !answered.has(name)
          if (isAll) expect(got[0]).toBe(`${id} first`)
          // Nothing but what lay in the outbox before the answer.
          const had = answered.get(name)
          if (had !== undefined)
            expect(got.filter((text) => text.endsWith('reminder')).length).toBeLessThanOrEqual(had)
        }
        const counts = await house.figures(origin)
        expect(counts.answered).toBe(answered.size)
        if (isStopped) expect(counts.waiting).toBe(0)
      }),
      { numRuns: 25 },
    )
    expect(house.errors).toEqual([])
  })
})
