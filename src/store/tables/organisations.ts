/** What is known of an organisation: its association, its science and technology workers, its founding. */
export type ProfileTables = {}
