import type { IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Reply } from '../../chat/platform.ts'
import type { Feature } from '../../conversation/feature.ts'
import type { Reader } from '../../knowledge/clause.ts'
import type { KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Store } from '../../store/store.ts'
import type { Answer } from './answer.ts'
import { askPerson, recentQuestions, recordAnswer, recordFeedback } from './answer-log.ts'
import { answerFrom, type Question } from './answer-question.ts'
import { composeAnswer } from './compose/compose-answer.ts'
import { openOldClause } from './open-old-clause.ts'
import { answerCard, clauseCard, supersededCard, welcomeCard } from './policy-cards.ts'

export interface PolicyOptions {
  store: Store
  knowledge: KnowledgeBase
  clock: () => Date
  /** Everybody who will see what is said in answer to this account there. */
  readersOf(incoming: IncomingMessage | IncomingAction): Promise<readonly Reader[]>
  /** Null: answers are extracted only. */
  model: { chat: ChatModel; prompts: Prompts } | null
}

export interface PolicyFeature extends Feature {
  answer(message: IncomingMessage, language: Language, reply: Reply): Promise<void>
}

/** A conversation is taken up again within this time; later questions stand alone. */
const memory = 30 * 60_000
/** Questions of the conversation that are remembered. */
const turns = 3
/** Clauses that a model may draw on. */
const hitsWanted = 6

/** Questions about documents: answered from clauses, with feedback and the way to a person. */
export function createPolicyFeature(options: PolicyOptions): PolicyFeature {
  const { store, knowledge, clock } = options

  async function answer(message: IncomingMessage, language: Language, reply: Reply): Promise<void> {
    const since = new Date(clock().getTime() - memory)
    const occasion = { account: message.account, conversation: message.conversation, at: message.at }
    const asked: Question = {
      id: message.id,
      question: message.text,
      language,
      history: await recentQuestions(store.db, occasion, { except: message.id, since, most: turns }),
      readers: await options.readersOf(message),
    }
    const result = knowledge.engine.search({ ...asked, limit: hitsWanted })
    const extracted = answerFrom(result, asked)
    // Kept before it is shown, so that whoever sees a button can press it.
    await store.transaction((trx) => recordAnswer(trx, extracted, occasion))
    if (!options.model || extracted.refused) return reply.show(answerCard(extracted))
    await reply.show(answerCard(extracted, false))
    const statements: Answer['statements'] = []
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
      signal: new AbortController().signal,
      async onStatement(statement) {
        statements.push(statement)
        await reply.show(answerCard({ ...extracted, statements: [...statements] }, false))
      },
    })
    await reply.show(answerCard({ ...extracted, statements }))
  }

  async function openClause(action: IncomingAction, reply: Reply): Promise<void> {
    const { document = '', key = '', marks = '', version = '' } = action.value
    const readers = await options.readersOf(action)
    const current = knowledge.engine.openClause(document, key, readers)
    // A card shows what it quoted, also after a newer version has come.
    const quoted =
      version !== String(current?.document.version) && !knowledge.engine.hides(document, readers)
        ? await openOldClause(store, document, Number(version), key, readers)
        : null
    const opened = quoted ?? current
    if (!opened) throw new PlainError('policy:clause.gone')
    // Marks belong to the version that was quoted; on another they would mark other words.
    const sameVersion = version === String(opened.document.version)
    const card = clauseCard({ ...opened, marks: sameVersion ? readMarks(marks) : [] }, action.language)
    await reply.show(quoted ? supersededCard(card, current, action.language) : card)
  }

  async function feedback(action: IncomingAction, reply: Reply): Promise<void> {
    const { answer: id = '', verdict } = action.value
    if (verdict !== 'up' && verdict !== 'down') throw new PlainError('chat:gone')
    const kept = await store.transaction((trx) => recordFeedback(trx, id, action.account, verdict, clock()))
    await reply.toast(
      translate(action.language, kept ? `policy:feedback.${verdict}` : 'policy:feedback.gone'),
    )
  }

  async function wantPerson(action: IncomingAction, reply: Reply): Promise<void> {
    const kept = await store.transaction((trx) => askPerson(trx, action.value.answer ?? ''))
    await reply.toast(translate(action.language, kept ? 'policy:person.kept' : 'policy:feedback.gone'))
  }

  return {
    name: 'policy',
    actions: { 'open-clause': openClause, feedback, 'ask-person': wantPerson },
    commands: [
      {
        words: {
          'zh-CN': ['帮助', '你好', '您好', '在吗', '你是谁', '能做什么', '你能做什么', '怎么用'],
          en: ['help', 'hi', 'hello', 'start', 'what can you do'],
        },
        run: (_message, language, reply) => reply.show(welcomeCard(language)),
      },
      {
        words: { 'zh-CN': ['谢谢', '多谢', '谢谢你', '谢谢您', '好的谢谢'], en: ['thanks', 'thank you'] },
        run: (_message, language, reply) =>
          reply.show({
            tone: 'info',
            blocks: [{ type: 'text', runs: [{ text: translate(language, 'policy:welcome.thanks') }] }],
          }),
      },
    ],
    answer,
  }
}

/** `12-40,55-60` → pairs; anything else is left out. */
function readMarks(text: string): [number, number][] {
  return [...text.matchAll(/(\d{1,6})-(\d{1,6})/g)].map(([, start, end]) => [Number(start), Number(end)])
}
