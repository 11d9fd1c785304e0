import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click, Command, Feature, Mine, Turn, Whose } from '../../conversation/feature.ts'
import type { Forms } from '../../conversation/forms-port.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { act } from './act.ts'
import { headline, recordCard } from './cards.ts'
import { clockKinds } from './clocks.ts'
import { fillIn, offerForm, openEntry } from './collect/begin.ts'
import { takeSentence } from './collect/offer.ts'
import { receiptCommand } from './collect/receipt.ts'
import { disown } from './collect/tell-entered.ts'
import { createDesk, type SubmissionsDesk } from './collect/web-desk.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'
import { actionFormOf, createActionForms } from './forms/action-forms.ts'
import { createEntryForm } from './forms/entry-form.ts'
import { checkAction, possibleActions } from './life/life.ts'
import { ownListCard, ownSubmissions, queueCard, queueOf } from './lists.ts'
import { readSubmission } from './records.ts'
import { partOf } from './relations.ts'
import { findCommand } from './search/find-command.ts'
import { filledBy } from './search/similar-cards.ts'
import { standingOf } from './standing.ts'
import { tellNext } from './tell.ts'
import { stateTitle } from './texts.ts'

/** Proposals, opinions, problems: collected by form, seen through to an outcome. */
export function createSubmissions(context: SubmissionsContext): {
  feature: Feature
  /** As `DispatchOptions` has it. */
  takeStatement(turn: Turn): Promise<Turn | null>
  /** @param forms Asked when a page is opened. */
  deskWith(forms: () => Forms): SubmissionsDesk
} {
  const { kinds } = context

  /** A button that leads on: done at once, or by the form that it asks. */
  async function press(click: Click): Promise<Acknowledgement> {
    const {
      trx,
      now,
      language,
      action: { account, value },
    } = click
    const { submission: id = '', action = '', seen = '' } = value
    const person = (await findPersonByAccount(trx, account))?.id ?? null
    const submission = await readSubmission(trx, context, id)
    const { row, kind } = submission
    const form = actionFormOf(kind, action)
    if (form === null) {
      const done = await act(trx, context, {
        ...{ submission: id, action, input: {}, now },
        by: { account, person },
        seen: Number(seen),
      })
      const part = await partOf(trx, done, person, dayInChina(now))
      const possible = possibleActions(done.kind, await standingOf(trx, done), part)
      return {
        toast: translate(language, 'submissions:act.done', { state: stateTitle(done, language) }),
        replace: await recordCard(trx, done, possible, language),
      }
    }
    const part = await partOf(trx, submission, person, dayInChina(now))
    const checked = checkAction(kind, await standingOf(trx, submission), part, action)
    if (typeof checked === 'string') throw new PlainError(`submissions:refused.${checked}`)
    if (Number(seen) !== row.stage) throw new PlainError('submissions:changed')
    const about = headline(submission, language)
    const values = filledBy(kind, action, value)
    return click.openForm(form, { values, context: { submission: row.id, seen, about } })
  }

  async function open({ trx, now, language, action: { account, value } }: Click): Promise<Acknowledgement> {
    const person = (await findPersonByAccount(trx, account))?.id ?? null
    const submission = await readSubmission(trx, context, value.submission ?? '')
    const part = await partOf(trx, submission, person, dayInChina(now))
    if (part.as.length === 0) throw new PlainError('submissions:gone')
    const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
    return { beside: await recordCard(trx, submission, possible, language, { whole: true }) }
  }

  const beginCommand = (kind: Kind): Command => ({
    words: { 'zh-CN': [...kind.words['zh-CN']], en: [...kind.words.en] },
    run: offerForm(kind),
  })

  const onTime: TimerHandler = async (trx, { submission = '', state = '' }, now) => {
    const found = await readSubmission(trx, context, submission)
    const action = found.kind.states[state]?.clock?.action
    if (found.row.state !== state || !action) return
    await act(trx, context, { submission, action, by: 'clock', seen: null, input: {}, now })
  }

  const feature: Feature = {
    name: 'submissions',
    actions: {
      begin: {
        reads: false,
        run: (click) => {
          const { kind = '', behalf } = click.action.value
          return openEntry(click, context, { kind, onBehalf: behalf === 'yes' })
        },
      },
      fill: { reads: false, run: (click) => fillIn(click, context) },
      disown: { reads: false, run: (click) => disown(click, context) },
      act: { reads: false, run: press },
      open: { reads: true, run: open },
    },
    commands: [
      ...kinds.all().map(beginCommand),
      receiptCommand(context),
      findCommand(context),
      {
        words: { 'zh-CN': ['我的提交', '我的建议'], en: ['my submissions'] },
        run: (turn) =>
          turn.commit(
            async (trx, say) => void (await sayAlone(turn, say, await ownListCard(trx, context, turn))),
          ),
      },
      {
        words: { 'zh-CN': ['待我处理'], en: ['my queue'] },
        run: (turn) =>
          turn.commit(
            async (trx, say) =>
              void (await sayAlone(
                turn,
                say,
                await queueCard(trx, context, turn, await context.store.now(trx)),
              )),
          ),
      },
    ],
    forms: kinds
      .everyVersion()
      .flatMap((kind) => [createEntryForm(kind, context), ...createActionForms(kind, context)]),
    mine: (whose: Whose): Promise<Mine[]> => mineOf(context, whose),
    timers: {
      [clockKinds.act]: onTime,
      [clockKinds.warn]: async (trx, { submission = '', state = '' }, now) => {
        const found = await readSubmission(trx, context, submission)
        if (found.row.state === state)
          await tellNext(trx, context, found, now, { why: 'warn', lane: 'reminder' })
      },
      [clockKinds.late]: async (trx, { submission = '', state = '' }, now) => {
        const found = await readSubmission(trx, context, submission)
        if (found.row.state === state)
          await tellNext(trx, context, found, now, { why: 'late', lane: 'reminder' })
      },
    },
    subscriptions: {},
  }
  return {
    feature,
    takeStatement: (turn) => takeSentence(turn, context),
    deskWith: (forms) => createDesk(context, forms),
  }
}

async function mineOf(context: SubmissionsContext, whose: Whose): Promise<Mine[]> {
  const { db, account, person, language, now } = whose
  const own = await ownSubmissions(db, context, { account, person })
  const queue = person === null ? [] : await queueOf(db, context, person, dayInChina(now))
  const items = (list: typeof own) =>
    list.slice(0, 5).map((submission) => ({
      title: headline(submission, language),
      state: stateTitle(submission, language),
      buttons: [
        {
          label: translate(language, 'submissions:card.open'),
          action: 'submissions.open',
          value: { submission: submission.row.id },
          opens: 'beside' as const,
        },
      ],
    }))
  return [
    {
      kind: 'to-do' as const,
      title: translate(language, 'submissions:mine.queue'),
      count: queue.length,
      items: items(queue),
      more: translate(language, 'submissions:mine.queue'),
    },
    {
      kind: 'own' as const,
      title: translate(language, 'submissions:mine.own'),
      count: own.length,
      items: items(own),
      more: translate(language, 'submissions:mine.own'),
    },
  ].filter(({ count }) => count > 0)
}
