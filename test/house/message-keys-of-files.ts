import type { PutTogether } from './put-together-keys.ts'

/** Where keys of what is wrong in files that people write are put together. */
export const putTogetherForFiles: PutTogether[] = [
  { prefix: 'forms:file.', within: ['src/forms/file-issues.ts'], by: 'found' },
]
