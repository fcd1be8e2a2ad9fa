import { PROTOCOL_VERSION } from './link/protocol.ts'

export const REGISTRY_PREFIX = 'datasync.databases.'

/**
 * Where all copies of this package on a page find each other's databases: a page may hold several, by
 * a bundler's doing or after a hot update. Copies that speak another protocol keep to themselves.
 */
export const REGISTRY: unique symbol = Symbol.for(`${REGISTRY_PREFIX}${PROTOCOL_VERSION}`)

/** What each copy that has made a database adds something of its own to, so that they can be counted. */
export const ENGINES: unique symbol = Symbol.for('datasync.engines')
