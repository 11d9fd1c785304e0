import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** Each task that a prompt file must exist for, with the variables that the code fills in. */
const promptTasks = {
  'answer-from-clauses': ['nonce', 'answerLanguage', 'maxStatements'],
  'fill-form': ['nonce', 'fields'],
  'read-reminder': ['nonce', 'now'],
  'write-summary': ['nonce', 'language', 'words'],
} as const

type PromptTask = keyof typeof promptTasks

export interface Prompt {
  task: PromptTask
  description: string
  /** What the model is to write, in words; for those who edit the file. */
  output: string
  variables: string[]
  /** The instructions, with `{{variable}}` where a value goes. */
  body: string
}

export type Prompts = Record<PromptTask, Prompt>

/** A prompt file that cannot be used, named in one plain line. */
export class PromptError extends Error {}

const frontMatter = z.strictObject({
  task: z.string().min(1),
  description: z.string().min(1),
  output: z.string().min(1),
  variables: z.array(z.string().regex(/^[a-zA-Z]+$/)),
})

/**
 * Reads every prompt file of a folder; called at start, so that a slip in a file shows then and not in an
 * answer. Throws `PromptError`: a file without front matter, an unknown task, a variable that is declared and
 * not used, used and not declared, or not known to the code, a task without a file.
 */
export async function loadPrompts(folder: string): Promise<Prompts> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md')).sort()
  const prompts: Partial<Prompts> = {}
  for (const name of names) {
    const prompt = parsePrompt(name, await readFile(join(folder, name), 'utf8'))
    prompts[prompt.task] = prompt
  }
  for (const task of Object.keys(promptTasks)) {
    if (!(task in prompts)) throw new PromptError(`${task}.md: there is no such file in ${folder}`)
  }
  return prompts as Prompts
}

/** One prompt file; `name` is the file's name, which must be its task's. */
export function parsePrompt(name: string, text: string): Prompt {
  const fail = (what: string): never => {
    throw new PromptError(`${name}: ${what}`)
  }
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text)
  if (!parts) return fail('must begin with front matter between two lines of ---')
  let head: unknown
  try {
    head = parse(parts[1]!)
  } catch {
    return fail('the front matter is not valid YAML')
  }
  const checked = frontMatter.safeParse(head)
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    return fail(`${issue.path.join('.') || 'front matter'}: ${issue.message}`)
  }
  const { task, variables } = checked.data
  if (`${task}.md` !== name) fail(`the task is ${task}, so the file must be called ${task}.md`)
  if (!isTask(task)) return fail(`there is no task ${task}`)
  const body = parts[2]!.trim()
  if (body === '') fail('there are no instructions below the front matter')
  const used = new Set([...body.matchAll(/\{\{(.*?)\}\}/gs)].map((match) => match[1]!))
  const known = new Set<string>(promptTasks[task])
  for (const variable of used)
    if (!known.has(variable)) fail(`{{${variable}}} is not a variable of this task`)
  for (const variable of used) if (!variables.includes(variable)) fail(`{{${variable}}} is not declared`)
  for (const variable of variables) if (!used.has(variable)) fail(`{{${variable}}} is declared but not used`)
  for (const variable of known) if (!used.has(variable)) fail(`{{${variable}}} is missing`)
  return { ...checked.data, task, body }
}

/** The instructions with all values in place. A value is never searched for variables itself. */
export function fillPrompt(prompt: Prompt, values: Record<string, string | number>): string {
  const filled = prompt.body.replace(/\{\{(.*?)\}\}/gs, (_, variable: string) => {
    const value = values[variable]
    if (value === undefined) throw new PromptError(`${prompt.task}.md: no value for {{${variable}}}`)
    return String(value)
  })
  const stray = Object.keys(values).find((variable) => !prompt.variables.includes(variable))
  if (stray) throw new PromptError(`${prompt.task}.md: {{${stray}}} is not a variable of this task`)
  return filled
}

function isTask(task: string): task is PromptTask {
  return Object.hasOwn(promptTasks, task)
}
