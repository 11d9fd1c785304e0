import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { handOver } from '../../delivery/handed-files.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { onlyOrganisation } from '../../people/only-organisation.ts'
import { maySee, mustMake, personOf } from './access.ts'
import { fileCard, textCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { filledByCampaign, filledByDraft, ownSheet } from './fill-make-form.ts'
import { cancelAssessment, openAssessment } from './keep-assessment.ts'
import { subjectToCheck } from './keep-scores.ts'
import { ownCard } from './list-cards.ts'
import { brought } from './make-form.ts'
import { showOfCampaign } from './of-campaign.ts'
import { knownKinds, readSheet } from './read-sheet.ts'
import { filesOf, objectionsOf, readAssessment, readSubject } from './records.ts'
import { audienceOfResult, publishResult } from './results.ts'
import { openPoints } from './score-forms.ts'
import { type Looker, ownSubjects, previewOf, showAssessment, showList, showSubject } from './show.ts'

/** What buttons about assessments do. */
export function assessmentActions(context: AssessmentContext): Feature['actions'] {
  const action = (
    run: (click: Click, looker: Looker) => Promise<Acknowledgement>,
    reads = false,
  ): ActionHandler => ({
    reads,
    async run(click) {
      const { trx, action: pressed, language, now } = click
      return run(click, { person: await personOf(trx, pressed.account), language, now })
    },
  })
  /** A press of whoever holds it. */
  const held = (
    run: (click: Click, seen: { id: string; revision: number }, looker: Looker) => Promise<Acknowledgement>,
    reads = false,
  ) =>
    action(async (click, looker) => {
      const { assessment: id = '', revision } = click.action.value
      await mustMake(click.trx, looker.person, await readAssessment(click.trx, id), looker.now)
      return run(click, { id, revision: Number(revision) }, looker)
    }, reads)
  const subjectIn = ({ action: { value } }: Click) => value.subject ?? ''
  return {
    make: action(async (click, looker) => {
      const { person, now, language } = looker
      const { campaign, sheet: text, file: blob } = click.action.value
      if (campaign !== undefined) {
        return click.openForm('assessment.make', await filledByCampaign(click.trx, campaign, looker))
      }
      const typed = text === undefined ? null : readSheet(text, language, knownKinds(context))
      const sheet = blob === undefined ? typed : await brought(click.trx, context, { blob }, language)
      const own = await onlyOrganisation(click.trx, person, 'assessment.make', dayInChina(now))
      return click.openForm('assessment.make', {
        values: {
          ...(own ? { organisation: own.path } : {}),
          ...(sheet ? { sheet: ownSheet } : {}),
          notice: '5',
        },
        ...(sheet ? { context: { sheet: JSON.stringify(sheet) } } : {}),
      })
    }),
    edit: held(async (click, { id }) =>
      click.openForm('assessment.make', await filledByDraft(click.trx, id)),
    ),
    'of-campaign': action(async (click, looker) => {
      const card = await showOfCampaign(click.trx, click.action.value.campaign ?? '', looker)
      return { beside: card, besideAlone: true }
    }, true),
    list: action(async (click, looker) => {
      const card = await showList(click.trx, fromIn(click), looker)
      return {
        beside: card ?? textCard(translate(click.language, 'assessment:not-for-you')),
        besideAlone: true,
      }
    }, true),
    mine: action(async ({ trx, language }, { person, now }) => {
      return { beside: ownCard(await ownSubjects(trx, person, now), language), besideAlone: true }
    }, true),
    show: action(async (click, looker) => {
      const id = click.action.value.assessment ?? ''
      return { beside: await showAssessment(click.trx, id, fromIn(click), looker), besideAlone: true }
    }, true),
    subject: action(async (click, looker) => {
      return { beside: await showSubject(click.trx, context, subjectIn(click), looker), besideAlone: true }
    }, true),
    preview: held(async ({ trx }, { id }, looker) => {
      return {
        beside: await previewOf(trx, context, await readAssessment(trx, id), looker),
        besideAlone: true,
      }
    }, true),
    start: held(async ({ trx, language }, seen, { person, now }) => {
      const { row } = await openAssessment(trx, context, seen, { by: person, now })
      context.wakeWorkers()
      return {
        replace: goingOn(
          row,
          translate(language, 'assessment:receipt.begun', { number: row.number }),
          language,
        ),
      }
    }),
    'ask-cancel': held(async ({ language, action: { value } }) => {
      const button = {
        label: translate(language, 'assessment:card.cancel'),
        action: 'assessment.cancel',
        value,
      }
      return {
        beside: textCard(translate(language, 'assessment:card.ask-cancel'), [button]),
        besideAlone: true,
      }
    }, true),
    cancel: held(async ({ trx, language }, { id }, { person, now }) => {
      const { row } = await cancelAssessment(trx, context, id, { by: person, now })
      return {
        replace: textCard(translate(language, 'assessment:receipt.cancelled', { number: row.number })),
      }
    }),
    fill: action((click, { person, now }) => openPoints(click, context, { by: person, now }, 'fill')),
    check: action((click, { person, now }) => openPoints(click, context, { by: person, now }, 'check')),
    return: action(async (click, { person, now }) => {
      const { subject, assessment } = await subjectToCheck(click.trx, subjectIn(click), { by: person, now })
      const about = `${assessment.row.number} ${subject.name}`
      return click.openForm('assessment.return', { context: { subject: subject.row.id, about } })
    }),
    'files-out': action((click, looker) => handFiles(click, context, looker)),
    results: held(async ({ trx, language, action: { value } }, { id }, { now }) => {
      const assessment = await readAssessment(trx, id)
      const audience = await audienceOfResult(trx, assessment, now)
      const { people, chats } = await context.circulation.reach(trx, audience, now)
      const said = translate(language, 'assessment:card.results-reach', {
        ...{ people, chats, days: assessment.row.notice_days },
      })
      const label = translate(language, 'assessment:card.publish')
      const button = { label, action: 'assessment.publish', value, style: 'primary' as const }
      return { beside: textCard(said, [button]), besideAlone: true }
    }, true),
    publish: held(async ({ trx, language }, seen, { person, now }) => {
      const { row } = await publishResult(trx, context, seen, { by: person, now })
      context.wakeWorkers()
      return {
        replace: goingOn(
          row,
          translate(language, 'assessment:receipt.published', { number: row.number }),
          language,
        ),
      }
    }),
    object: action(async (click) => {
      const subject = await readSubject(click.trx, subjectIn(click))
      const context = { subject: subject.row.id, about: subject.name }
      return click.openForm('assessment.object', { context })
    }),
    settle: held(async (click, { id }) => {
      const { objection = '' } = click.action.value
      const found = (await objectionsOf(click.trx, id)).find((one) => one.id === objection)
      if (!found) throw new PlainError('assessment:gone')
      const subject = await readSubject(click.trx, found.subject)
      const values = { text: found.text.replaceAll('{{', '{ {'), about: subject.name }
      return click.openForm('assessment.settle', { context: { assessment: id, objection, ...values } })
    }),
  }
}

/** What was done, and the assessment beside it to go on. */
function goingOn({ id }: { id: string }, said: string, language: Language) {
  const label = translate(language, 'assessment:card.look')
  return textCard(said, [{ label, action: 'assessment.show', value: { assessment: id }, opens: 'beside' }])
}

function fromIn({ action }: Click): number {
  const typed = Number(action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

/** What proves a subject's measures, each as a message of its own, in private. */
async function handFiles(
  click: Click,
  context: AssessmentContext,
  { person, language, now }: Looker,
): Promise<Acknowledgement> {
  const { trx, action, say } = click
  const subject = await readSubject(trx, action.value.subject ?? '')
  const assessment = await readAssessment(trx, subject.row.assessment)
  if (!(await maySee(trx, person, assessment, subject, now))) throw new PlainError('assessment:gone')
  const to = { type: 'account' as const, account: action.account }
  const belongs = { matter: `assessment ${subject.row.assessment}`, ends: 'soon' as const }
  for (const { name, type: mediaType, blob } of await filesOf(trx, subject.row.id)) {
    const bytes = await context.blobs.get(blob, trx)
    if (!bytes) continue
    const handed = await handOver(trx, context, { name, mediaType, bytes }, now, belongs)
    await say(fileCard(handed), { to })
  }
  return { toast: translate(language, 'assessment:receipt.files') }
}
