import { expect, it } from 'vitest'
import { forgetTracing } from './tracing.ts'

it('takes away what would send prompts to LangSmith, and nothing else', () => {
  const environment = {
    LANGSMITH_TRACING: 'true',
    LANGSMITH_GATEWAY: 'true',
    LANGCHAIN_TRACING_V2: 'true',
    LANGCHAIN_API_KEY: 'k',
    PATH: '/bin',
  }
  forgetTracing(environment)
  expect(environment).toEqual({ PATH: '/bin' })
})
