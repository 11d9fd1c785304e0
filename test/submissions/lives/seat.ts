import { expect } from 'vitest'

export type Values = Record<string, string | string[]>

/** Somebody at a screen: what they are told, and what they do there. */
export interface Seat {
  say(text: string): Promise<void>
  /** Waits until one card that they can see holds all of the words; gives all that is read on it. */
  sees(...words: string[]): Promise<string>
  /** Whether anything that they were told so far holds the words. */
  hasSeen(words: string): Promise<boolean>
  /** Waits until they got a file that holds all of the words; gives all of it. */
  receives(...words: string[]): Promise<string>
  /** Presses the button of this name on a card about something. */
  press(label: string, about: string): Promise<void>
  /** Fills in the form that is open, page after page or question after question, and sends it in. */
  fill(values: Values): Promise<void>
  /** Sends a file into the form that is being filled in. */
  send(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

/** A place where people speak with the bot. */
export interface Surface {
  name: string
  seatOf(person: string): Seat
}

/** Asks again and again, and lets a little time pass in between, until something is there. */
export async function awaited<T>(look: () => T | undefined, pass: () => void, what: string): Promise<T> {
  await expect
    .poll(
      () => {
        const found = look()
        if (found === undefined) pass()
        return found !== undefined
      },
      { timeout: 15_000, interval: 20, message: what },
    )
    .toBe(true)
  return look()!
}

/** Whether a text holds all of the words. */
export function holds(text: string, words: readonly string[]): boolean {
  return words.every((one) => text.includes(one))
}
