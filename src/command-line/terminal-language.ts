import type { Language } from '../chat/language.ts'

const option = '--lang'

/** The language asked for on the command line (`--lang en`); Chinese without. */
export function languageOfTerminal(argv: readonly string[]): Language {
  const given = argv.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1)
  const wanted = given ?? (argv.includes(option) ? argv[argv.indexOf(option) + 1] : undefined)
  return wanted?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

/** The arguments without `--lang`, which may stand anywhere. */
export function withoutLanguageOption(argv: readonly string[]): string[] {
  return argv.filter((word, i) => !word.startsWith(`${option}=`) && word !== option && argv[i - 1] !== option)
}
