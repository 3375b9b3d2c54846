import type { FastifyRequest } from 'fastify'

/** What a form sent: texts by name; a name that was sent twice counts with its last value. */
export interface FormValues {
  /** The text, without spaces around it; empty where it was not sent. */
  text(name: string): string
  /** As it was typed. */
  raw(name: string): string
}

export function readForm(request: FastifyRequest): FormValues {
  return valuesOf(request.body)
}

export function readQuery(request: FastifyRequest): FormValues {
  return valuesOf(request.query)
}

function valuesOf(source: unknown): FormValues {
  const values = typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : {}
  const raw = (name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const last = Array.isArray(value) ? value.at(-1) : value
    return typeof last === 'string' ? last : ''
  }
  return { raw, text: (name) => raw(name).trim() }
}
