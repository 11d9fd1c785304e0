export type { Association, Mode, Profile } from './profile.ts'
export { modes, readProfile, readProfiles } from './profile.ts'
