import cors from '@fastify/cors'
import plugin from 'fastify-plugin'
import { defaultProject, type HubServices } from '../services.ts'

/**
 * Lets the pages of the allowed origins call the API: answers to preflights, and headers on every answer, errors
 * included. While no origin is named, pages of this machine may, on a hub of
 * this machine: somebody is trying things out.
 */
export const allowOrigins = plugin<{ readonly services: HubServices }>(async (app, { services }) => {
  await app.register(cors, {
    origin: async (origin: string | undefined) => {
      if (origin === undefined) return false
      const { allowedOrigins } = await services.settings.get(defaultProject)
      return isAllowedOrigin(origin, allowedOrigins, services.baseUrl())
    },
    methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    // Those that are asked for: components send headers of their own, such as x-hub-version.
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: 600,
  })
})

export function isAllowedOrigin(origin: string, allowed: readonly string[], baseUrl: string): boolean {
  if (origin === new URL(baseUrl).origin || allowed.includes(origin)) return true
  return allowed.length === 0 && isOfThisMachine(origin) && isOfThisMachine(baseUrl)
}

function isOfThisMachine(origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
