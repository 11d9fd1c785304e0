import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fillPrompt, loadPrompts, PromptError, parsePrompt } from './prompt-file.ts'

const folder = fileURLToPath(new URL('../../prompts', import.meta.url))

const good = (
  changes: Record<string, string> = {},
  body = '{{nonce}} {{answerLanguage}} {{maxStatements}}',
) => {
  const head = {
    task: 'answer-from-clauses',
    description: 'd',
    output: 'o',
    variables: '[nonce, answerLanguage, maxStatements]',
    ...changes,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n${body}\n`
}
const name = 'answer-from-clauses.md'

describe('prompt files', () => {
  it('are all usable', async () => {
    const prompts = await loadPrompts(folder)
    const text = fillPrompt(prompts['answer-from-clauses'], {
      nonce: 'abc',
      answerLanguage: '中文',
      maxStatements: 6,
    })
    expect(text).toContain('⟦abc question⟧')
    expect(text).not.toContain('{{')
  })

  it.each([
    ['no front matter', name, 'just text', 'must begin with front matter'],
    ['broken YAML', name, '---\ntask: [\n---\nx', 'not valid YAML'],
    ['a field too many', name, good({ temperature: '1' }), 'temperature'],
    ['a field too few', name, good({ description: '' }), 'description'],
    ['an unknown task', 'other.md', good({ task: 'other' }), 'there is no task other'],
    ['a file of another name', 'answer.md', good(), 'must be called answer-from-clauses.md'],
    ['an unknown variable', name, good({}, '{{nonsense}}'), '{{nonsense}} is not a variable'],
    ['an undeclared variable', name, good({ variables: '[nonce]' }), '{{answerLanguage}} is not declared'],
    [
      'a missing variable',
      name,
      good({ variables: '[nonce]' }, '{{nonce}}'),
      '{{answerLanguage}} is missing',
    ],
    ['an unused variable', name, good({}, '{{nonce}}'), '{{answerLanguage}} is declared but not used'],
    ['nothing to say', name, good({}, ''), 'no instructions'],
  ])('%s is a plain error that names the file', (_, file, text, message) => {
    expect(() => parsePrompt(file, text)).toThrow(PromptError)
    expect(() => parsePrompt(file, text)).toThrow(message)
    expect(() => parsePrompt(file, text)).toThrow(new RegExp(`^${file}: `))
  })

  it('a missing file is named', async () => {
    await expect(loadPrompts('/nonexistent')).rejects.toThrow('answer-from-clauses.md: there is no such file')
  })

  it('values are put in once, and all of them must be known', () => {
    const prompt = parsePrompt(name, good())
    const values = { nonce: '{{answerLanguage}}', answerLanguage: '$&', maxStatements: 6 }
    expect(fillPrompt(prompt, values)).toBe('{{answerLanguage}} $& 6')
    expect(() => fillPrompt(prompt, { nonce: 'a' })).toThrow('no value for {{answerLanguage}}')
    expect(() => fillPrompt(prompt, { ...values, other: 'x' })).toThrow('{{other}} is not a variable')
  })
})
