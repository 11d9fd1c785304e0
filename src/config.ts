import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const optionalText = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()

/**
 * Every setting, by its name in the environment. `.env.example` explains each; a test keeps the two equal.
 * An empty value counts as not set, so that lines of `.env.example` can be left as they are.
 */
export const settings = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().trim().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  KNOWLEDGE_DIR: z.string().trim().min(1).default('knowledge'),
  MODEL_PROVIDER: z.enum(['openai', 'ollama', 'tongyi']).optional(),
  MODEL_NAME: optionalText,
  MODEL_BASE_URL: z.url().optional(),
  MODEL_API_KEY: optionalText,
  MODEL_TIMEOUT_SECONDS: z.coerce.number().min(1).max(300).default(30),
  QUESTIONS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000).default(20),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = z.infer<typeof settings>

/** A wrong setting, named in one plain line. */
export class ConfigError extends Error {}

/**
 * Reads the environment, with `.env` of the working folder beneath it (a real variable wins).
 * The only reader of `process.env` in the house.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Config {
  const file = resolve(folder, '.env')
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const given: Record<string, string> = {}
  for (const name of Object.keys(settings.shape)) {
    const value = environment[name] ?? fromFile[name]
    if (value !== undefined && value.trim() !== '') given[name] = value
  }
  const result = settings.safeParse(given)
  if (!result.success) {
    const issue = result.error.issues[0]!
    throw new ConfigError(`${issue.path.join('.')}: ${issue.message}`)
  }
  const config = result.data
  if (config.MODEL_PROVIDER && !config.MODEL_NAME) {
    throw new ConfigError('MODEL_NAME: must be set when MODEL_PROVIDER is set')
  }
  return config
}
