export { errorCard } from '../messages/error-card.ts'
