import type { CommanderError } from 'commander'
import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'

const known: Record<string, string> = {
  'commander.unknownCommand': 'command-line:usage.unknownCommand',
  'commander.unknownOption': 'command-line:usage.unknownOption',
  'commander.missingArgument': 'command-line:usage.missingArgument',
  'commander.optionMissingArgument': 'command-line:usage.missingArgument',
  'commander.excessArguments': 'command-line:usage.excessArguments',
}

/** What is wrong with a command line, in the person's language; the parser itself speaks English only. */
export function explainUsage({ code, message }: CommanderError, language: Language): string {
  const given = /'([^']*)'/.exec(message)?.[1] ?? ''
  return translate(language, known[code] ?? 'command-line:usage.other', { given })
}
