export type { Association, Mode, Profile } from './profile.ts'
export { modes, possessions, readProfile, readProfiles } from './profile.ts'
