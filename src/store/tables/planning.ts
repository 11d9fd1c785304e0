/** Annual plans, reports to leaders, rules reviewed, learning plans. */
export type PlanningTables = {}
