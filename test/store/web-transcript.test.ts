import { expect, it } from 'vitest'
import { sweepTranscript } from '../../src/platforms/web/sweep-transcript.ts'
import { Transcript } from '../../src/platforms/web/transcript.ts'
import { say } from '../platforms/web-bench.ts'
import { describeEachDatabase, type Open } from './each-database.ts'

const day = 24 * 3600_000
const minute = 60_000

/** A transcript on a clock that the test moves, whichever clock the database goes by. */
async function opened(open: Open) {
  let passed = 0
  const begun = Date.now()
  const clock = () => new Date(begun + passed)
  const { store } = await open({ clock, databaseClock: clock })
  const transcript = new Transcript(store)
  const ask = (id: string, thread = 'one', chat = 'ada') =>
    transcript.say({ id: `${chat}:${id}`, chat, thread, text: `问${id}`, files: [] })
  const answer = (id: string, changes: Partial<Parameters<Transcript['send']>[0]> = {}) =>
    transcript.send({
      ...{ id, chat: 'ada', thread: 'one', card: say(id), replyTo: null, open: false },
      ...changes,
    })
  const shown = async (thread: string | null = 'one', since = 0) =>
    (await transcript.read('ada', thread, since)).messages.map(({ id }) => id)
  return { store, transcript, ask, answer, shown, pass: (time: number) => (passed += time) }
}

describeEachDatabase('the transcript of the web chat', (open) => {
  it('keeps a message once, and each change under a higher number', async () => {
    const { transcript, ask, answer } = await opened(open)
    expect([await ask('1'), await ask('1')]).toEqual([true, false])
    expect([await answer('a', { open: true }), await answer('a')]).toEqual([true, false])
    expect(await transcript.edit('ada', 'a', say('整'))).toBe(true)
    expect(await transcript.edit('bob', 'a', say('盗'))).toBe(false)
    expect(await transcript.edit('ada', 'ada:1', say('盗'))).toBe(false)
    const changes = await transcript.changedSince('ada', 0)
    expect(changes.map(({ id, position }) => [id, position])).toEqual([
      ['1', 1],
      ['a', 2],
    ])
    expect(changes[1]).toMatchObject({ card: say('整'), open: false })
    expect(await transcript.changedSince('ada', changes[1]!.seq)).toEqual([])
    expect(await transcript.changedSince('bob', 0)).toEqual([])
  })

  it('lets no number appear after a higher one was read, however many write at once', async () => {
    const { transcript, answer } = await opened(open)
    const writing = Promise.all(Array.from({ length: 40 }, (_, index) => answer(`a${index}`)))
    let after = 0
    const read: string[] = []
    let isWritten = false
    void writing.then(() => {
      isWritten = true
    })
    for (let last = false; !last; ) {
      last = isWritten
      for (const { id, seq } of await transcript.changedSince('ada', after)) {
        read.push(id)
        after = seq
      }
    }
    expect(new Set(read).size).toBe(40)
    expect(read).toHaveLength(40)
  })

  it('keeps one of two that send the same at once', async () => {
    const { answer, shown } = await opened(open)
    const kept = await Promise.all([answer('a'), answer('a'), answer('a')])
    expect(kept.filter(Boolean)).toHaveLength(1)
    expect(await shown()).toEqual(['a'])
  })

  it('shows a thread, what comes to the person directly, and late replies to other threads since', async () => {
    const { transcript, ask, answer, shown, pass } = await opened(open)
    await ask('1')
    await answer('prompt', { replyTo: 'ada:1' })
    await ask('2', 'two')
    const since = (await transcript.read('ada', 'two', 0)).last
    expect(await shown('two', since)).toEqual(['2'])
    await answer('direct', { thread: '' })
    pass(3 * minute)
    await answer('late', { replyTo: 'ada:1' })
    expect(await shown('two', since)).toEqual(['2', 'direct', 'late'])
    expect(await shown('one', since)).toEqual(['1', 'prompt', 'direct', 'late'])
    const { messages } = await transcript.read('ada', 'two', since)
    expect(messages.at(-1)).toMatchObject({ thread: 'one', replyTo: '1', asked: '问1', late: true })
    expect(await transcript.read('ada', null, 0)).toMatchObject({ thread: 'one' })
  })

  it('takes a message for finished that a process left open', async () => {
    const { transcript, answer, pass } = await opened(open)
    await answer('a', { open: true })
    const isOpen = async () => (await transcript.changedSince('ada', 0))[0]!.open
    expect(await isOpen()).toBe(true)
    pass(2 * minute)
    expect(await isOpen()).toBe(false)
  })

  it('takes back what nobody took up', async () => {
    const { transcript, ask, shown } = await opened(open)
    await ask('1')
    await transcript.retract('ada:1')
    expect(await shown()).toEqual([])
    expect(await ask('1')).toBe(true)
  })

  it('keeps a guest’s for 30 days, a person’s for 180', async () => {
    const { store, transcript, ask, pass } = await opened(open)
    await store.transaction(async (trx) => {
      await trx
        .insertInto('person')
        .values({ id: 'p', name: '王', language: 'zh-CN', time_zone: 'Asia/Shanghai' })
        .execute()
      const now = new Date().toISOString()
      await trx
        .insertInto('account')
        .values({ platform: 'web', installation: 'web', user_id: 'ada', person: 'p', linked_at: now })
        .execute()
    })
    await ask('1')
    await ask('1', 'one', 'guest')
    const kept = async () => {
      await sweepTranscript(store)
      return Promise.all(
        ['ada', 'guest'].map(async (chat) => (await transcript.changedSince(chat, 0)).length),
      )
    }
    pass(29 * day)
    expect(await kept()).toEqual([1, 1])
    pass(2 * day)
    expect(await kept()).toEqual([1, 0])
    // The counter goes on where it was, for a page that is still open.
    await ask('2', 'one', 'guest')
    expect((await transcript.changedSince('guest', 1)).map(({ id }) => id)).toEqual(['2'])
    pass(150 * day)
    expect(await kept()).toEqual([0, 0])
  })
})
