import { type Command, InvalidArgumentError } from 'commander'
import type { Language } from '../chat/language.ts'
import type { Config } from '../config.ts'
import { explainError, translate } from '../messages/translate.ts'

export interface DoctorHouse {
  /** Throws ConfigError where a setting is wrong. */
  loadConfig(): Config
  clock: () => Date
  wait(milliseconds: number): Promise<unknown>
  /** Milliseconds since an arbitrary moment, never going back. */
  elapsed(): number
  print(text: string): unknown
  /** For the person at the keyboard, where what is printed is for a program. */
  tell(text: string): unknown
  /** Starts the bot in this process. Throws PlainError. */
  startBot(config: Config): Promise<{ stop(): Promise<void> }>
  /** Called where something is wrong. */
  fail(): void
}

const mostMinutes = 60

export type DoctorOptions = DoctorHouse & { language: Language }

/** Adds `doctor` to the program. */
export function addDoctorCommand(program: Command, language: Language, house: DoctorHouse): void {
  const help = (key: string) => translate(language, `doctor:help.${key}`)
  program
    .command('doctor')
    .description(help('doctor'))
    .option('--json', help('json'))
    .option('--live', help('live'))
    .option('--minutes <minutes>', help('minutes'), toMinutes, 2)
    .action(async ({ json = false, live = false, minutes }: Partial<Asked> & Pick<Asked, 'minutes'>) => {
      try {
        // Vendors' SDKs are loaded for whoever asks for them: all other commands start in half the time without.
        const { examine } = await import('./doctor/examine.ts')
        await examine({ ...house, language }, { json, live, minutes })
      } catch (error) {
        house.fail()
        house.tell(explainError(error, language))
      }
    })
}

function toMinutes(text: string): number {
  const minutes = Number(text)
  if (!(minutes > 0 && minutes <= mostMinutes)) throw new InvalidArgumentError(text)
  return minutes
}

export interface Asked {
  json: boolean
  live: boolean
  minutes: number
}
