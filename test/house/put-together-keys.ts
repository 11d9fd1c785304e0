import { putTogetherForAssessment } from './message-keys-of-assessment.ts'
import { putTogetherForCampaigns } from './message-keys-of-campaigns.ts'
import { putTogetherForCollections } from './message-keys-of-collections.ts'
import { putTogetherForConsultations } from './message-keys-of-consultations.ts'
import { putTogetherForDuties } from './message-keys-of-duties.ts'
import { putTogetherForEvents } from './message-keys-of-events.ts'
import { putTogetherForFiles } from './message-keys-of-files.ts'
import { putTogetherForJudging } from './message-keys-of-judging.ts'
import { putTogetherForLiaison } from './message-keys-of-liaison.ts'
import { putTogetherForNotices } from './message-keys-of-notices.ts'
import { putTogetherForOrganisations } from './message-keys-of-organisations.ts'
import { putTogetherForPlans } from './message-keys-of-plans.ts'
import { putTogetherForPushes } from './message-keys-of-pushes.ts'
import { putTogetherForReminders } from './message-keys-of-reminders.ts'
import { putTogetherForSummaries } from './message-keys-of-summaries.ts'

/** A place where keys are put together while the program runs. */
export interface PutTogether {
  /** What the keys begin with. */
  prefix: string
  /** The files or folders where this is done, and where the rest of each key stands in quotation marks. */
  within: string[]
  /** The function that puts the prefix before what it is given. */
  by?: string
}

/**
 * All such places. A key is used if it stands in the code in full, or if its rest stands in one of these; in
 * any other place a key is to be written in full, so that it can be found.
 */
export const putTogether: PutTogether[] = [
  ...putTogetherForAssessment,
  ...putTogetherForCampaigns,
  ...putTogetherForCollections,
  ...putTogetherForConsultations,
  ...putTogetherForFiles,
  ...putTogetherForNotices,
  ...putTogetherForPushes,
  ...putTogetherForSummaries,
  { prefix: 'console:', within: ['src/console/'], by: 'say' },
  { prefix: 'console:', within: ['src/console/'] },
  {
    prefix: 'seal:naming.',
    within: [
      'src/features/submissions/definition/schema.ts',
      'src/features/submissions/forms/naming-pages.ts',
    ],
  },
  {
    prefix: 'seal:naming.means-',
    within: [
      'src/features/submissions/definition/schema.ts',
      'src/features/submissions/forms/naming-pages.ts',
    ],
  },
  { prefix: 'delivery:notice.', within: ['src/delivery/tell-sender.ts'], by: 'say' },
  {
    prefix: 'delivery:problem.',
    within: [
      ...['src/delivery/', 'src/command-line/outbox.ts', 'src/console/operation/outbox.ts'],
      'src/command-line/doctor/examine.ts',
    ],
  },
  {
    prefix: 'delivery:lane.',
    within: ['src/delivery/', 'src/command-line/outbox.ts', 'src/console/operation/outbox.ts'],
  },
  {
    prefix: 'delivery:state.',
    within: ['src/delivery/', 'src/command-line/outbox.ts', 'src/console/operation/outbox.ts'],
  },
  { prefix: 'delivery:help.', within: ['src/command-line/outbox.ts'], by: 'help' },
  { prefix: 'delivery:list.', within: ['src/command-line/outbox.ts'], by: 'say' },
  { prefix: 'delivery:list.', within: ['src/console/operation/outbox.ts'] },
  { prefix: 'delivery:page.', within: ['src/console/operation/outbox.ts'], by: 'say' },
  { prefix: 'delivery:page.', within: ['src/console/operation/outbox.ts'] },
  { prefix: 'console:entry.', within: ['src/features/console-entry/'], by: 'say' },
  { prefix: 'console:gaps.', within: ['src/console/library/gaps.ts'] },
  { prefix: 'console:gaps.figure.', within: ['src/console/library/gaps.ts'] },
  {
    prefix: 'console:hints.',
    within: ['src/console/library/hints.ts', 'src/console/library/clause-names.ts'],
  },
  { prefix: 'console:hints.from-', within: ['src/knowledge/search/learned-hints.ts'] },
  { prefix: 'console:help.', within: ['src/console/submissions/help.ts'] },
  { prefix: 'console:help.done.', within: ['src/console/submissions/help.ts'] },
  { prefix: 'console:help.state.', within: ['src/console/submissions/help.ts', 'src/store/tables/help.ts'] },
  { prefix: 'console:ledgers.', within: ['src/console/submissions/ledgers.ts'] },
  { prefix: 'console:experts.', within: ['src/console/submissions/experts.ts'] },
  { prefix: 'console:experts.done.', within: ['src/console/submissions/experts.ts'] },
  {
    prefix: 'console:experts.state.',
    within: ['src/console/submissions/experts.ts', 'src/store/tables/problems.ts'],
  },
  {
    prefix: 'console:statistics.',
    within: ['src/console/submissions/statistics.ts', 'src/features/submissions/statistics/period.ts'],
  },
  { prefix: 'console:import.', within: ['src/console/people/import.ts'] },
  { prefix: 'console:import.outcome.', within: ['src/console/people/import.ts'] },
  { prefix: 'console:kind.', within: ['src/console/say.ts', 'src/people/roles.ts'] },
  { prefix: 'console:knowledge.', within: ['src/console/library/knowledge.ts'] },
  { prefix: 'console:people.', within: ['src/console/'] },
  { prefix: 'console:person.done.', within: ['src/console/people/person.ts'] },
  { prefix: 'console:platform.', within: ['src/console/people/person.ts'] },
  { prefix: 'console:role.', within: ['src/console/say.ts', 'src/people/roles.ts'] },
  {
    prefix: 'console:submissions.',
    within: ['src/console/submissions/submission-lines.ts', 'src/console/submissions/reviews.ts'],
  },
  { prefix: 'console:submissions.do.', within: ['src/console/record-form.ts'] },
  { prefix: 'console:standing.', within: ['src/knowledge/library/versions.ts'] },
  { prefix: 'console:system.', within: ['src/console/operation/system.ts'] },
  { prefix: 'console:system.queue-', within: ['src/metrics/queue-states.ts'] },
  ...putTogetherForDuties,
  ...putTogetherForEvents,
  ...putTogetherForJudging,
  ...putTogetherForLiaison,
  ...putTogetherForOrganisations,
  ...putTogetherForPlans,
  ...putTogetherForReminders,
  { prefix: 'command-line:', within: ['src/cli.ts', 'src/command-line/'], by: 'say' },
  { prefix: 'command-line:gaps.', within: ['src/command-line/gaps.ts'], by: 'say' },
  { prefix: 'doctor:help.', within: ['src/command-line/doctor.ts'], by: 'help' },
  { prefix: 'feishu:form.', within: ['src/platforms/feishu/'] },
  { prefix: 'review:form.', within: ['src/features/submissions/review/opening.ts'], by: 'say' },
  { prefix: 'review:card.', within: ['src/features/submissions/review/score-card.ts'], by: 'say' },
  { prefix: 'review:notice.', within: ['src/features/submissions/review/notice-list.ts'], by: 'say' },
  { prefix: 'review:awards.', within: ['src/features/submissions/review/award-list.ts'], by: 'say' },
  { prefix: 'review:request.', within: ['src/features/submissions/review/keep-review.ts'] },
  { prefix: 'review:refused.', within: ['src/features/submissions/review/award.ts'] },
  { prefix: 'submissions:ledger.column.', within: ['src/features/submissions/ledger/columns.ts'] },
  { prefix: 'submissions:ledger.command.', within: ['src/features/submissions/ledger/export-command.ts'] },
  // Why a file cannot be read is named where it is read.
  { prefix: 'submissions:ledger.file.', within: ['src/features/submissions/ledger/', 'src/spreadsheets/'] },
  { prefix: 'submissions:ledger.import.', within: ['src/features/submissions/ledger/import/'] },
  {
    prefix: 'submissions:ledger.naming.',
    within: ['src/features/submissions/ledger/cells.ts', 'src/store/tables/submissions.ts'],
  },
  {
    prefix: 'submissions:ledger.origin.',
    within: ['src/features/submissions/ledger/cells.ts', 'src/store/tables/submissions.ts'],
  },
  { prefix: 'submissions:statistics.', within: ['src/features/submissions/statistics/'], by: 'say' },
  { prefix: 'submissions:statistics.', within: ['src/features/submissions/statistics/'] },
  {
    prefix: 'submissions:statistics.column.',
    within: ['src/features/submissions/statistics/figure-texts.ts'],
  },
  {
    prefix: 'submissions:statistics.definition.',
    within: ['src/features/submissions/statistics/figure-texts.ts'],
    by: 'say',
  },
  {
    prefix: 'submissions:statistics.definition.',
    within: ['src/features/submissions/statistics/figure-texts.ts'],
  },
  { prefix: 'submissions:command.help.', within: ['src/command-line/submissions.ts'], by: 'help' },
  { prefix: 'submissions:command.', within: ['src/command-line/submissions-cards.ts'], by: 'say' },
  { prefix: 'submissions:command.', within: ['src/command-line/submissions-cards.ts'] },
  { prefix: 'submissions:command.report.', within: ['src/command-line/submissions-cards.ts'], by: 'say' },
  { prefix: 'submissions:command.report.', within: ['src/command-line/submissions-cards.ts'] },
  { prefix: 'submissions:built-in.', within: ['src/features/submissions/definition/built-in.ts'] },
  { prefix: 'submissions:refused.', within: ['src/features/submissions/'] },
  { prefix: 'submissions:find.', within: ['src/features/submissions/search/'], by: 'say' },
  { prefix: 'submissions:receipt.', within: ['src/features/submissions/forms/'], by: 'say' },
  { prefix: 'submissions:receipt.', within: ['src/features/submissions/forms/'] },
  { prefix: 'submissions:begin.', within: ['src/features/submissions/collect/'] },
  {
    prefix: 'submissions:collect.',
    within: ['offer', 'turn-draft'].map((name) => `src/features/submissions/collect/${name}.ts`),
  },
  {
    prefix: 'submissions:code.',
    // What a code came to is named where it is checked.
    within: ['src/features/submissions/collect/', 'src/people/receipt-code.ts'],
  },
  { prefix: 'submissions:whose.', within: ['src/features/submissions/collect/whose.ts'] },
  { prefix: 'submissions:whose.by-', within: ['src/features/submissions/collect/whose.ts'] },
  {
    prefix: 'submissions:page.',
    within: [
      'src/console/guests/receipt.ts',
      'src/console/guests/submit.ts',
      'src/console/guests/submit-fields.ts',
    ],
  },
  { prefix: 'submissions:page.do.', within: ['src/chat/form-view.ts'] },
  { prefix: 'submissions:page.done-', within: ['src/console/guests/receipt.ts'] },
  { prefix: 'submissions:tell.', within: ['src/features/submissions/'] },
  {
    prefix: 'submissions:part.',
    // The parts are named where kinds are defined.
    within: ['src/features/submissions/history.ts', 'src/features/submissions/definition/actors.ts'],
  },
  { prefix: 'submissions:card.', within: ['src/features/submissions/cards.ts'] },
  { prefix: 'submissions:comment.', within: ['src/features/submissions/cards.ts'] },
  {
    prefix: 'submissions:history.',
    within: ['src/features/submissions/history.ts', 'src/features/submissions/history-beside.ts'],
  },
  { prefix: 'submissions:co-author.', within: ['src/features/submissions/support.ts'] },
  { prefix: 'forms:step.', within: ['src/forms/'], by: 'say' },
  { prefix: 'forms:step.', within: ['src/forms/steps/step-cards.ts'] },
  { prefix: 'forms:step.word.', within: ['src/forms/steps/step-cards.ts'] },
  { prefix: 'forms:value.', within: ['src/forms/fields/show-value.ts'], by: 'say' },
  { prefix: 'knowledge:hints.help.', within: ['src/command-line/hints.ts'], by: 'help' },
  { prefix: 'knowledge:hints.', within: ['src/command-line/hints.ts'], by: 'say' },
  { prefix: 'knowledge:hints.column.', within: ['src/command-line/hints.ts'] },
  { prefix: 'knowledge:hints.from-', within: ['src/knowledge/search/learned-hints.ts'] },
  { prefix: 'help:receipt.', within: ['src/features/help/', 'src/console/guests/receipt.ts'] },
  { prefix: 'help:request.', within: ['src/features/help/help-cards.ts'] },
  {
    prefix: 'help:state.',
    // The states of a request are named with its table.
    within: ['src/features/help/', 'src/console/guests/receipt.ts', 'src/store/tables/help.ts'],
  },
  { prefix: 'knowledge:kb.help.', within: ['src/command-line/kb.ts'], by: 'help' },
  {
    prefix: 'knowledge:kb.',
    // What adding a document came to, and how a version stands, are named where they are found out.
    within: ['src/command-line/', 'src/knowledge/library/'],
    by: 'say',
  },
  { prefix: 'knowledge:kb.column.', within: ['src/command-line/kb-cards.ts'] },
  { prefix: 'knowledge:kb.standing.', within: ['src/knowledge/library/versions.ts'] },
  { prefix: 'knowledge:read.', within: ['src/knowledge/read/'], by: 'fail' },
  { prefix: 'knowledge:search.', within: ['src/knowledge/search/check-knowledge-files.ts'] },
  { prefix: 'people:address.', within: ['src/features/accounts/', 'src/people/address.ts'] },
  { prefix: 'people:command.help.', within: ['src/command-line/people.ts'], by: 'help' },
  { prefix: 'people:command.list.', within: ['src/command-line/people-cards.ts'], by: 'say' },
  { prefix: 'people:command.report.', within: ['src/command-line/people-cards.ts'], by: 'say' },
  {
    prefix: 'people:code.',
    // What typing a code came to is named where it is found out.
    within: ['src/features/accounts/', 'src/people/account-codes.ts'],
  },
  {
    prefix: 'problems:offers.',
    within: ['src/features/submissions/problems/', 'src/store/tables/problems.ts'],
  },
  { prefix: 'problems:offer.', within: ['src/features/submissions/problems/'], by: 'say' },
  { prefix: 'problems:milestone.', within: ['src/features/submissions/problems/'] },
  {
    prefix: 'problems:milestones.state.',
    within: ['src/features/submissions/problems/', 'src/store/tables/problems.ts'],
  },
  { prefix: 'problems:suggest.', within: ['src/features/submissions/experts/'], by: 'say' },
  {
    prefix: 'problems:expert.',
    within: ['src/features/submissions/experts/', 'src/store/tables/problems.ts'],
    by: 'say',
  },
  {
    prefix: 'problems:expert.',
    within: [
      'src/features/submissions/experts/',
      'src/store/tables/problems.ts',
      'src/command-line/experts.ts',
    ],
  },
  { prefix: 'problems:expert.form.', within: ['src/features/submissions/experts/'], by: 'label' },
  { prefix: 'problems:command.help.', within: ['src/command-line/experts.ts'], by: 'help' },
  { prefix: 'problems:command.', within: ['src/command-line/experts.ts'], by: 'say' },
  { prefix: 'problems:command.column.', within: ['src/command-line/experts.ts'], by: 'column' },
  { prefix: 'submissions:listed.', within: ['src/features/submissions/search/'], by: 'say' },
  { prefix: 'policy:answer.', within: ['src/features/policy/'] },
  { prefix: 'policy:clause.', within: ['src/features/policy/'] },
  { prefix: 'policy:feedback.', within: ['src/features/policy/'] },
  { prefix: 'policy:refusal.', within: ['src/features/policy/'], by: 'say' },
  { prefix: 'policy:welcome.', within: ['src/features/policy/'], by: 'say' },
  { prefix: 'policy:welcome.example.', within: ['src/features/policy/'] },
  { prefix: 'policy:founding.', within: ['src/guideline/'], by: 'say' },
  { prefix: 'policy:founding.not-said.', within: ['src/guideline/'] },
  { prefix: 'policy:founding.people.', within: ['src/guideline/'], by: 'say' },
  { prefix: 'policy:founding.who.', within: ['src/guideline/'] },
  { prefix: 'policy:founding.zone-', within: ['src/guideline/'] },
  { prefix: 'slack:form.', within: ['src/platforms/slack/'], by: 'say' },
  { prefix: 'web:client.', within: ['src/platforms/web/assets/'], by: 'say' },
  { prefix: 'web:', within: ['src/platforms/web/page.ts'], by: 'say' },
]
