import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import { plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import {
  countOutbox,
  dropDeadLetter,
  listDeadLetters,
  recipientText,
  resendDeadLetters,
} from '../delivery/dead-letters.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'

/** What an `outbox` command works with. */
export interface OutboxHouse {
  store: Store
  language: Language
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithOutbox = (task: (house: OutboxHouse) => Promise<void>) => Promise<void>

/** Adds `outbox`, `outbox resend` and `outbox drop` to the program; `language` is that of the help texts. */
export function addOutboxCommands(program: Command, language: Language, run: RunWithOutbox): void {
  const help = (key: string) => translate(language, `delivery:help.${key}`)
  const outbox = program
    .command('outbox')
    .description(help('outbox'))
    .option('--show', help('show'))
    .action((options: { show?: boolean }) => run((house) => list(house, options.show ?? false)))
  outbox
    .command('resend [number]')
    .description(help('resend'))
    .option('--all', help('all'))
    .action((number: string | undefined, options: { all?: boolean }) =>
      run((house) => resend(house, options.all ? 'all' : number)),
    )
  outbox
    .command('drop <number>')
    .description(help('drop'))
    .action((number: string) => run((house) => drop(house, number)))
}

async function list({ store, language, print }: OutboxHouse, show: boolean): Promise<void> {
  const say = (key: string) => translate(language, `delivery:list.${key}`)
  const letters = await listDeadLetters(store)
  const counts = await countOutbox(store)
  const blocks: Card['blocks'] =
    letters.length === 0
      ? [{ type: 'text', runs: plain(say('none')) }]
      : [
          {
            type: 'table',
            header: [
              say('number'),
              say('at'),
              say('to'),
              say('lane'),
              say('state'),
              say('problem'),
              say('attempts'),
            ],
            rows: letters.map((letter) => [
              String(letter.number),
              letter.at.toISOString().slice(0, 16).replace('T', ' '),
              recipientText(letter, language),
              translate(language, `delivery:lane.${letter.lane}`),
              translate(language, `delivery:state.${letter.state}`),
              translate(language, `delivery:problem.${letter.problem}`),
              String(letter.attempts),
            ]),
          },
        ]
  if (counts.length > 0) {
    blocks.push({
      type: 'table',
      header: [say('state'), say('lane'), say('count')],
      rows: counts.map(({ state, lane, count }) => [
        translate(language, `delivery:state.${state}`),
        translate(language, `delivery:lane.${lane}`),
        String(count),
      ]),
    })
  }
  print(cardToText({ tone: 'info', blocks }, { buttons: 'none' }))
  if (!show) return
  for (const { number, card } of letters) print(`#${number}\n${cardToText(card, { buttons: 'none' })}`)
}

async function resend({ store, language, print }: OutboxHouse, which: string | undefined): Promise<void> {
  if (which === undefined) throw new PlainError('delivery:list.which')
  const count = await store.transaction(async (trx) =>
    resendDeadLetters(trx, which === 'all' ? 'all' : toNumber(which), await store.now(trx)),
  )
  if (count === 0 && which !== 'all') throw new PlainError('delivery:list.unknown', { number: which })
  print(translate(language, 'delivery:list.resent', { count }))
}

async function drop({ store, language, print }: OutboxHouse, number: string): Promise<void> {
  const dropped = await store.transaction((trx) => dropDeadLetter(trx, toNumber(number)))
  if (!dropped) throw new PlainError('delivery:list.unknown', { number })
  print(translate(language, 'delivery:list.dropped', { number }))
}

/** Throws PlainError for what can be no number in the list. */
function toNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new PlainError('delivery:list.unknown', { number: text })
  return Number(text)
}
