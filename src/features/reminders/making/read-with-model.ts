import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { PlainError } from '../../../messages/plain-error.ts'
import { type ChatModel, ModelFailure } from '../../../model/chat-model.ts'
import { fillPrompt, type Prompts } from '../../../model/prompt-file.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { libraryTable } from '../../../timers/calendar/library-tables.ts'
import { defaultCalendar } from '../../../timers/calendar/work-calendar.ts'
import { checkRule } from '../../../timers/recurrence/check-rule.ts'
import { localTimeOf } from '../../../timers/recurrence/local-time.ts'
import { readSentence } from '../../../timers/recurrence/read-sentence.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import { findZone } from '../../../timers/recurrence/said-zone.ts'
import { plainSentence } from '../../../timers/recurrence/sentence-text.ts'
import { figuresAreSaid } from './figures-said.ts'
import type { ReminderRequest, UnreadableRequest } from './read-request.ts'
import { unclearBeside } from './request-rest.ts'

/** Milliseconds that somebody waits for it; then the rules' reading holds. */
const patience = 5_000
/** UTF-16 units that a model is given, and that it may write. */
const longest = { message: 1_000, answer: 4_000 }

const words = z.string().trim().min(1).max(500).optional()
const answer = z.object({
  ...{ when: words, whom: words, what: words },
  rule: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

const openProblems = new Set(['recurrence:sentence.no-time', 'recurrence:sentence.unclear'])

interface Reader {
  model: { chat: ChatModel; prompts: Prompts }
  now: Date
  /** IANA name. */
  zone: string
  signal: AbortSignal
}

/**
 * What a sentence asks for, with what a model finds in place of what the rules guessed; what the rules are sure of stays.
 * Never throws for anything that a model does: what it writes counts as far as it is words of the sentence, a rule that
 * passes the checks, and figures that were said.
 */
export async function readWithModel(
  text: string,
  byRules: ReminderRequest | UnreadableRequest,
  { model, now, zone, signal }: Reader,
): Promise<ReminderRequest | UnreadableRequest> {
  // What was said contradicts itself or cannot be: only whoever said it knows.
  const isOpen = 'problem' in byRules ? openProblems.has(byRules.problem) : !byRules.sure
  if (!isOpen || text.length > longest.message) return byRules
  const nonce = randomBytes(16).toString('hex')
  const message = text.replaceAll(/[⟦⟧]/gu, ' ')
  const system = fillPrompt(model.prompts['read-reminder'], { nonce, now: localTimeOf(now, zone) })
  try {
    const written = await collect(
      model.chat.stream(
        [
          { role: 'system', content: system },
          { role: 'user', content: `⟦${nonce} message⟧\n${message}\n⟦${nonce} end⟧` },
        ],
        AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      ),
    )
    const found = answer.parse(JSON.parse(written))
    const copied = (piece: string | undefined) => (piece && text.includes(piece) ? piece : undefined)
    const piece = 'problem' in byRules ? byRules.values.piece : undefined
    const when = copied(found.when)
    const isWhole = piece === undefined || when?.normalize('NFKC').includes(piece) === true
    const said = isWhole ? ruleIn(when, found.rule, { text, now, zone }) : null
    const timed = said ?? ('rule' in byRules ? { rule: byRules.rule, zone: byRules.zone } : null)
    if (!timed) return byRules
    const { whom, what } = 'rule' in byRules ? byRules : { whom: '', what: '' }
    return { ...timed, whom: copied(found.whom) ?? whom, what: copied(found.what) ?? what, sure: false }
  } catch (error) {
    const isTheModels =
      error instanceof ModelFailure || error instanceof SyntaxError || error instanceof z.ZodError
    if (isTheModels || signal.aborted || isAbort(error)) return byRules
    throw error
  }
}

type Timed = Pick<ReminderRequest, 'rule' | 'zone'>

/** The words that say when, read by the rules; else the model's rule as far as it holds. */
function ruleIn(
  when: string | undefined,
  given: Record<string, string | number | boolean> | undefined,
  { text, now, zone }: { text: string; now: Date; zone: string },
): Timed | null {
  const read = when === undefined ? null : readSentence(when, now, zone)
  if (read && 'rule' in read && read.sure && !unclearBeside(when ?? '', read.spans)) {
    const rule = checked(read.rule, { now, zone: read.zone })
    if (rule) return { rule, zone: read.zone }
  }
  // A rule says nothing of zones.
  if (!given || findZone(plainSentence(text).plain, zone)) return null
  const today = dayIn(zone, now)
  const { time = '09:00', ...rest } = given
  const whole =
    given.type === 'once'
      ? given
      : given.type === 'rrule'
        ? { onDayOff: 'send', ...rest, from: `${today}T${time}` }
        : { ...given, time, from: today, ...(given.type === 'working-day' ? { until: null } : {}) }
  const rule = checked(whole, { now, zone })
  return rule && figuresAreSaid(rule, text) ? { rule, zone } : null
}

function checked(rule: unknown, { now, zone }: { now: Date; zone: string }): Rule | null {
  try {
    const found = checkRule(rule, { calendar: defaultCalendar(libraryTable), zone }, now)
    return found.warning === null ? found.rule : null
  } catch (error) {
    if (error instanceof PlainError) return null
    throw error
  }
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length > longest.answer) break
  }
  // A model that thinks aloud, or puts its answer into a block, is forgiven.
  return text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
