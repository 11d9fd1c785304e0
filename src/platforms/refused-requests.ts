const quiet = 60_000

/**
 * Says of requests that are turned down no more than one line a minute for each reason, so that whoever sends many cannot
 * fill the disk: what came meanwhile is counted in the next line.
 * @param write Given the reason, and how many were turned down since the last line of it, this one included.
 */
export function createRefusalLog<Reason extends string>(
  clock: () => Date,
  write: (refusal: { reason: Reason; count: number }) => void,
): (reason: Reason) => void {
  const written = new Map<Reason, { at: number; since: number }>()
  return (reason) => {
    const now = clock().getTime()
    const last = written.get(reason)
    if (last && now - last.at < quiet) {
      last.since++
      return
    }
    write({ reason, count: (last?.since ?? 0) + 1 })
    written.set(reason, { at: now, since: 0 })
  }
}
