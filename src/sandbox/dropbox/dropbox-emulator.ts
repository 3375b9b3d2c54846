import { consent, tokenForm } from '../oauth/consent.ts'
import { TokenDesk } from '../oauth/token-desk.ts'
import { CallBudget, type CallLimits } from '../rest/call-budget.ts'
import {
  bearerOf,
  jsonObjectOf,
  type RestEmulator,
  RestRefusal,
  type RestReply,
  type RestRequest,
} from '../rest/rest-emulator.ts'
import { badRequest, failure } from './dropbox-failure.ts'
import { contentHash, type DropboxEntry, DropboxFiles } from './dropbox-files.ts'
import { UploadSessions } from './upload-sessions.ts'

export interface DropboxSettings {
  readonly clientId: string
  readonly clientSecret: string
  /** Files in `/Reports` at the start. */
  readonly files: number
  readonly clock: () => Date
}

/** All that the emulator can grant. */
export const dropboxScopes = [
  'account_info.read',
  'files.content.read',
  'files.content.write',
  'files.metadata.read',
  'sharing.write',
].join(' ')

type Arguments = Readonly<Record<string, unknown>>

interface Route {
  /** Undefined where every token may. */
  readonly scope?: string
  /** Where the arguments stand: the JSON body, or the header of the content host. */
  readonly style: 'rpc' | 'content'
  handle(args: Arguments, request: RestRequest): RestReply
}

/** Dropbox's API version 2: both hosts, which have no path in common, and the authorization server. */
export class DropboxEmulator implements RestEmulator {
  readonly desk: TokenDesk
  readonly #calls: CallBudget
  readonly #settings: DropboxSettings
  #files: DropboxFiles
  readonly #cursors = new Map<string, { readonly rows: readonly DropboxEntry[]; readonly limit: number }>()
  readonly #links = new Map<string, object>()
  readonly #sessions = new UploadSessions()

  constructor(settings: DropboxSettings) {
    this.#settings = settings
    const { clientId, clientSecret, clock } = settings
    this.#files = new DropboxFiles(settings.files, clock)
    // Invented: its documentation names no number.
    this.#calls = new CallBudget({ burst: 100, perSecond: 25 }, clock, (wait) => this.rateLimited(wait))
    this.desk = new TokenDesk({
      prefix: 'dropbox',
      clientId,
      clientSecret,
      accessSeconds: 14_400,
      rotates: false,
      clock,
    })
    this.desk.issue({ scope: dropboxScopes, offline: true })
  }

  readonly controls = {
    /** `{burst, perSecond}`: what each token may call from now on. */
    limits: (body: unknown) => this.#calls.limit(body as Partial<CallLimits>),
    'tokens/expire': () => this.desk.expireAll(),
    'tokens/revoke': () => this.desk.revokeAll(),
  }

  secrets(): readonly string[] {
    return this.desk.known()
  }

  reset(): void {
    this.#files = new DropboxFiles(this.#settings.files, this.#settings.clock)
    this.#cursors.clear()
    this.#links.clear()
    this.#sessions.reset()
    this.#calls.reset()
    this.desk.reset()
    this.desk.issue({ scope: dropboxScopes, offline: true })
  }

  rateLimited(retryAfter: string | null): RestReply {
    const wait = retryAfter === null ? {} : { 'retry-after': retryAfter }
    return { ...failure(429, 'too_many_requests/...', { '.tag': 'too_many_requests' }), headers: wait }
  }

  handle(request: RestRequest): RestReply {
    const { method, path, query } = request
    if (path === '/oauth2/authorize' && method === 'GET') return this.#consent(query)
    if (path === '/oauth2/token' && method === 'POST') return this.#token(request)
    const route = this.#routes[path]
    if (route === undefined) return { status: 404, text: 'Unknown API function' }
    if (method !== 'POST') return { status: 405, text: 'Only POST is allowed' }
    const token = bearerOf(request)
    const grant = this.desk.check(token)
    if (typeof grant === 'string') {
      const tag = grant === 'expired' ? 'expired_access_token' : 'invalid_access_token'
      throw new RestRefusal(failure(401, `${tag}/...`, { '.tag': tag }))
    }
    this.#calls.take(token)
    if (route.scope !== undefined && !grant.scope.split(' ').includes(route.scope))
      throw new RestRefusal(
        failure(401, 'missing_scope/...', { '.tag': 'missing_scope', required_scope: route.scope }),
      )
    return route.handle(route.style === 'rpc' ? rpcArguments(request) : headerArguments(request), request)
  }

  readonly #routes: Readonly<Record<string, Route | undefined>> = {
    '/2/auth/token/revoke': {
      style: 'rpc',
      handle: (_, request) => {
        this.desk.takeBack(bearerOf(request))
        return { status: 200, json: null }
      },
    },
    '/2/users/get_current_account': {
      scope: 'account_info.read',
      style: 'rpc',
      handle: () => ({
        status: 200,
        json: {
          account_id: 'dbid:AAAAsandbox',
          name: { given_name: 'Ines', surname: 'Okafor', display_name: 'Ines Okafor' },
          email: 'ines@example.com',
          email_verified: true,
          disabled: false,
          locale: 'en',
          is_paired: false,
          account_type: { '.tag': 'basic' },
        },
      }),
    },
    '/2/files/list_folder': {
      scope: 'files.metadata.read',
      style: 'rpc',
      handle: (args) => this.#list(args),
    },
    '/2/files/list_folder/continue': {
      scope: 'files.metadata.read',
      style: 'rpc',
      handle: (args) => this.#continue(args),
    },
    '/2/files/get_metadata': {
      scope: 'files.metadata.read',
      style: 'rpc',
      handle: (args) => ({ status: 200, json: this.#entry(textOf(args, 'path')).metadata }),
    },
    '/2/files/delete_v2': {
      scope: 'files.content.write',
      style: 'rpc',
      handle: (args) => {
        const entry = this.#files.find(textOf(args, 'path'))
        if (entry === undefined) throw pathRefusal('path_lookup', 'not_found')
        this.#files.delete(entry)
        return { status: 200, json: { metadata: entry.metadata } }
      },
    },
    '/2/files/create_folder_v2': {
      scope: 'files.content.write',
      style: 'rpc',
      handle: (args) => {
        const path = textOf(args, 'path')
        if (this.#files.find(path) !== undefined) throw pathRefusal('path', 'conflict', 'folder')
        const { '.tag': _, ...metadata } = this.#files.addFolder(path).metadata
        return { status: 200, json: { metadata } }
      },
    },
    '/2/sharing/create_shared_link_with_settings': {
      scope: 'sharing.write',
      style: 'rpc',
      handle: (args) => this.#share(textOf(args, 'path')),
    },
    '/2/files/upload': {
      scope: 'files.content.write',
      style: 'content',
      handle: (args, request) => this.#upload(args, request),
    },
    '/2/files/upload_session/start': {
      scope: 'files.content.write',
      style: 'content',
      handle: ({ close }, { body }) => ({
        status: 200,
        json: { session_id: this.#sessions.start(body, close === true) },
      }),
    },
    '/2/files/upload_session/append_v2': {
      scope: 'files.content.write',
      style: 'content',
      handle: ({ cursor, close }, { body }) => {
        this.#sessions.append(cursor, body, close === true)
        return { status: 200, json: null }
      },
    },
    '/2/files/upload_session/finish': {
      scope: 'files.content.write',
      style: 'content',
      handle: ({ cursor, commit }, request) => {
        const content = this.#sessions.contentOf(cursor, request.body)
        const reply = this.#upload(isArguments(commit) ? commit : {}, { ...request, body: content })
        this.#sessions.end(cursor)
        return reply
      },
    },
    '/2/files/download': {
      scope: 'files.content.read',
      style: 'content',
      handle: (args) => {
        const entry = this.#entry(textOf(args, 'path'))
        if (entry.content === undefined) throw pathRefusal('path', 'not_file')
        return {
          status: 200,
          headers: {
            'content-type': 'application/octet-stream',
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(String(entry.metadata['name']))}`,
            'dropbox-api-result': asciiJson(entry.metadata),
          },
          bytes: entry.content,
        }
      },
    },
  }

  #entry(path: string): DropboxEntry {
    const entry = this.#files.find(path)
    if (entry === undefined) throw pathRefusal('path', 'not_found')
    return entry
  }

  #list(args: Arguments): RestReply {
    const path = textOf(args, 'path')
    if (path === '/')
      throw new RestRefusal({
        status: 400,
        text: 'Error in call to API function "files/list_folder": Specify the root folder as an empty string rather than as "/".',
      })
    if (path !== '' && this.#entry(path).content !== undefined) throw pathRefusal('path', 'not_folder')
    const limit = args['limit'] ?? 500
    if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > 2000)
      throw badRequest('limit')
    return this.#page(this.#files.within(path, args['recursive'] === true), limit)
  }

  #continue(args: Arguments): RestReply {
    const other = Object.keys(args).find((name) => name !== 'cursor')
    if (other !== undefined) throw badRequest(other)
    const found = this.#cursors.get(textOf(args, 'cursor'))
    if (found === undefined) throw new RestRefusal(failure(409, 'reset/...', { '.tag': 'reset' }))
    return this.#page(found.rows, found.limit)
  }

  /** A cursor comes with the last page, too: it tells later what has changed since. */
  #page(rows: readonly DropboxEntry[], limit: number): RestReply {
    const rest = rows.slice(limit)
    const cursor = `sandbox-cursor-${this.#cursors.size + 1}`
    this.#cursors.set(cursor, { rows: rest, limit })
    const entries = rows.slice(0, limit).map(({ metadata }) => metadata)
    return { status: 200, json: { entries, cursor, has_more: rest.length > 0 } }
  }

  #upload(args: Arguments, { headers, body }: RestRequest): RestReply {
    if (headers['content-type'] !== 'application/octet-stream')
      return { status: 400, text: 'Bad HTTP "Content-Type" header: expecting "application/octet-stream".' }
    const path = textOf(args, 'path')
    if (!path.startsWith('/')) throw pathRefusal('path', 'malformed_path')
    const hash = args['content_hash']
    if (typeof hash === 'string' && hash !== contentHash(body))
      throw new RestRefusal(failure(409, 'content_hash_mismatch/...', { '.tag': 'content_hash_mismatch' }))
    const existing = this.#files.find(path)
    const mode = args['mode'] ?? 'add'
    if (
      existing !== undefined &&
      (existing.content === undefined || (mode !== 'overwrite' && !existing.content.equals(body)))
    ) {
      if (args['autorename'] !== true)
        throw pathRefusal('path', 'conflict', existing.content === undefined ? 'folder' : 'file')
      return { status: 200, json: bare(this.#files.addFile(this.#files.freeName(path), body)) }
    }
    return { status: 200, json: bare(this.#files.addFile(path, body)) }
  }

  #share(path: string): RestReply {
    const entry = this.#entry(path)
    const key = String(entry.metadata['path_lower'])
    if (this.#links.has(key))
      throw new RestRefusal(
        failure(409, 'shared_link_already_exists/..', { '.tag': 'shared_link_already_exists' }),
      )
    const link = {
      '.tag': entry.content === undefined ? 'folder' : 'file',
      url: `https://www.dropbox.com/scl/fi/sandbox${this.#links.size + 1}/${encodeURIComponent(String(entry.metadata['name']))}?dl=0`,
      id: entry.metadata['id'],
      name: entry.metadata['name'],
      path_lower: key,
      link_permissions: { can_revoke: true, resolved_visibility: { '.tag': 'public' } },
    }
    this.#links.set(key, link)
    return { status: 200, json: link }
  }

  #consent(query: URLSearchParams): RestReply {
    const wanted = query.get('scope')
    const scope =
      wanted === null
        ? dropboxScopes
        : wanted
            .split(' ')
            .filter((name) => dropboxScopes.includes(name))
            .join(' ')
    return consent(this.desk, query, { scope, offline: query.get('token_access_type') === 'offline' })
  }

  #token({ body, headers }: RestRequest): RestReply {
    const issued = this.desk.answer(tokenForm(body, headers.authorization))
    if (typeof issued === 'string')
      return {
        status: issued === 'invalid_client' ? 401 : 400,
        json: { error: issued, error_description: `Refused: ${issued}` },
      }
    const { accessToken, refreshToken, expiresIn, scope } = issued
    return {
      status: 200,
      json: {
        access_token: accessToken,
        token_type: 'bearer',
        expires_in: expiresIn,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        scope,
        uid: '1',
        account_id: 'dbid:AAAAsandbox',
      },
    }
  }
}

/** An upload gives the record without its tag: its type is known. */
function bare({ metadata: { '.tag': _, ...rest } }: DropboxEntry): object {
  return rest
}

function rpcArguments(request: RestRequest): Arguments {
  if (request.body.length === 0 || request.body.toString('utf8') === 'null') return {}
  const args = jsonObjectOf(request)
  if (args === undefined)
    throw new RestRefusal({
      status: 400,
      text: 'Error in call to API function: could not decode input as JSON',
    })
  return args
}

function headerArguments(request: RestRequest): Arguments {
  const header = request.headers['dropbox-api-arg']
  const text = Array.isArray(header) ? header.join() : (header ?? '')
  if (/[^\x20-\x7e]/.test(text))
    throw new RestRefusal({ status: 400, text: 'HTTP header "Dropbox-API-Arg": not ASCII' })
  try {
    const value: unknown = JSON.parse(text)
    if (isArguments(value)) return value
  } catch {
    // Refused below.
  }
  throw new RestRefusal({
    status: 400,
    text: 'HTTP header "Dropbox-API-Arg": could not decode input as JSON',
  })
}

function isArguments(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null
}

function textOf(args: Arguments, name: string): string {
  const value = args[name]
  if (typeof value === 'string') return value
  throw badRequest(name)
}

function pathRefusal(tag: string, reason: string, conflict?: string): RestRefusal {
  const inner = { '.tag': reason, ...(conflict === undefined ? {} : { conflict: { '.tag': conflict } }) }
  return new RestRefusal(failure(409, `${tag}/${reason}/..`, { '.tag': tag, [tag]: inner }))
}

/** JSON that a header can carry. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
