import type { SourceFiles } from '../house/source-files.ts'

/** Where cards are made that messengers show; what the command line prints is not among them. */
const folders = /^src\/(?:features|forms|conversation|intake|delivery|messages|platforms\/(?:slack|feishu))\//

/** Renderers, which make cards of cards. */
const renderers = /\/(?:render-card|render-form|render-stream)\.ts$/

/**
 * The functions in which a card is written down, as `path#function`: whatever names its tone, or says that it gives a
 * card.
 */
export function findCardMakers(files: SourceFiles): string[] {
  const makers = new Set<string>()
  for (const [path, source] of files) {
    if (!folders.test(path) || renderers.test(path) || path.endsWith('.test.ts')) continue
    const begins = [...source.matchAll(/\bfunction (\w+)|^\s{2,4}(?:async )?(\w+)\([^)\n]*\)[^;\n]*\{$/gm)]
    const functionAt = (at: number) => {
      const found = begins.findLast(({ index }) => index < at)
      return found?.[1] ?? found?.[2] ?? ''
    }
    for (const { index } of source.matchAll(/\btone: '\w+'/g)) makers.add(`${path}#${functionAt(index)}`)
    for (const [, name] of source.matchAll(/\bfunction (\w*Card)\(/g)) {
      // What is named after a card it is given gives something else.
      if (!/(?:Of|From)Card$/.test(name!)) makers.add(`${path}#${name}`)
    }
  }
  return [...makers].sort()
}
