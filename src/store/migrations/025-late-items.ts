import type { Kysely } from 'kysely'

/** Those above hear of late plan items on Mondays; reminders that were made before told them of each. */
export async function tellLateItemsTogether(db: Kysely<unknown>): Promise<void> {
  const reminders = (db as Kysely<{ reminder: { origin: string | null; steps: string } }>).updateTable(
    'reminder',
  )
  await reminders
    .set({ steps: JSON.stringify([{ after: { workingHours: 16 }, to: 'again' }]) })
    .where('origin', 'like', 'plan.item-late:%')
    .execute()
}
