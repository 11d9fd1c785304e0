import { createHash } from 'node:crypto'
import type { Block, Button, Card } from '../../../chat/card.ts'
import { incomingKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Turn } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { sealCard } from '../../../seal/sealed-card.ts'
import type { SubmissionsContext } from '../context.ts'
import { labelled, readableFields } from '../texts.ts'
import { keepReading } from './keep-reading.ts'
import { readWithModel } from './model-reading.ts'
import { fieldsOf, readSentence, type SentenceReading } from './read-sentence.ts'

/** Said before what is to be looked up whatever it sounds like; the button 查文件 says it. */
const lookUp = /^\s*(?:查文件|查政策|look up)\s*[：:\s]\s*/i
/** Code points of a question that a button carries. */
const longestAsked = 300
/** Beyond this a value is cut on the card; the form holds all of it. */
const longestShown = 300

/**
 * Takes what sends something in: shows what was understood, with the form one press away. Gives the turn back where it
 * is a question, without the words that only said so; null: it was taken.
 */
export async function takeSentence(turn: Turn, context: SubmissionsContext): Promise<Turn | null> {
  const { text } = turn.message
  const asked = lookUp.exec(text.slice(0, 40))
  if (asked) return withText(turn, text.slice(asked[0].length))
  const byRules = readSentence(text, context.kinds.all())
  if (!byRules) return turn
  const reading = context.model ? await readWithModel(byRules, context.model, turn.signal) : byRules
  await offer(turn, context, reading)
  return null
}

/** The same turn about other words. */
function withText({ language, signal, message, ...turn }: Turn, text: string): Turn {
  const { commit, edit } = turn
  return { language, signal, message: { ...message, text }, commit, edit }
}

async function offer(turn: Turn, context: SubmissionsContext, reading: SentenceReading): Promise<void> {
  const { message, language } = turn
  const { kind, content, values } = reading
  const { account, group = false } = message
  // A row's id that says nothing of whose it is.
  const id = createHash('sha256')
    .update(`reading ${incomingKey(message)}`)
    .digest('hex')
    .slice(0, 32)
  await turn.commit(async (trx, say) => {
    const now = await context.store.now(trx)
    await keepReading(trx, context, { id, account, now, kind: kind.kind, content, values })
    const isGuest = (await findPersonByAccount(trx, account)) === null
    // A file that came along lies nowhere encrypted yet, so it waits for the form that takes it.
    const hasFiles = (message.files ?? []).length > 0 && fieldsOf(kind).some(({ type }) => type === 'file')
    const card = await offerCard(
      trx,
      context,
      { ...reading, id, text: message.text, isGuest, hasFiles },
      language,
    )
    const isSecret = kind.sealed || kind.naming.some((naming) => naming !== 'signed')
    const kept = isSecret ? await sealCard(trx, context.sealer, `reading ${id}`, card, language) : card
    if (!isSecret || !group) return void (await say(kept))
    // Others of the group need not read it once more.
    await say(kept, { to: { type: 'account', account } })
    await say({
      tone: 'info',
      blocks: [{ type: 'note', text: translate(language, 'submissions:collect.private') }],
    })
  })
}

async function offerCard(
  db: Reads,
  { kinds }: SubmissionsContext,
  {
    id,
    kind,
    values,
    content,
    text,
    isGuest,
    hasFiles,
  }: SentenceReading & { id: string; text: string; isGuest: boolean; hasFiles: boolean },
  language: Language,
): Promise<Card> {
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(language, `submissions:collect.${key}`, more)
  const what = kind.title[language]
  const lines = await readableFields(db, fieldsOf(kind), values, language)
  const missing = kind.admission.filter(({ field }) => values[field] === undefined)
  const other = kinds.all().find((one) => one.kind === kind.instead)
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: say(lines.length > 0 ? 'filled' : 'empty', { what }), strong: true }] },
    ...lines.map(
      ({ label, value }): Block => ({
        type: 'text',
        runs: [{ text: labelled(label, language), strong: true }, { text: cut(value) }],
      }),
    ),
  ]
  if (missing.length > 0) {
    const names = missing.map((one) => one.missing[language]).join(language === 'en' ? '; ' : '、')
    blocks.push({ type: 'note', text: say('missing', { names }) })
  }
  const fill = (label: string, more: Record<string, string>, style: 'primary' | 'plain'): Button => ({
    label,
    action: 'submissions.fill',
    value: { reading: id, ...more },
    opens: 'beside',
    style,
  })
  const buttons = [fill(say('go-on'), {}, 'primary')]
  if (other && missing.length > 0 && content !== '') {
    blocks.push({ type: 'note', text: say('instead-note', { what: other.title[language] }) })
    buttons.push(fill(say('instead', { what: other.title[language] }), { kind: other.kind }, 'plain'))
  }
  const question = Array.from(text.slice(0, 2 * longestAsked))
    .slice(0, longestAsked)
    .join('')
  buttons.push({
    label: say('ask'),
    action: 'ask',
    value: { text: `${say('ask-words')}${question}` },
  })
  blocks.push({ type: 'buttons', buttons })
  if (hasFiles) blocks.push({ type: 'note', text: say('files-again') })
  if (isGuest) blocks.push({ type: 'note', text: translate(language, 'submissions:whose.sign-in') })
  return { tone: 'info', title: say('title', { what }), blocks }
}

function cut(value: string): string {
  const letters = Array.from(value)
  return letters.length <= longestShown ? value : `${letters.slice(0, longestShown).join('')}……`
}
