import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { HubServices } from '../services.ts'

/** The routes of one resource. */
export type ApiPlugin = FastifyPluginAsyncTypebox<{ readonly services: HubServices }>

/** For the documentation: which of the two proofs a route asks for. */
export const withKey = [{ apiKey: [] }]
export const withSession = [{ connectSession: [] }]
