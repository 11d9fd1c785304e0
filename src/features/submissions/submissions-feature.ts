import type { Command, Feature, Mine, Turn, Whose } from '../../conversation/feature.ts'
import type { Forms } from '../../conversation/forms-port.ts'
import { bulletinCommands } from './bulletin.ts'
import { answerCoAuthor } from './co-authors.ts'
import { adoptSubmissions } from './collect/adopt.ts'
import { fillIn, offerForm, openEntry } from './collect/begin.ts'
import { behalfCommand } from './collect/behalf-command.ts'
import { takeSentence } from './collect/offer.ts'
import { askReceiptCommand, receiptCommand } from './collect/receipt-command.ts'
import { createReceiptCommentForm, openReceiptComment, withdrawByReceipt } from './collect/receipt-deeds.ts'
import { disown } from './collect/tell-entered.ts'
import { createDesk, type SubmissionsDesk } from './collect/web-desk.ts'
import { createCommentForm, openComment } from './comments.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'
import { createRecordsDesk, type RecordsDesk } from './desk/records-desk.ts'
import { eraseCommand } from './erase-command.ts'
import { createClockHandlers } from './escalate.ts'
import { expertCommands, pressExpert, turnExpertPage } from './experts/expert-commands.ts'
import { createExpertForm, openExpertForm } from './experts/expert-form.ts'
import { declineInvitation } from './experts/invite.ts'
import { showSuggestions } from './experts/suggest.ts'
import { createActionForms } from './forms/action-forms.ts'
import { createEntryForm } from './forms/entry-form.ts'
import { showHistory } from './history.ts'
import { exportCommand } from './ledger/export-command.ts'
import { listCommands, mineOf, turnPage } from './lists.ts'
import { press } from './press.ts'
import { createMilestoneClock } from './problems/milestone-clocks.ts'
import { showOffers } from './problems/show-offers.ts'
import { openObjection } from './review/open-objection.ts'
import { publicCommands } from './review/public-lists.ts'
import { stopShowcase } from './review/stop-showcase.ts'
import { findCommand } from './search/find-command.ts'
import { findListedCommands } from './search/find-listed.ts'
import { second } from './second.ts'
import { statisticsCommand } from './statistics/statistics-command.ts'
import { numberCommand, openRecord } from './view-record.ts'

/** Proposals, opinions, problems: collected by form, seen through to an outcome. */
export function createSubmissions(context: SubmissionsContext): {
  feature: Feature
  /** As `DispatchOptions` has it. */
  takeStatement(turn: Turn): Promise<Turn | null>
  /** @param forms Asked when a page is opened. */
  deskWith(forms: () => Forms): SubmissionsDesk
  recordsWith(forms: () => Forms): RecordsDesk
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
      'receipt-comment': { reads: false, run: (click) => openReceiptComment(click, context) },
      'receipt-withdraw': { reads: false, run: (click) => withdrawByReceipt(click, context) },
      act: { reads: false, run: (click) => press(click, context) },
      open: { reads: true, run: (click) => openRecord(click, context) },
      object: { reads: false, run: (click) => openObjection(click, context) },
      offers: { reads: true, run: (click) => showOffers(click, context) },
      experts: { reads: true, run: (click) => showSuggestions(click, context) },
      expert: { reads: false, run: openExpertForm },
      'expert-list': { reads: true, run: (click) => turnExpertPage(click, context) },
      'expert-settle': { reads: false, run: pressExpert },
      'decline-invitation': { reads: false, run: (click) => declineInvitation(click, context) },
      history: { reads: true, run: (click) => showHistory(click, context) },
      comment: { reads: false, run: (click) => openComment(click, context) },
      'showcase-stop': { reads: false, run: (click) => stopShowcase(click, context) },
      second: { reads: false, run: (click) => second(click, context) },
      list: { reads: true, run: (click) => turnPage(click, context) },
      'co-author': { reads: false, run: (click) => answerCoAuthor(click, context) },
    },
    commands: [
      ...kinds.all().map(beginCommand),
      behalfCommand(context),
      receiptCommand(context),
      exportCommand(context),
      statisticsCommand(context),
      askReceiptCommand(context),
      findCommand(context),
      ...findListedCommands(context),
      ...expertCommands(context),
      numberCommand(context),
      eraseCommand(context),
      ...bulletinCommands(context),
      ...listCommands(context),
      ...publicCommands(context),
    ],
    forms: [
      ...kinds
        .everyVersion()
        .flatMap((kind) => [createEntryForm(kind, context), ...createActionForms(kind, context)]),
      createCommentForm(context),
      createReceiptCommentForm(context),
      createExpertForm(),
    ],
    mine: (whose: Whose): Promise<Mine[]> => mineOf(context, whose),
    timers: { ...createClockHandlers(context), ...createMilestoneClock(context) },
    subscriptions: {
      'guest.known': (trx, { account, person }) => adoptSubmissions(trx, context, account, person),
    },
  }
  return {
    feature,
    takeStatement: (turn) => takeSentence(turn, context),
    deskWith: (forms) => createDesk(context, forms),
    recordsWith: (forms) => createRecordsDesk(context, feature.actions, forms),
  }
}
