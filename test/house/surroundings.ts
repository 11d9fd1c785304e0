import { vi } from 'vitest'

/** What a test file can change of the process that others run in after it; modules may add globals of their own. */
export function surroundings() {
  const { Date: date, fetch, setTimeout, setInterval } = globalThis
  return {
    ...{ env: { ...process.env }, folder: process.cwd(), isTimeFaked: vi.isFakeTimers() },
    ...{ date, fetch, setTimeout, setInterval, random: Math.random, exit: process.exit },
  }
}
