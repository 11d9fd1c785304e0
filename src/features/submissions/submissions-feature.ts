import type { Command, Feature, Mine, Turn, Whose } from '../../conversation/feature.ts'
import type { Forms } from '../../conversation/forms-port.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { headline } from './cards.ts'
import { answerCoAuthor } from './co-authors.ts'
import { fillIn, offerForm, openEntry } from './collect/begin.ts'
import { takeSentence } from './collect/offer.ts'
import { receiptCommand } from './collect/receipt.ts'
import { disown } from './collect/tell-entered.ts'
import { createDesk, type SubmissionsDesk } from './collect/web-desk.ts'
import { createCommentForm, openComment } from './comments.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'
import { createClockHandlers } from './escalate.ts'
import { createActionForms } from './forms/action-forms.ts'
import { createEntryForm } from './forms/entry-form.ts'
import { showHistory } from './history.ts'
import { ownListCard, ownSubmissions, queueCard, queueOf } from './lists.ts'
import { press } from './press.ts'
import { findCommand } from './search/find-command.ts'
import { second } from './second.ts'
import { stateTitle } from './texts.ts'
import { numberCommand, openRecord } from './view-record.ts'

/** Proposals, opinions, problems: collected by form, seen through to an outcome. */
export function createSubmissions(context: SubmissionsContext): {
  feature: Feature
  /** As `DispatchOptions` has it. */
  takeStatement(turn: Turn): Promise<Turn | null>
  /** @param forms Asked when a page is opened. */
  deskWith(forms: () => Forms): SubmissionsDesk
} {
  const { kinds } = context

  const beginCommand = (kind: Kind): Command => ({
    words: { 'zh-CN': [...kind.words['zh-CN']], en: [...kind.words.en] },
    run: offerForm(kind),
  })

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
      act: { reads: false, run: (click) => press(click, context) },
      open: { reads: true, run: (click) => openRecord(click, context) },
      history: { reads: true, run: (click) => showHistory(click, context) },
      comment: { reads: false, run: (click) => openComment(click, context) },
      second: { reads: false, run: (click) => second(click, context) },
      'co-author': { reads: false, run: (click) => answerCoAuthor(click, context) },
    },
    commands: [
      ...kinds.all().map(beginCommand),
      receiptCommand(context),
      findCommand(context),
      numberCommand(context),
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
    forms: [
      ...kinds
        .everyVersion()
        .flatMap((kind) => [createEntryForm(kind, context), ...createActionForms(kind, context)]),
      createCommentForm(context),
    ],
    mine: (whose: Whose): Promise<Mine[]> => mineOf(context, whose),
    timers: createClockHandlers(context),
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
