/** What an app asks of customers and their purchases, in whatever keeps them. */
export interface Sales {
  fill(): Promise<void>
  /** The largest first. */
  byCountry(): Promise<readonly CountrySales[]>
  /** Of one customer, the newest first, with the name of the customer. */
  newest(customer: number): Promise<readonly NewPurchase[]>
}

/** Purchases of one status, by the country of the customers. */
export interface CountrySales {
  readonly country: string
  readonly count: number
  readonly sum: number
}

export interface NewPurchase {
  readonly id: number
  readonly name: string
  readonly total: number
}
