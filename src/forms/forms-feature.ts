import type { Card } from '../chat/card.ts'
import type { Acknowledgement, FormView } from '../chat/form-view.ts'
import type { Click, Feature, Turn } from '../conversation/feature.ts'
import type { FormToOpen } from '../conversation/forms-port.ts'
import { sayAlone } from '../conversation/say-alone.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Store, Trx } from '../store/store.ts'
import { cancelledCard, continueCard, draftsCard, textCard, titleOf } from './draft-cards.ts'
import {
  adoptDrafts,
  cancelledDrafts,
  checkRoom,
  lockDraft,
  mayAskAt,
  openDrafts,
  recoverableMinutes,
  updateDraft,
} from './drafts.ts'
import { findAsked } from './find-asked.ts'
import { listUnfinished } from './list-unfinished.ts'
import { cardOf, type Definitions, openSession } from './session.ts'
import { answerStep, isAskedAt, type Place } from './steps/answer-step.ts'
import { isStepWord } from './steps/step-words.ts'
import type { StepInput } from './steps/take-step.ts'
import { toastOf } from './submit-draft.ts'

const strayStepWord =
  /^(?:提交|确认提交|上一步|上一项|跳过|下一项|保存草稿|取消|不填了|submit|previous|skip|save draft|cancel)$/

interface FormsFeatureOptions {
  store: Pick<Store, 'now'>
  definitions: Definitions
  showsForms(platform: string): boolean
  continueDraft(
    trx: Trx,
    id: string,
    place: Place,
    how: Pick<FormToOpen, 'now' | 'language' | 'asView'>,
  ): Promise<{ view: FormView } | { card: Card }>
}

/** Drafts: what is there, going on with one, giving one up and getting it back; and the buttons of questions. */
export function createFormsFeature(options: FormsFeatureOptions): Feature {
  const { store, definitions, showsForms, continueDraft } = options

  async function listMine(turn: Turn): Promise<void> {
    await turn.commit(async (trx, say) => {
      const drafts = await openDrafts(trx, definitions, turn.message.account, await store.now(trx))
      // What they are about may be somebody else's question.
      await sayAlone(turn, say, draftsCard(turn.language, drafts, definitions))
    })
  }

  /** The latest: the one asked here first of all, for that is what was interrupted. */
  async function goOn(turn: Turn): Promise<void> {
    const { language, message } = turn
    await turn.commit(async (trx, say) => {
      const now = await store.now(trx)
      const asked = await findAsked(trx, definitions, message.conversation, message.account)
      const drafts = asked ? [asked] : await openDrafts(trx, definitions, message.account, now)
      const known = drafts.filter((one) => definitions.has(one))
      const draft = known.find((one) => mayAskAt(one, message)) ?? known[0]
      if (!draft) return void (await say(draftsCard(language, drafts, definitions)))
      // A page opens by a click only.
      if (!asked && showsForms(message.account.platform)) {
        return void (await say(continueCard(language, titleOf(language, draft, definitions), draft)))
      }
      if (!mayAskAt(draft, message)) return void (await say(textCard(language, 'forms:draft.private')))
      const next = await continueDraft(trx, draft.id, message, { now, language, asView: false })
      if ('card' in next) await say(next.card)
    })
  }

  /** Gives up the form that is asked here; of drafts that only wait nobody knows which is meant. */
  async function giveUp(turn: Turn): Promise<void> {
    const { language, message } = turn
    await turn.commit(async (trx, say) => {
      const now = await store.now(trx)
      const asked = await findAsked(trx, definitions, message.conversation, message.account)
      if (!asked) {
        const drafts = await openDrafts(trx, definitions, message.account, now)
        return void (await sayAlone(turn, say, draftsCard(language, drafts, definitions)))
      }
      const draft = await lockDraft(trx, definitions, asked.id, message.account)
      await updateDraft(trx, definitions, { ...draft, state: 'cancelled', asking: null, updatedAt: now })
      await say(cancelledCard({ ...draft, language }))
    })
  }

  async function getBack(turn: Turn): Promise<void> {
    const { language, message } = turn
    await turn.commit(async (trx, say) => {
      const now = await store.now(trx)
      const [latest] = await cancelledDrafts(trx, definitions, message.account, now)
      if (!latest) {
        await say(textCard(language, 'forms:restore.none', { minutes: recoverableMinutes }))
      } else await say(await restore(trx, latest.id, turn, now))
    })
  }

  async function restore(
    trx: Trx,
    id: string,
    {
      message: { account },
      language,
    }: { message: Pick<Turn['message'], 'account'>; language: Turn['language'] },
    now: Date,
  ): Promise<Card> {
    const draft = await lockDraft(trx, definitions, id, account)
    if (draft.receipt) return cardOf(trx, { draft, sealer: definitions.sealer }, draft.receipt.card)
    const title = titleOf(language, draft, definitions)
    if (draft.state === 'cancelled') {
      if (now.getTime() - draft.updatedAt.getTime() > recoverableMinutes * 60_000) {
        throw new PlainError('forms:draft.gone')
      }
      checkRoom(await openDrafts(trx, definitions, account, now))
      await updateDraft(trx, definitions, { ...draft, state: 'open', updatedAt: now })
    }
    return continueCard(language, title, draft)
  }

  async function goOnAt(click: Click, asView: boolean): Promise<Acknowledgement> {
    const { trx, now, language, say, action } = click
    const next = await continueDraft(trx, draftOf(click), action, { now, language, asView })
    if ('view' in next) return { form: next.view }
    await say(next.card)
    return {}
  }

  async function remove(click: Click): Promise<Acknowledgement> {
    const { trx, now, language, action } = click
    const draft = await lockDraft(trx, definitions, draftOf(click), action.account)
    if (draft.state === 'open') {
      await updateDraft(trx, definitions, { ...draft, state: 'cancelled', asking: null, updatedAt: now })
    }
    return {
      toast: translate(language, 'forms:cancelled', { minutes: recoverableMinutes }),
      replace: draftsCard(language, await openDrafts(trx, definitions, action.account, now), definitions),
    }
  }

  async function answer(click: Click, input: StepInput): Promise<Acknowledgement> {
    const { trx, now, language, say, action } = click
    const draft = await lockDraft(trx, definitions, draftOf(click), action.account)
    if (draft.receipt) {
      return { toast: toastOf(draft.receipt, language) }
    }
    const past = { toast: translate(language, 'forms:step.past') }
    if (!isAskedAt(draft, action)) return past
    const session = await openSession(trx, definitions, draft, action.account, now)
    return (await answerStep(trx, session, input, action, say)) ? {} : past
  }

  const changes = (run: (click: Click) => Promise<Acknowledgement>) => ({ reads: false, run })
  return {
    name: 'forms',
    actions: {
      continue: changes((click) => goOnAt(click, showsForms(click.action.account.platform))),
      ask: changes((click) => goOnAt(click, false)),
      delete: changes(remove),
      restore: changes(async (click) => {
        const { trx, now, language, action, say } = click
        await say(await restore(trx, draftOf(click), { message: action, language }, now))
        return {}
      }),
      answer: changes((click) => {
        const { field = '', value = '' } = click.action.value
        return answer(click, { type: 'option', position: field, value })
      }),
      step: changes((click) => {
        const { field = '', word = '' } = click.action.value
        if (!isStepWord(word)) throw new PlainError('chat:gone')
        return answer(click, { type: 'word', position: field, word })
      }),
    },
    commands: [
      {
        words: { 'zh-CN': ['我的草稿', '草稿箱', '草稿'], en: ['my drafts', 'drafts'] },
        aboutDrafts: true,
        run: listMine,
      },
      {
        words: { 'zh-CN': ['继续填写', '继续填表', '接着填'], en: ['continue', 'continue form'] },
        aboutDrafts: true,
        run: goOn,
      },
      {
        words: { 'zh-CN': ['取消填写'], en: ['cancel form', 'cancel draft'] },
        aboutDrafts: true,
        run: giveUp,
      },
      { words: { 'zh-CN': ['恢复草稿'], en: ['restore draft'] }, aboutDrafts: true, run: getBack },
      // Said while nothing is asked here, these are about a form all the same, never a question.
      { words: { 'zh-CN': [], en: [] }, pattern: strayStepWord, run: listMine },
    ],
    forms: [],
    mine: (whose) => listUnfinished(whose, definitions),
    timers: {},
    subscriptions: { 'guest.known': (trx, { account, person }) => adoptDrafts(trx, account, person) },
  }
}

function draftOf({ action }: Click): string {
  return action.value.draft ?? ''
}
