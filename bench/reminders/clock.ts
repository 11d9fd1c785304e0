/** Before ten on a Tuesday morning in China: everybody may be told. */
const begins = new Date('2026-03-03T01:50:00Z')
export const dueAt = new Date('2026-03-03T02:00:00Z')

/** A clock that goes on as the machine's does, from a day of its own, and can be put forward. */
export function createClock() {
  let shift = begins.getTime() - Date.now()
  return {
    now: () => new Date(Date.now() + shift),
    putTo(instant: Date): void {
      shift = instant.getTime() - Date.now()
    },
  }
}

/** `YYYY-MM-DDTHH:MM`, as clocks in China show it. */
export function localInChina(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 16)
}
