export { type ClientTarget, writeClient } from './write-client.ts'
