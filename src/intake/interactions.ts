import type { Acknowledgement } from '../chat/form-view.ts'
import type { IncomingAction, Interaction } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import type { Platform, PlatformAbilities } from '../chat/platform.ts'
import type { Dispatch } from '../conversation/dispatch.ts'
import type { Click, Say } from '../conversation/feature.ts'
import type { Forms } from '../conversation/forms-port.ts'
import { PlainError } from '../messages/plain-error.ts'
import { findPersonByAccount, type Reads } from '../people/people.ts'
import type { Logger } from '../platforms/logger.ts'
import { openAnswer, type Seals } from '../seal/passing.ts'
import type { Store, Trx } from '../store/store.ts'
import { sendRest, splitByAbilities } from './acknowledge.ts'
import type { IntakeCounts } from './counts.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import type { Rush } from './rush.ts'
import type { AtStep } from './steps.ts'
import { createSay } from './turn.ts'

export interface InteractionOptions {
  store: Store
  dispatch: Dispatch
  forms: Forms
  platforms: readonly Pick<Platform, 'name' | 'abilities'>[]
  wakeWorkers(): void
  logger: Logger
  counts: IntakeCounts
  atStep: AtStep
  seals: Seals
  /** Milliseconds for all of it. */
  limit: number
  rush: Rush
}

/** Whoever shows nothing gets everything in the conversation. */
const noAbilities: PlatformAbilities = {
  updatesCards: false,
  opensBeside: false,
  replacesCards: false,
  showsForms: false,
  showsWaiting: true,
  keepsCalendar: false,
}

/** `Intake.answer`: carries an interaction out in one transaction, once. */
export function createAnswer(
  options: InteractionOptions,
): (interaction: Interaction) => Promise<Acknowledgement> {
  const { store, dispatch, forms, platforms, wakeWorkers, logger, counts, atStep, seals, limit, rush } =
    options

  /** What the interaction does, and its whole answer. */
  async function work(trx: Trx, interaction: Interaction, say: Say, now: Date): Promise<Acknowledgement> {
    const { language } = interaction
    if (interaction.type === 'page') return forms.answerPage(trx, interaction, { now, language, say })
    return dispatch.handlerOf(interaction.action).run({
      action: interaction,
      language,
      trx,
      now,
      say,
      openForm: (form, { values = {}, context = {} } = {}) =>
        openForm(trx, interaction, say, { form, values, context, now }),
    })
  }

  async function openForm(
    trx: Trx,
    { account, conversation, language, group }: IncomingAction,
    say: Say,
    request: Pick<Parameters<Forms['open']>[1], 'form' | 'values' | 'context' | 'now'>,
  ): Promise<Acknowledgement> {
    const opened = await forms.open(trx, {
      ...request,
      account,
      person: (await findPersonByAccount(trx, account))?.id ?? null,
      conversation,
      language,
      asView: abilitiesOf(account.platform).showsForms,
      group,
    })
    if ('view' in opened) return { form: opened.view }
    await say(opened.card)
    return {}
  }

  function abilitiesOf(platform: string): PlatformAbilities {
    return platforms.find(({ name }) => name === platform)?.abilities ?? noAbilities
  }

  /** All of it, in a transaction that is kept with its answer. */
  function keep(interaction: Interaction, deadline: Deadline, answer?: Acknowledgement) {
    const { account } = interaction
    const key = incomingKey(interaction)
    return store.transaction((whole) =>
      deadline.within(
        whole,
        async (trx) => {
          const now = await store.now(trx)
          // First of all, so that of two at the same moment the second waits here for the first to end.
          const { numInsertedOrUpdatedRows } = await trx
            .insertInto('interaction')
            .values({ key, answer: '', at: now.toISOString() })
            .onConflict((conflict) => conflict.column('key').doNothing())
            .executeTakeFirstOrThrow()
          if (numInsertedOrUpdatedRows === 0n) {
            const first = await trx
              .selectFrom('interaction')
              .select('answer')
              .where('key', '=', key)
              .executeTakeFirstOrThrow()
            return { carried: await openKept(trx, key, first.answer), repeated: true }
          }
          const { say } = createSay(trx, { key, incoming: interaction, now })
          const split = splitByAbilities(
            answer ?? (await work(trx, interaction, say, now)),
            abilitiesOf(account.platform),
            interaction.language,
          )
          await sendRest(trx, split, interaction, say, now)
          // As an insert that meets its row: an update would look for it in the index, which on PostgreSQL counts as
          // reading the page to which others are adding their keys, and one of two would have to begin again.
          await trx
            .insertInto('interaction')
            .values({
              key,
              answer: seals.seal(placeOf(key), JSON.stringify(split.carried)),
              at: now.toISOString(),
            })
            .onConflict((conflict) =>
              conflict.column('key').doUpdateSet(({ ref }) => ({ answer: ref('excluded.answer') })),
            )
            .execute()
          await atStep('answer-worked')
          return { carried: await openAnswer(trx, seals, split.carried), repeated: false }
        },
        { commits: true },
      ),
    )
  }

  /** What only reads is not kept, unless its answer has to go out another way. */
  async function read(interaction: IncomingAction, deadline: Deadline) {
    const answer = await store.snapshot((whole) =>
      deadline.within(
        whole,
        async (trx) => {
          const refuse = async () => {
            throw new Error('an action that only reads changes nothing')
          }
          const now = await store.now(trx)
          const { language } = interaction
          const click: Click = { action: interaction, language, trx, now, say: refuse, openForm: refuse }
          return dispatch.handlerOf(interaction.action).run(click)
        },
        { commits: false },
      ),
    )
    const { carried, replace, beside } = splitByAbilities(
      answer,
      abilitiesOf(interaction.account.platform),
      interaction.language,
    )
    return replace || beside
      ? keep(interaction, deadline, answer)
      : { carried: await openAnswer(store.db, seals, carried), repeated: false }
  }

  /** A first answer as it was given: kept encrypted, for it may show what was typed. */
  function openKept(db: Reads, key: string, kept: string): Promise<Acknowledgement> {
    return openAnswer(db, seals, JSON.parse(seals.open(placeOf(key), kept)) as Acknowledgement)
  }

  /** A connection may break when its commit has gone through: that interaction was carried out, and is not refused. */
  async function answerKept(interaction: Interaction): Promise<Acknowledgement | null> {
    const deadline = createDeadline(limit)
    const key = incomingKey(interaction)
    try {
      const row = await deadline.race(
        store.db.selectFrom('interaction').select('answer').where('key', '=', key).executeTakeFirst(),
      )
      return row ? await openKept(store.db, key, row.answer) : null
    } catch {
      return null
    } finally {
      deadline.clear()
    }
  }

  return async (interaction) => {
    const { platform } = interaction.account
    const startedAt = performance.now()
    const deadline = createDeadline(limit)
    try {
      const handler = interaction.type === 'action' ? dispatch.handlerOf(interaction.action) : null
      if (interaction.type === 'action' && handler?.rush) {
        return await rush.answer(handler.rush, interaction)
      }
      const { carried, repeated } = await deadline.race(
        interaction.type === 'action' && handler?.reads
          ? read(interaction, deadline)
          : keep(interaction, deadline),
      )
      if (repeated) counts.repeated(platform)
      await atStep('answer-committed')
      wakeWorkers()
      return carried
    } catch (error) {
      if (error instanceof PlainError) throw error
      logger.error({ err: error, platform }, 'an interaction could not be answered')
      const kept = await answerKept(interaction)
      if (kept) {
        wakeWorkers()
        return kept
      }
      throw new PlainError('chat:failure', {}, { cause: error })
    } finally {
      deadline.clear()
      counts.interaction(platform, (performance.now() - startedAt) / 1000)
    }
  }
}

function placeOf(key: string): string {
  return `interaction ${key}`
}
