import { join } from 'node:path'
import type { CommonWords } from '../../knowledge/search/common-words.ts'
import type { Vocabulary } from '../../knowledge/search/vocabulary.ts'
import type { LoopLogger } from '../../workers/loop.ts'
import type { ResourcesContext } from './context.ts'
import { createResourceSearch } from './finding/resource-search.ts'
import { openResourceKinds } from './kinds.ts'
import { createResources, type Resources } from './resources-feature.ts'

export type { ResourcesContext } from './context.ts'

/**
 * The feature with its kinds, from `resources/` in the knowledge folder.
 * @param words With which resources are searched.
 */
export function openResources(
  given: Omit<ResourcesContext, 'kinds' | 'search'>,
  knowledgeDir: string,
  words: { vocabulary: Vocabulary; commonWords: CommonWords },
  logger: LoopLogger,
): Resources {
  const kinds = openResourceKinds({
    folder: join(knowledgeDir, 'resources'),
    refused: (file, reason) => logger.error({ file, reason }, 'the kinds of resources cannot be taken up'),
  })
  return createResources({ ...given, kinds, search: createResourceSearch(kinds, words) })
}
