import type { Language } from '../chat/language.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { findBrokenSeeds } from '../knowledge/library/import-seed.ts'
import { currentVersions } from '../knowledge/library/versions.ts'
import { checkKnowledgeFiles } from '../knowledge/search/check-knowledge-files.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError, translate } from '../messages/translate.ts'
import type { KbHouse } from './kb.ts'

/** Prints each problem of the knowledge folder on a line of its own; throws PlainError where there is any. */
export async function checkLibrary(house: KbHouse): Promise<void> {
  const { store, knowledgeDir, language } = house
  const versions = await currentVersions(store, dayInChina(house.now()))
  const problems = [
    ...(await checkDocuments(knowledgeDir, language)),
    ...checkKnowledgeFiles(knowledgeDir, versions, language),
  ]
  if (problems.length > 0) {
    house.print(problems.join('\n'))
    throw new PlainError('knowledge:kb.check-failed', { problems: problems.length })
  }
  const clauses = versions
    .flatMap((version) => version.clauses)
    .filter(({ kind }) => kind === 'clause').length
  house.print(translate(language, 'knowledge:kb.check-passed', { documents: versions.length, clauses }))
}

/** Files in `documents/` that cannot be read or parsed, or whose front matter makes no sense. */
async function checkDocuments(knowledgeDir: string, language: Language): Promise<string[]> {
  const broken = await findBrokenSeeds(knowledgeDir)
  return broken.map(({ path, error }) =>
    translate(language, 'knowledge:kb.check-file', { path, problem: explainError(error, language) }),
  )
}
