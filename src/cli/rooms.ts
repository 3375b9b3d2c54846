import { readSandboxInfo } from './sandbox-probe.ts'

type RoomModules = {
  readonly catalog: typeof import('../catalog/index.ts')
  readonly client: typeof import('../client/index.ts')
  readonly compat: typeof import('../compat/index.ts')
  readonly engine: typeof import('../engine/index.ts')
  readonly hub: typeof import('../hub/index.ts')
  readonly lint: typeof import('../lint/index.ts')
  readonly mcp: typeof import('../mcp/index.ts')
  readonly plan: typeof import('../plan/index.ts')
  readonly site: typeof import('../site/index.ts')
  readonly sandbox: typeof import('../sandbox/index.ts')
}

/**
 * The rooms behind the commands. Each is loaded when a command first needs it, so that help and version answer
 * without loading the parser, the validator or the HTTP client.
 */
export interface Rooms {
  catalog(): Promise<Pick<RoomModules['catalog'], 'openCatalog' | 'buildCatalog' | 'findConnectorFolders'>>
  client(): Promise<Pick<RoomModules['client'], 'writeClient'>>
  compat(): Promise<Pick<RoomModules['compat'], 'compareCatalogs' | 'exportStackOne' | 'markdownReport'>>
  engine(): Promise<Pick<RoomModules['engine'], 'runAction' | 'iterateAction' | 'explainAction'>>
  hub(): Promise<
    Pick<
      RoomModules['hub'],
      | 'createHub'
      | 'readConfig'
      | 'defaultProject'
      | 'usualPort'
      | 'verifyAudit'
      | 'verifyVault'
      | 'withKeys'
      | 'keyBeginning'
      | 'rotateVault'
      | 'finishRotation'
    >
  >
  lint(): Promise<RoomModules['lint']>
  mcp(): Promise<Pick<RoomModules['mcp'], 'createToolBox' | 'serveStdio'>>
  plan(): Promise<
    Pick<
      RoomModules['plan'],
      | 'asksConfirmation'
      | 'callFingerprint'
      | 'compileConnector'
      | 'loadConnector'
      | 'sampleInputs'
      | 'renderHttp'
      | 'renderCurl'
      | 'renderHar'
    >
  >
  sandbox(): Promise<
    Pick<
      RoomModules['sandbox'],
      'startProviderSandbox' | 'findSandboxProvider' | 'sandboxProviders' | 'parseFault'
    >
  >
  site(): Promise<Pick<RoomModules['site'], 'createSite'>>
  sync(): Promise<Pick<RoomModules['engine'], 'syncAction'>>
  transport(): Promise<Pick<RoomModules['engine'], 'createTransport'>>
  /** What the sandbox at this address says of itself; undefined where there is none. */
  readSandboxInfo: typeof readSandboxInfo
}

export const realRooms: Rooms = {
  catalog: () => import('../catalog/index.ts'),
  client: () => import('../client/index.ts'),
  compat: () => import('../compat/index.ts'),
  engine: () => import('../engine/index.ts'),
  hub: () => import('../hub/index.ts'),
  lint: () => import('../lint/index.ts'),
  mcp: () => import('../mcp/index.ts'),
  plan: () => import('../plan/index.ts'),
  sandbox: () => import('../sandbox/index.ts'),
  site: () => import('../site/index.ts'),
  sync: () => import('../engine/index.ts'),
  transport: () => import('../engine/index.ts'),
  readSandboxInfo,
}
