import { largestUpload } from '../platforms/web/limits.ts'

/** Times in milliseconds, lengths in bytes. */

/** Links of `控制台` are opened at once, by whoever asked for them. */
export const consoleLinkValidFor = 5 * 60_000

/** Links that an administrator hands on: the person may be on leave or read it in the evening. */
export const invitationValidFor = 3 * 24 * 3600_000

/**
 * The chat stays signed in for a quarter after the last use: staff would not ask an administrator for a link every
 * morning, and the chat shows what its reader may read anyway.
 */
export const chatSessionFor = 90 * 24 * 3600_000

/** The console is left open over a working day, not over a night. Each use within begins the time anew. */
export const consoleSessionFor = 8 * 3600_000

/** Tries with links that are none, per address; whoever has a good link never meets it. */
export const failuresPerMinute = 10
/** Addresses whose failures are remembered at once. */
export const mostAddresses = 10_000

/** A form of the console without a file. */
export const largestForm = 64 * 1024
/** A page of a long form: a carrier's tasks, needs and experts are 12,000 characters, twelve bytes each at most. */
export const largestFormPage = 256 * 1024
/** The same with its files, which are no more together than one that is sent in the chat. */
export const largestFilledPage = largestUpload + largestFormPage
/** A registration on the web: 20 answers of 2,000 characters, nine bytes each as browsers send them. */
export const largestRegistration = 512 * 1024
/** A list of people to import: 10 MB, and the form around it. */
export const largestImport = 10 * 1024 * 1024 + largestForm

/** Pages of web forms for people without account, per address: a meeting scans one code behind one router. */
export const pagesPerMinute = 240
/** Each may hold a file in memory while it arrives. */
export const mostUploads = 16
/** Registrations for events by people without account, per address: a class registers behind one router. */
export const registrationsPerHour = 120
