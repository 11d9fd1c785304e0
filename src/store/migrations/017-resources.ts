import type { Kysely } from 'kysely'

/** The directory of open science resources, their bookings, and requests of outside units. */
export async function createResources(_db: Kysely<unknown>): Promise<void> {}
