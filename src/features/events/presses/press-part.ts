import type { EventsPart } from '../part.ts'
import { createPressLane } from './press-lane.ts'
import type { Settler } from './settler.ts'

/** The buttons that very many press at the same moment. */
export function createPressPart(settler: Settler): EventsPart {
  return {
    actions: {
      register: createPressLane({ type: 'register', guests: 0, answers: null }, settler),
      cancel: createPressLane({ type: 'cancel' }, settler),
      'accept-offer': createPressLane({ type: 'accept-offer' }, settler),
      'decline-offer': createPressLane({ type: 'decline-offer' }, settler),
      'confirm-again': createPressLane({ type: 'confirm-again' }, settler),
    },
  }
}
