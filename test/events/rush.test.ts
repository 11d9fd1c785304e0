import { afterEach, describe, expect, test, vi } from 'vitest'
import { freshLocation } from '../store/each-database.ts'
import { type RushResult, rush } from './rush/rush.ts'

// Houses are opened in processes of their own, beside other tests.
vi.setConfig({ testTimeout: 90_000 })

const answers = /^(?:报名成功|名额已满，您已进入候补|已收到，正在排队)/

describe.each([
  ['sqlite', 1],
  ['postgres', 3],
] as const)('a rush for few seats (%s, processes: %i)', (dialect, processes) => {
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })
  const [people, seats] = [240, 20]

  test('gives exactly the seats there are, in the order in which presses were accepted', async () => {
    const location = await freshLocation(dialect, cleanUps)
    const { answered, rushed, problems } = await rush(location, { processes, people, seats })
    expect(problems).toEqual([])
    expect(new Set(answered.map(({ person }) => person)).size).toBe(people)
    expect(answered.filter(({ said }) => !answers.test(said))).toEqual([])
    expect(rushed.pressed.size).toBe(people)
    expect(rushed.states).toHaveLength(people)
    checkRushed(rushed, seats)
  })

  test('loses and doubles nothing where a process is killed in the middle', async () => {
    const location = await freshLocation(dialect, cleanUps)
    const killAfter = people / 4
    const { answered, rushed } = await rush(location, { processes, people, seats, killAfter })
    const promised = answered.filter(({ said }) => answers.test(said)).map(({ person }) => person)
    expect(promised.length).toBeGreaterThanOrEqual(killAfter)
    expect(promised.filter((person) => !rushed.pressed.has(person))).toEqual([])
    expect(rushed.states).toHaveLength(rushed.pressed.size)
    checkRushed(rushed, seats)
  })

  function checkRushed(rushed: RushResult['rushed'], most: number): void {
    const { states } = rushed
    const taken = Math.min(most, states.length)
    expect(states).toEqual(states.map((_, index) => (index < taken ? 'confirmed' : 'waiting')))
    expect(rushed).toMatchObject({
      ...{ waiting: 0, wrong: [], replays: true },
      figures: { taken, waiting: states.length - taken },
    })
    // Whoever comes gets the result and a file for the calendar, the others the result.
    const told = [...rushed.told.values()].sort((one, other) => other - one)
    expect(told).toEqual(states.map((_, index) => (index < taken ? 2 : 1)))
  }
})
