import { type Card, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Account, IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import { accountKey, conversationKey, incomingKey } from '../../chat/keys.ts'
import type { Click, Feature, Turn } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { guest, type Reader } from '../../knowledge/clause.ts'
import type { KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Reads } from '../../people/people.ts'
import type { Store } from '../../store/store.ts'
import type { Answer } from './answer.ts'
import { answerForReaders, seesMore } from './answer-for-readers.ts'
import { recentQuestions, recordAnswer, recordFeedback } from './answer-log.ts'
import { answerFrom, hitsWanted, type Question } from './answer-question.ts'
import { closeGaps } from './close-gaps.ts'
import { composeAnswer } from './compose/compose-answer.ts'
import { learnFromPerson } from './learn-hints.ts'
import { openOldClause } from './open-old-clause.ts'
import { answerCard, clauseCard, howToAskCard, supersededCard, welcomeCard } from './policy-cards.ts'
import { readGivenAnswer } from './port.ts'
import { isWordedAsQuestion } from './worded-as-question.ts'

export interface PolicyOptions {
  store: Store
  knowledge: Pick<KnowledgeBase, 'engine'>
  clock: () => Date
  /** What somebody may read who reads alone. */
  readerOf(account: Account, db: Reads): Promise<Reader>
  /**
   * Everybody who will see what is said in answer to this account there, itself included. A message may wait for a
   * platform to tell who is in a group; a click is answered within a transaction and goes by what is known.
   */
  readersOf(incoming: IncomingMessage | IncomingAction, db: Reads): Promise<readonly Reader[]>
  /** Null: answers are extracted only. */
  model: { chat: ChatModel; prompts: Prompts } | null
  /** Told of every answer that was given. */
  counts?: { answered(refused: boolean): void }
}

export interface PolicyFeature extends Feature {
  answer(turn: Turn): Promise<void>
  /** Whether it is plainly a question that can be answered, so that no form takes it for an answer. */
  isClearQuestion(turn: Pick<Turn, 'message' | 'language'>): Promise<boolean>
}

/** A conversation is taken up again within this time; later questions stand alone. */
const memory = 30 * 60_000
/** Questions of the conversation that are remembered. */
const turns = 3

/** Questions about documents: answered from clauses, with feedback and the way to a person. */
export function createPolicyFeature(options: PolicyOptions): PolicyFeature {
  const { store, knowledge, clock } = options

  /** Who reads what is shown to somebody alone: in a group they themselves, in a private chat whoever shares it. */
  const ownReaders = async (incoming: IncomingMessage | IncomingAction, db: Reads) =>
    incoming.group ? [await options.readerOf(incoming.account, db)] : options.readersOf(incoming, db)

  async function answer(turn: Turn): Promise<void> {
    const { message, language } = turn
    const since = new Date(clock().getTime() - memory)
    const occasion = { account: message.account, conversation: message.conversation, at: message.at }
    const id = incomingKey(message)
    const history = await recentQuestions(store.db, occasion, { except: id, since, most: turns })
    const asked = { id, question: message.text, language, history }
    const own = await ownReaders(message, store.db)
    // Who may read no more than a guest has nothing that could be kept from others: they need not be known.
    const isOpenToAll = !message.group || !seesMore(knowledge.engine, own, [guest])
    const readers = isOpenToAll ? own : await options.readersOf(message, store.db)
    const { result, extracted, alone } = answerForReaders(knowledge.engine, asked, own, readers)
    const composing = options.model !== null && !extracted.refused
    let said = ''
    // Complete as it is: whatever becomes of the model, nobody waits for it.
    await turn.commit(async (trx, say) => {
      await recordAnswer(trx, extracted, occasion)
      const card = answerCard(extracted, { open: composing })
      said = alone
        ? await sayAlone(turn, say, card, { open: composing })
        : await say(card, { open: composing })
    })
    options.counts?.answered(extracted.refused)
    if (!options.model || !composing) return
    const statements: Answer['statements'] = []
    const show = (open: boolean) =>
      turn.edit(said, answerCard({ ...extracted, statements: [...statements] }, { open }), { open })
    try {
      await composeAnswer({
        model: options.model.chat,
        prompts: options.model.prompts,
        question: asked.question,
        history: asked.history,
        language,
        clauses: result.hits.map(({ document, clause }) => ({
          document: document.document,
          key: clause.key,
          label: clause.label,
          title: document.title,
          text: clause.text,
        })),
        signal: turn.signal,
        async onStatement(statement) {
          statements.push(statement)
          await show(true)
        },
      })
    } finally {
      await show(false)
    }
  }

  /** Worded as a question, and the documents answer it. */
  async function isClearQuestion({
    message,
    language,
  }: Pick<Turn, 'message' | 'language'>): Promise<boolean> {
    if (!isWordedAsQuestion(message.text)) return false
    const readers = await ownReaders(message, store.db)
    const asked: Question = { id: message.id, question: message.text, language, history: [], readers }
    return !answerFrom(knowledge.engine.search({ ...asked, limit: hitsWanted }), asked).refused
  }

  async function openClause({ action, trx, language }: Click): Promise<Acknowledgement> {
    const { document = '', key = '', marks = '', version = '' } = action.value
    const find = async (readers: readonly Reader[]) => {
      const current = knowledge.engine.openClause(document, key, readers)
      // A card shows what it quoted, also after a newer version has come.
      const quoted =
        version !== String(current?.document.version) && !knowledge.engine.hides(document, readers)
          ? await openOldClause(trx, document, Number(version), key, readers)
          : null
      return { current, quoted, opened: quoted ?? current }
    }
    // Beside the conversation it is read by whoever pressed.
    const { current, quoted, opened } = await find(await ownReaders(action, trx))
    if (!opened) throw new PlainError('policy:clause.gone')
    // Marks belong to the version that was quoted; on another they would mark other words.
    const sameVersion = version === String(opened.document.version)
    const card = clauseCard({ ...opened, marks: sameVersion ? readMarks(marks) : [] }, language)
    const beside = quoted ? supersededCard(card, current, language) : card
    if (!action.group) return { beside }
    const shared = await find(await options.readersOf(action, trx))
    const isShared = !!shared.opened && !shared.quoted === !quoted && !shared.current === !current
    return isShared ? { beside } : { beside, besideAlone: true }
  }

  async function feedback({ action, trx, language, now }: Click): Promise<Acknowledgement> {
    const { answer: id = '', verdict } = action.value
    if (verdict !== 'up' && verdict !== 'down') throw new PlainError('chat:gone')
    const given = await readGivenAnswer(trx, id)
    // Whoever was not there has nothing to say about it.
    const wasThere =
      given?.account === accountKey(action.account) ||
      given?.conversation === conversationKey(action.conversation)
    const kept = wasThere && (await recordFeedback(trx, id, action.account, verdict, now))
    return { toast: translate(language, kept ? `policy:feedback.${verdict}` : 'policy:feedback.gone') }
  }

  return {
    name: 'policy',
    actions: {
      'open-clause': { reads: true, run: openClause },
      feedback: { reads: false, run: feedback },
    },
    commands: [
      {
        words: {
          'zh-CN': ['你好', '您好', '在吗', '你是谁'],
          en: ['hi', 'hello', 'start'],
        },
        run: (turn) => sayOnly(turn, welcomeCard(turn.language)),
      },
      {
        words: {
          'zh-CN': ['提问', '我要提问', '我想提问', '问问题', '提问题', '怎么提问'],
          en: ['ask', 'ask a question', 'question', 'i have a question'],
        },
        run: (turn) => sayOnly(turn, howToAskCard(turn.language)),
      },
      {
        words: { 'zh-CN': ['谢谢', '多谢', '谢谢你', '谢谢您', '好的谢谢'], en: ['thanks', 'thank you'] },
        run: (turn) =>
          sayOnly(turn, {
            tone: 'info',
            blocks: [{ type: 'text', runs: plain(translate(turn.language, 'policy:welcome.thanks')) }],
          }),
      },
    ],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {
      'question.answered': async (trx, event, now) => {
        await closeGaps(trx, event, now)
        await learnFromPerson(trx, event, now)
      },
    },
    answer,
    isClearQuestion,
  }
}

function sayOnly(turn: Turn, card: Card): Promise<void> {
  return turn.commit(async (_trx, say) => {
    await say(card)
  })
}

/** `12-40,55-60` → pairs; anything else is left out. */
function readMarks(text: string): [number, number][] {
  return [...text.matchAll(/(\d{1,6})-(\d{1,6})/g)].map(([, start, end]) => [Number(start), Number(end)])
}
