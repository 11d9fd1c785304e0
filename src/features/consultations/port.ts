export { heldConsultations } from './held-consultations.ts'
