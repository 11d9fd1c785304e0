import { type SourceFiles, withoutComments } from './source-files.ts'

/** Tables by the folder that owns them: nobody else writes them. */
const owners: Record<string, readonly string[]> = {
  'src/delivery/': ['handed_file', 'outbox', 'outbox_calls', 'outbox_pace', 'upload'],
  'src/events/': ['event'],
  'src/features/help/': ['help_receiver', 'help_request', 'help_supplement'],
  'src/features/policy/': ['answer_given', 'feedback', 'gap'],
  'src/features/submissions/': [
    ...['submission', 'submission_author', 'submission_comment', 'submission_history'],
    ...['submission_kind', 'submission_notice', 'submission_objection', 'submission_review'],
    ...['submission_second', 'submission_text', 'submission_reading', 'submission_entry'],
    ...['submission_offer', 'submission_milestone', 'submission_expert', 'submission_invitation'],
  ],
  'src/features/events/': [
    ...[
      'event_audience',
      'event_calendar_entry',
      'event_calendar_feed',
      'event_card',
      'event_check_in',
      'event_check_in_undone',
      'event_entry',
      'event_feedback',
      'event_gate',
    ],
    ...[
      'event_history',
      'event_hours',
      'event_material',
      'event_message',
      'event_press',
      'event_registration',
    ],
    ...['event_reminding', 'event_reserve', 'event_seats', 'event_series', 'event_text'],
  ],
  'src/features/resources/': [
    ...['resource_asked', 'resource_booking', 'resource_closed_day', 'resource_entry', 'resource_history'],
    'resource_region',
  ],
  'src/features/carriers/': [
    ...['carrier_entry', 'carrier_expert', 'carrier_grade', 'carrier_history', 'carrier_need'],
    'carrier_outcome',
  ],
  'src/features/assessment/': [
    ...['assessment', 'assessment_checker', 'assessment_file', 'assessment_history', 'assessment_objection'],
    ...['assessment_score', 'assessment_subject'],
  ],
  'src/features/circulation/': ['circulation', 'circulation_chat', 'circulation_person'],
  'src/features/collections/': [
    ...['collection', 'collection_answer', 'collection_ballot', 'collection_handler', 'collection_history'],
    'collection_version',
  ],
  'src/features/notices/': [...['notice', 'notice_file', 'notice_history', 'notice_link', 'group_digest']],
  'src/features/consultations/': [
    ...['consultation', 'consultation_answer', 'consultation_box', 'consultation_history'],
    'consultation_paper',
  ],
  'src/features/campaigns/': [
    ...['campaign', 'campaign_award', 'campaign_entry', 'campaign_event', 'campaign_history'],
    ...['campaign_judging', 'campaign_objection'],
    ...['campaign_organisation', 'campaign_review', 'campaign_reviewer'],
  ],
  'src/features/planning/': [
    ...['plan', 'plan_duty', 'plan_history', 'plan_item', 'plan_paper', 'plan_review'],
    'plan_update',
  ],
  'src/features/founding/': ['founding_case', 'founding_history', 'founding_step'],
  'src/features/liaison/': [
    ...['liaison_duty', 'liaison_frequency', 'liaison_history', 'liaison_holder', 'liaison_need'],
    ...['liaison_photo', 'liaison_promise', 'liaison_visit'],
  ],
  'src/features/organisations/': ['organisation_profile', 'organisation_profile_history'],
  'src/features/reminders/': [
    ...['reminder', 'reminder_card', 'reminder_card_item', 'reminder_history', 'reminder_item'],
    ...['reminder_evidence', 'reminder_run', 'reminder_target'],
  ],
  'src/features/planning/duties/': [
    ...['organisation_duty', 'report_meeting', 'report_decision', 'rules_review', 'rules_review_line'],
    ...['learning_plan', 'learning_record'],
  ],
  'src/features/pushes/': ['push', 'push_row', 'push_sheet'],
  'src/forms/': ['form_draft', 'form_number'],
  'src/intake/': ['heard_chat', 'inbox', 'interaction'],
  'src/knowledge/': [
    ...['clause', 'document', 'document_version', 'document_visibility', 'library_state', 'seed_import'],
    ...['hint_thanks', 'learned_hint', 'learned_hint_state', 'learned_hint_use'],
  ],
  'src/people/': [
    ...[
      'account',
      'account_code',
      'account_code_miss',
      'chat_binding',
      'directory_entry',
      'membership',
      'organisation',
      'person',
    ],
    ...['sign_in_link', 'web_session'],
    // Wrong receipt codes, of questions and of submissions.
    'help_receipt_miss',
  ],
  'src/platforms/web/': ['web_chat', 'web_message'],
  'src/seal/': ['seal_check', 'seal_key'],
  'src/store/': ['blob', 'blob_dropped', 'blob_use'],
  'src/timers/': [
    ...['calendar_state', 'calendar_year', 'organisation_day', 'person_leave', 'timer', 'working_hours'],
  ],
}

/** Who people are is read everywhere. */
const readByAll = ['account', 'directory_entry', 'membership', 'organisation', 'person']
/** They show and count what others keep; house.ts asks whether the database answers. */
const readsAll = /^src\/(?:console|metrics|command-line)\/|^src\/house\.ts$/

const ownerOf = new Map(
  Object.entries(owners).flatMap(([folder, tables]) => tables.map((table) => [table, folder])),
)
const statement = /\b(selectFrom|insertInto|updateTable|deleteFrom|(?:inner|left|right|full)Join)\(\s*'(\w+)/g

/** Where a table is named by somebody who does not own it and may not read it, one line each. */
export function findForeignTables(files: SourceFiles): string[] {
  return [...files]
    .filter(([path]) => path.startsWith('src/') && !path.startsWith('src/store/'))
    .flatMap(([path, source]) =>
      [...withoutComments(source).matchAll(statement)].flatMap(([, verb, table]) => {
        const owner = ownerOf.get(table!)
        // The alias of a subquery, such as a recursion's.
        if (owner === undefined || path.startsWith(owner)) return []
        const reads = verb === 'selectFrom' || verb!.endsWith('Join')
        if (reads && (readByAll.includes(table!) || readsAll.test(path))) return []
        return [`${path}: ${verb} ${table}: only ${owner} ${reads ? 'reads' : 'writes'} this table`]
      }),
    )
}

/** Every table that has an owner. */
export const ownedTables: ReadonlySet<string> = new Set(ownerOf.keys())
