/** How far the clocks of two processes may be apart, in milliseconds: what is closer counts as at one time. */
export const CLOCK_ERROR = 3
