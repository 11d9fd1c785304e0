/** Who looks after whom, visits, promises. */
export type LiaisonTables = {}
