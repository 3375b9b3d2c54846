import { dirname, resolve } from 'node:path'
import { HubError } from '../hub-error.ts'
import { checkIntegrations } from './check-integrations.ts'
import { flowSettings } from './flow-settings.ts'
import { type HubConfig, usualDataFolder } from './hub-config.ts'
import { type ConfigFile, parseConfigFile } from './parse-config-file.ts'
import { readVariables } from './read-variables.ts'
import { withoutUndefined } from './without-undefined.ts'

/** Where the settings come from. An option goes before a variable, a variable before the file. */
export interface ConfigSources {
  readonly flags: {
    readonly config?: string | undefined
    readonly data?: string | undefined
    readonly port?: number | undefined
    readonly sandbox?: boolean | undefined
    readonly connectors?: string | undefined
    readonly allowNetwork?: readonly string[] | undefined
    readonly allowPort?: readonly number[] | undefined
  }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths of options and variables start here. */
  readonly cwd: string
  /** Text of a file. */
  readFile(path: string): Promise<string>
}

/** @throws {HubError} `hub/config-invalid`, naming every place that cannot be: file and line, or variable */
export async function readConfig({ flags, env, cwd, readFile }: ConfigSources): Promise<HubConfig> {
  const path = flags.config ?? env['MAINSPRING_CONFIG']
  const file = path === undefined ? {} : await readConfigFile(resolve(cwd, path), path, readFile)
  const fileFolder = path === undefined ? cwd : dirname(resolve(cwd, path))
  const { settings, secrets } = readVariables(env)
  const merged: ConfigFile = { ...file, ...settings, ...withoutUndefined(fromFlags(flags)) }
  const place = (key: 'data' | 'connectors' | 'masterKeyFile') => {
    const value = merged[key]
    const fromFile = value !== undefined && value === file[key]
    return value === undefined ? undefined : resolve(fromFile ? fileFolder : cwd, value)
  }
  const sandbox = merged.sandbox ?? true
  const integrations = merged.integrations ?? []
  checkIntegrations(integrations, sandbox, path)
  return {
    dataFolder: place('data') ?? resolve(cwd, usualDataFolder),
    dataFolderNamed: merged.data !== undefined,
    host: merged.host ?? '127.0.0.1',
    port: merged.port,
    trustProxy: merged.trustProxy ?? false,
    sandbox,
    integrations,
    flow: flowSettings(merged),
    ...secrets,
    ...withoutUndefined({
      baseUrl: merged.baseUrl?.replace(/\/+$/, ''),
      connectors: place('connectors'),
      masterKeyFile: place('masterKeyFile'),
      masterKeyCommand: merged.masterKeyCommand,
      logLevel: merged.log,
      requestsPerMinute: merged.requestsPerMinute,
      maxRequestsUnderWay: merged.maxRequestsUnderWay,
      allowNetworks: merged.allowNetworks,
      allowPorts: merged.allowPorts,
      requestLog: withoutUndefined({ maxRows: merged.requestLogRows, maxDays: merged.requestLogDays }),
    }),
  }
}

async function readConfigFile(
  path: string,
  shown: string,
  readFile: ConfigSources['readFile'],
): Promise<ConfigFile> {
  const text = await readFile(path).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new HubError('hub/config-invalid', {
      message: `The configuration file ${shown} cannot be read (${reason}).`,
      hint: 'Name the file with --config or MAINSPRING_CONFIG.',
    })
  })
  return parseConfigFile(text, shown)
}

/** The option says no only: without it the file and the environment are asked. */
function fromFlags(flags: ConfigSources['flags']) {
  const { data, port, sandbox, connectors, allowNetwork: allowNetworks, allowPort: allowPorts } = flags
  return { data, port, connectors, allowNetworks, allowPorts, sandbox: sandbox === false ? false : undefined }
}
