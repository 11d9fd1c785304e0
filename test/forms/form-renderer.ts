import type { IncomingFile } from '../../src/chat/incoming.ts'
import type { FormHouse, Place } from './form-house.ts'

/** A house of one form, and what the form says to people, by which they find their way through it. */
export interface ReadHouse extends FormHouse {
  /** The names of all fields, in order. */
  fieldsOf(): string[]
  labelOf(field: string): string
  /** What an option of the field is called; undefined where there is none of this value. */
  optionLabel(field: string, value: string): string | undefined
}

/** A way in which forms are shown to people and filled in by them. */
export interface FormRenderer {
  name: string
  /** Whose private chat there it is. */
  place: Place
  /** Opens the first form of the house. */
  open(house: ReadHouse): Promise<FormOnScreen>
  /** Goes on with the draft that was left, wherever that was. */
  goOn(house: ReadHouse): Promise<FormOnScreen>
}

/** A form as somebody sees it who fills it in; fields are named as in the definition. */
export interface FormOnScreen {
  /** Fills in a field as it is written or chosen; goes back or on to it first. Gives why it is not taken; else empty. */
  answer(field: string, typed: string | string[]): Promise<string>
  /** Sends files into the field. */
  send(field: string, files: IncomingFile[]): Promise<void>
  /** What stands in a field that was filled in, as it is shown there. */
  held(field: string): Promise<string>
  /** Goes on to the last look: what is going to be sent in, label and value. */
  summary(): Promise<[string, string][]>
  /** From the last look. Gives what is shown. */
  submit(): Promise<string>
  /** Leaves it for later. Gives what is shown. */
  save(): Promise<string>
  cancel(): Promise<string>
}
