import type { Catalog } from '../catalog/index.ts'
import type { FlowSettings, RunOptions } from '../engine/index.ts'
import type { IntegrationSetting } from './integrations/integration.ts'
import type { RequestLogBounds } from './logs/request-logs.ts'
import type { VisitorLimits } from './server/limit-visitors.ts'

/** What a hub is made from. Nothing is read from the environment. */
export interface HubOptions {
  /** A folder of connectors, or a catalog that is open already. */
  readonly connectors: string | Catalog
  /** For the database file and the master key. Without it everything is kept in memory and gone at the end. */
  readonly dataFolder?: string
  /** PostgreSQL instead of the file in the data folder: `postgres://…`. */
  readonly databaseUrl?: string
  /** A PostgreSQL schema that is there already; that of the connection by default. */
  readonly databaseSchema?: string
  /** 32 bytes in base64, one key a line, the current one first; instead of the file in the data folder. */
  readonly masterKey?: string
  /** The file of the master key; `master.key` in the data folder by default. */
  readonly masterKeyFile?: string
  /** A program and its arguments, which prints the master key: the client of a key management service. */
  readonly masterKeyCommand?: readonly string[]
  /** Where people reach the hub; where it listens by default. */
  readonly baseUrl?: string
  /** Environments of connectors beside, or instead of, those that their definitions declare. */
  readonly integrations?: readonly IntegrationSetting[]
  /** The first API key, chosen by the operator; one is made at the first start otherwise. */
  readonly apiKey?: string
  /** `X-Forwarded-*` headers are believed: behind a proxy only. */
  readonly trustProxy?: boolean
  /** Level of the log, one JSON line an entry on standard output; none by default. */
  readonly logLevel?: 'error' | 'warn' | 'info' | 'debug'
  /** Where the log goes instead of standard output. */
  readonly logStream?: { write(line: string): void }
  readonly clock?: () => Date
  /** How much of the request log is kept: 100,000 runs of 30 days by default. */
  readonly requestLog?: Partial<RequestLogBounds>
  /** Requests of one API key within a minute; 6,000 by default. */
  readonly requestsPerMinute?: number
  /** Of those who sign in or link an account, by their address: 60 refusals and 3,000 requests a minute by default. */
  readonly visitorLimits?: Partial<VisitorLimits>
  /** Requests that may be under way at a time; beyond them 503 is answered. 1,000 by default. */
  readonly maxRequestsUnderWay?: number
  /** How long the end waits for what is under way, in milliseconds; 10 s by default. */
  readonly drainMs?: number
  /** Ceilings, circuits and the share of retries of calls to providers. */
  readonly flow?: FlowSettings
  /** Sends all requests of the hub, in place of its own; then the two below have no effect. */
  readonly transport?: RunOptions['transport']
  /**
   * Networks, addresses and hosts that are not of the public internet and may be reached all the same:
   * `10.20.0.0/16`, `ats.corp.example`, `*.corp.example`. This machine too, while `baseUrl` is missing or is on it.
   */
  readonly allowNetworks?: readonly string[]
  /** Ports beside 80, 443 and those that definitions write into their addresses. */
  readonly allowPorts?: readonly number[]
}
