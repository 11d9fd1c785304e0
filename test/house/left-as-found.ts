import { afterAll, expect } from 'vitest'
import { surroundings } from './surroundings.ts'

// For every test file: others follow it in the same process, and would else pass or fail by what ran before them.
const found = surroundings()
afterAll(() => expect(surroundings()).toEqual(found))
