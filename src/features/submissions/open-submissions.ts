import { join } from 'node:path'
import type { LoopLogger } from '../../workers/loop.ts'
import type { SubmissionsContext } from './context.ts'
import { openKinds } from './definition/kinds.ts'
import { createExpertSearch } from './experts/expert-search.ts'
import { createSimilar, type SimilarOptions, type SimilarSubmissions } from './search/similar.ts'

/** What the feature works with: its kinds from `submissions/` in the knowledge folder, and what finds the like. */
export async function openSubmissionsContext(
  given: Omit<SubmissionsContext, 'kinds' | 'similar' | 'experts'> & { knowledgeDir: string },
  words: SimilarOptions['words'],
  logger: LoopLogger,
): Promise<{ context: SubmissionsContext; similar: SimilarSubmissions }> {
  const { store, sealer, knowledgeDir } = given
  const kinds = await openKinds({
    store,
    folder: join(knowledgeDir, 'submissions'),
    refused: (file, reason) => logger.error({ file, reason }, 'a kind of submissions cannot be taken up'),
  })
  const similar = createSimilar({ store, kinds, sealer, words })
  return { context: { ...given, kinds, similar, experts: createExpertSearch(words) }, similar }
}
