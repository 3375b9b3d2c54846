export { type ExportedConnector, exportStackOne } from './export/export-stackone.ts'
export { type LoweredConnector, lowerConnector } from './export/lower-connector.ts'
