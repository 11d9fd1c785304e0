import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemsOfIssues } from '../../../forms/file-issues.ts'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { readYaml } from '../../events/port.ts'
import { type CampaignTemplate, templateSchema } from './campaign-schema.ts'
import { problemOfRubric } from './draft.ts'

/** Templates, and why a file is none: it offers nothing, and the others are offered without it. */
export interface CampaignTemplates {
  all: readonly CampaignTemplate[]
  problems: readonly PlainError[]
}

/** Reads `knowledge/campaigns`, one template a file, in the order of the files' names. */
export function readTemplates(knowledgeDir: string): CampaignTemplates {
  const folder = join(knowledgeDir, 'campaigns')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : []
  const all: CampaignTemplate[] = []
  const problems: PlainError[] = []
  for (const file of files.sort()) {
    try {
      const text = readFileSync(join(folder, file), 'utf8')
      all.push(readOnce(readTemplates, text, () => readTemplate(file, text)))
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      problems.push(error)
    }
  }
  return { all, problems }
}

/** In which file each template stands, by its name; of those that can be read. */
export function templateFiles(knowledgeDir: string): Map<string, string> {
  const folder = join(knowledgeDir, 'campaigns')
  const found = new Map<string, string>()
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const [, name] = /^name: (\S+)$/mu.exec(readFileSync(join(folder, file), 'utf8')) ?? []
    if (file.endsWith('.yaml') && name !== undefined) found.set(name, file)
  }
  return found
}

/** Reads one template. Throws PlainError with the line of what is wrong first. @param file Its name. */
export function readTemplate(file: string, text: string): CampaignTemplate {
  const [document] = readYaml(text)
  const { success, data, error } = templateSchema.safeParse(document?.value)
  if (!success) {
    const [first] = problemsOfIssues(error.issues, document?.value)
    const line = document?.lineOf(first?.path ?? []) ?? 1
    const problem = first ? translate('zh-CN', first.problem.key, first.problem.values) : ''
    throw new PlainError('campaigns:file.template-wrong', { file, line, problem })
  }
  const problem = problemOfRubric(data.rubric)
  if (problem) {
    throw new PlainError('campaigns:file.rubric-wrong', {
      ...{ file, line: document?.lineOf(['rubric', 'criteria']) ?? 1 },
      ...problem.values,
    })
  }
  return data
}
