import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Store } from '../../../src/store/store.ts'
import type { Tables } from '../../../src/store/tables.ts'
import type { Effect } from '../counts.ts'
import { type Clicked, type Counts, countMessenger } from './counts.ts'
import { openFeishuMessenger } from './feishu.ts'
import { formLabel, pressLabel } from './house.ts'
import type { Messenger, MessengerName, Pushed, Talker, Transport } from './messenger.ts'
import { openSlackMessenger } from './slack.ts'

/** A vendor, people who speak there, and the database that tells what became of it. */
export interface Stage {
  readonly messenger: Messenger
  /** Everything that was written, in its order. */
  readonly said: readonly Pushed[]
  join(group?: string): Talker
  /** Writes the next message there, without pushing it. */
  write(talker: Talker): Pushed
  /** Pushes again whatever was not acknowledged, as often as the vendor does. */
  redeliver(over?: Promise<unknown>): Promise<void>
  /** Presses the button under the answer to a message. */
  press(talker: Talker, of: string, times?: number): Promise<void>
  /** Opens, fills in and sends in a form; what was not answered is done again, as somebody would. `until`: null: not yet. */
  fillForm(talker: Talker, of: string, until?: () => Promise<void>): Promise<void>
  /** Rows that wait anywhere. */
  waiting(): Promise<number>
  /** Cuts short the pauses between tries, which grow to many minutes. */
  hurry(): Promise<void>
  /** What waits in the outbox, for whoever looks why. */
  left(): Promise<string>
  count(): Promise<Counts>
}

export async function openStage(
  name: MessengerName,
  transport: Transport,
  store: Store,
  clock: () => Date,
): Promise<Stage> {
  const counter = store.dialect === 'postgres' ? 'serial primary key' : 'integer primary key autoincrement'
  await store.transaction((trx) =>
    sql`create table effect (position ${sql.raw(counter)}, kind text, name text)`.execute(trx),
  )
  const open = name === 'slack' ? openSlackMessenger : openFeishuMessenger
  const messenger = await open(transport, clock)
  const said: Pushed[] = []
  const clicks: Clicked[] = []
  const ordered = new Set<string>()
  let made = 0

  /** A click is made again by its person while nobody answers it. */
  async function insist(work: () => Promise<string>, until?: () => Promise<void>): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      const end = await work()
      if (end === 'taken' || tries === 10) return end
      await until?.()
      await wait(20)
    }
  }

  return {
    messenger,
    said,
    join(group) {
      const talker = messenger.join(group)
      if (talker.isOrdered) ordered.add(talker.chat)
      return talker
    },
    write(talker) {
      made += 1
      const pushed = talker.say(`m${made}`)
      said.push(pushed)
      return pushed
    },
    async redeliver(over) {
      const left = said.filter(
        ({ isTaken, tries }) => !isTaken && tries > 0 && tries <= messenger.retries.length,
      )
      const chats = Map.groupBy(left, ({ chat }) => chat)
      await Promise.all(
        [...chats.values()].map(async (ones) => {
          for (const one of ones) await one.push(over)
        }),
      )
    },
    async press(talker, of, times) {
      clicks.push({ kind: 'press', label: of, ends: [await talker.press(pressLabel(of), of, times)] })
    },
    async fillForm(talker, of, until) {
      made += 1
      const label = `f${made}`
      const click: Clicked = { kind: 'form', label, ends: [] }
      clicks.push(click)
      await insist(async () => {
        const end = await talker.press(formLabel(of), of)
        for (let looks = 0; looks < 150 && !talker.seesForm(); looks += 1) await wait(20)
        return talker.seesForm() ? 'taken' : end === 'taken' ? 'failed' : end
      }, until)
      await insist(() => talker.fill(label), until)
      await insist(async () => {
        const end = await talker.submit()
        click.ends.push(end)
        return end
      }, until)
    },
    waiting: () => countWaiting(store.db),
    hurry: () =>
      store.transaction(async (trx) => {
        const due_at = (await store.now(trx)).toISOString()
        const waiting = trx.updateTable('outbox').set({ due_at }).where('state', '=', 'waiting')
        await waiting.where('lease_owner', 'is', null).where('due_at', '>', due_at).execute()
      }),
    async left() {
      const left = store.db
        .selectFrom('outbox')
        .select(['id', 'attempts', 'due_at', 'lease_owner', 'problem'])
      return JSON.stringify(await left.where('state', '=', 'waiting').execute())
    },
    async count() {
      const { rows } = await sql<Effect>`select kind, name from effect order by position`.execute(store.db)
      const listed = await store.db
        .selectFrom('outbox')
        .select('card')
        .where('state', 'in', ['uncertain', 'dead'])
        .execute()
      const edits = await store.db
        .selectFrom('outbox')
        .select('of')
        .distinct()
        .where('operation', '=', 'edit')
        .where('state', '=', 'sent')
        .execute()
      return countMessenger({
        ...{ effects: rows, said, clicks, ordered, shown: messenger.shown(), refusals: messenger.refusals() },
        listed: listed.map(({ card }) => card ?? ''),
        edited: edits.length,
      })
    },
  }
}

async function countWaiting(db: Kysely<Tables>): Promise<number> {
  const counts = await Promise.all(
    (['inbox', 'outbox'] as const).map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('rows'))
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow(),
    ),
  )
  return counts.reduce((sum, { rows }) => sum + Number(rows), 0)
}
