export { heldCollections } from './held-collections.ts'
