import type { Effect } from '../counts.ts'
import type { ClickEnd, Pushed, Shown } from './messenger.ts'

/** A press, or a form that was sent in, by its label, and how its tries ended. */
export interface Clicked {
  kind: 'press' | 'form'
  label: string
  ends: ClickEnd[]
}

export interface Counts {
  /** Messages, presses and forms that were acknowledged. */
  taken: number
  /** Of those: whose answer is shown once. */
  answered: number
  /**
   * Taken, and its row or its answer is missing, or the card that was pressed is as before, or an edit that was made is
   * not seen; what is listed in the outbox does not count.
   */
  lost: number
  /** Rows that are there a second time, and rows of what nobody said. */
  twice: number
  /** Answers that are shown a second time. */
  seenTwice: number
  /** Messages of a conversation worked, or answered, in another order than they were taken. */
  disordered: number
  /**
   * Shown anew by docs/intake.md: cards that were pressed before the bot knew by which name their message stands there,
   * and receipts of forms that were sent in once more because nobody answered.
   */
  shownAnew: number
  /** Answers whose last edit is missing. */
  unfinished: number
  /** Operations that are listed as uncertain or dead. */
  listed: number
  /** Events that the vendor gave up, never acknowledged. */
  givenUp: number
  /** What is wrong, by its labels. */
  faulty: string[]
}

export interface Seen {
  effects: readonly Effect[]
  shown: readonly Shown[]
  said: readonly Pushed[]
  /** Chats in which messages are answered in their order. */
  ordered: ReadonlySet<string>
  clicks: readonly Clicked[]
  /** What is said in operations that are listed as uncertain or dead. */
  listed: readonly string[]
  /** Errors that people were shown. */
  refusals: number
  /** Messages of which the outbox says that an edit was made. */
  edited: number
}

/** What every run has to come to. */
export const nothingWrong = {
  ...{ lost: 0, twice: 0, seenTwice: 0, disordered: 0, unfinished: 0, listed: 0, givenUp: 0 },
  shownAnew: 0,
  faulty: [],
}

const spoken = /\b(message|press|form) (\w+)(?: (in part|whole, pressed))?/

export function countMessenger({
  effects,
  shown,
  said,
  ordered,
  clicks,
  listed,
  refusals,
  edited,
}: Seen): Counts {
  const rows = effects.map(({ kind, name }) => `${kind} ${name}`)
  const there = new Set(rows)
  const answers = shown.flatMap(({ text }) => {
    const [, kind, name, part] = spoken.exec(text) ?? []
    return kind
      ? [{ of: `${kind} ${name}`, isWhole: part !== 'in part', isPressed: part === 'whole, pressed' }]
      : []
  })
  const seen = new Map<string, { times: number; isWhole: boolean }>()
  const sentInAgain = new Set(
    clicks.filter(({ kind, ends }) => kind === 'form' && ends.length > 1).map(({ label }) => `form ${label}`),
  )
  let shownAnew = 0
  for (const { of, isWhole, isPressed } of answers) {
    const before = seen.get(of)
    if (before && (isPressed || sentInAgain.has(of))) shownAnew += 1
    else seen.set(of, { times: (before?.times ?? 0) + 1, isWhole: isWhole && (before?.isWhole ?? true) })
  }
  const excused = new Set(listed.map((text) => spoken.exec(text)?.slice(1, 3).join(' ') ?? ''))
  const messages = said.filter(({ isTaken }) => isTaken).map(({ label }) => `message ${label}`)
  const clicked = clicks
    .filter(({ ends }) => ends.includes('taken'))
    .map(({ kind, label }) => `${kind} ${label}`)
  const taken = [...messages, ...clicked]
  const known = new Set([
    ...said.map(({ label }) => `message ${label}`),
    ...clicks.map(({ kind, label }) => `${kind} ${label}`),
  ])
  // Slack's acknowledgement of a press says nothing: a refusal follows it, in words.
  const unworked = clicked.filter((one) => !there.has(one))
  const missing = [...messages.filter((one) => !there.has(one)), ...unworked.slice(refusals)]
  const pressed = new Set(
    answers.filter(({ isPressed }) => isPressed).map(({ of }) => of.replace('message', 'press')),
  )
  const unchanged = clicked.filter((one) => /^press/.test(one) && there.has(one) && !pressed.has(one))
  const whole = [...seen].filter(([of, { isWhole }]) => /^message/.test(of) && isWhole).length
  const unseen = [...there].filter((one) => !seen.has(one) && !excused.has(one))
  const repeated = [...seen].filter(([, { times }]) => times > 1).map(([of]) => of)
  const chats = [...ordered].map((chat) =>
    said.filter((one) => one.chat === chat && one.isTaken).sort((a, b) => a.takenAt - b.takenAt),
  )
  return {
    taken: taken.length,
    answered: taken.filter((one) => seen.get(one)?.times === 1).length,
    lost: missing.length + unseen.length + unchanged.length + Math.max(0, edited - whole),
    twice: rows.length - there.size + [...there].filter((one) => !known.has(one)).length,
    seenTwice: [...seen.values()].reduce((sum, { times }) => sum + times - 1, 0),
    disordered: chats.reduce((sum, chat) => {
      const order = chat.map(({ label }) => `message ${label}`)
      return (
        sum +
        disorderOf(order, rows) +
        disorderOf(
          order,
          answers.map(({ of }) => of),
        )
      )
    }, 0),
    shownAnew,
    faulty: [
      ...missing.map((one) => `not worked: ${one}`),
      ...unseen.map((one) => `not shown: ${one}`),
      ...unchanged.map((one) => `not changed: ${one}`),
      ...repeated.map((one) => `shown twice: ${one}`),
    ],
    unfinished: [...seen.values()].filter(({ isWhole }) => !isWhole).length,
    listed: listed.length,
    givenUp: said.filter(({ isTaken }) => !isTaken).length,
  }
}

/** How often one comes before another that should be before it. */
function disorderOf(order: readonly string[], came: readonly string[]): number {
  const places = order.map((one) => came.indexOf(one)).filter((place) => place >= 0)
  return places.filter((place, index) => index > 0 && place < places[index - 1]!).length
}
