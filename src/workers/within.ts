/** Waits for a task, but no longer than that; the task goes on. Rejects where the task rejects in time. */
export async function within(milliseconds: number, task: Promise<unknown>): Promise<void> {
  const timeout = Promise.withResolvers<void>()
  const timer = setTimeout(timeout.resolve, milliseconds)
  try {
    await Promise.race([task, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}
