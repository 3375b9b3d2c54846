import { type MainspringError, StepError } from '../../errors/index.ts'
import { maskUrl, type PreparedRequest, type Redact } from '../../http/index.ts'
import type { DownloadCall, RunContext, StepOutput } from '../../plan/index.ts'
import { foreignRequest, type HttpResponse, type ResponseHead, redactorsOf } from '../../transport/index.ts'
import { encodeFile } from '../files/encode-file.ts'
import { cleanName, type FileMetadata, fileNameOf } from '../files/file-metadata.ts'
import { type OpenSink, openSink } from '../files/open-sink.ts'
import { readResponse } from '../response/read-response.ts'
import type { RunState } from '../run-state.ts'
import { sendPrepared, sendRequest, withRenewal } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'

/** Of a file that goes to the caller's sink: it is never held, so only the disk has to bear it. */
const largestStreamedBytes = 5 * 1024 ** 3

/**
 * Fetches a file. Where the caller gave a sink (`saveFile`), the bytes go there and `data` says what is known of the
 * file; else `data` is the content, within the limit of bodies.
 */
export async function runDownload(
  call: DownloadCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  const { download, request: plan } = call
  if (download.content === undefined && download.address === undefined) {
    const fetch = () =>
      fetchFile(call, context, run, step, plan.prepare(context, run.call.environment), undefined)
    return withRenewal(run, fetch)
  }
  const document = await sendRequest(plan, context, run, step)
  const output = {
    data: document.data,
    raw: document.body,
    statusCode: document.status,
    message: document.message,
  }
  if (document.error !== undefined) return { output, error: document.error }
  const { body } = document
  if (download.content !== undefined) return takeContent(call, context, run, document.response, body)
  const address = download.address?.(body)
  if (typeof address !== 'string' || !URL.canParse(address) || !/^https?:/i.test(address))
    return {
      output,
      error: new StepError('step/failed', {
        message: 'The answer names no absolute http or https address of the file.',
      }),
    }
  const second = foreignRequest(document.request, address, download.forwardsAuthorization)
  return fetchFile(call, context, run, step, second, body)
}

async function fetchFile(
  call: DownloadCall,
  context: RunContext,
  run: RunState,
  step: string,
  request: PreparedRequest,
  body: unknown,
): Promise<StepOutcome> {
  const { download, request: plan } = call
  const maxBytes = run.options.limits?.maxFileBytes ?? largestStreamedBytes
  const chunks: Uint8Array[] = []
  let sink: OpenSink | undefined
  const redact = redactorsOf(request.secrets.values).data
  const shownUrl = maskUrl(request.url, request.secrets, redact)
  const receive = ({ status, headers }: ResponseHead) => {
    if (status < 200 || status >= 300) return undefined
    const save = run.options.saveFile
    // Held within the limit of bodies.
    if (save === undefined) return { write: async (chunk: Uint8Array) => void chunks.push(chunk) }
    const { fileName, contentType } = describe(call, context, headers, shownUrl, body)
    const length = Number(headers['content-length'] ?? Number.NaN)
    sink = openSink(
      save({
        ...(fileName === undefined ? {} : { fileName }),
        ...(contentType === undefined ? {} : { contentType }),
        ...(Number.isFinite(length) ? { size: length } : {}),
      }),
      maxBytes,
    )
    return sink
  }
  let response: HttpResponse
  try {
    response = await sendPrepared(plan, request, run, step, {
      receive,
      leavesOrigin: true,
      maxRedirects: download.maxRedirects(context),
    })
    await sink?.end()
  } catch (error) {
    sink?.abandon()
    throw error
  }
  run.status = response.status
  if (response.delivered === undefined) return failureOf(call, context, run, request, response)
  const size = response.delivered
  const metadata = { ...describe(call, context, response.headers, response.url, body), size }
  const data =
    sink === undefined ? encodeFile(maskBytes(Buffer.concat(chunks), redact), download.as) : metadata
  return { output: outputOf(data, metadata, response) }
}

/** What is held is data like any other answer; what goes to a sink goes as it comes. */
function maskBytes(bytes: Buffer, redact: Redact): Buffer {
  const text = bytes.toString('latin1')
  const masked = redact(text)
  return masked === text ? bytes : Buffer.from(masked, 'latin1')
}

function failureOf(
  { request: plan }: DownloadCall,
  context: RunContext,
  run: RunState,
  request: PreparedRequest,
  response: HttpResponse,
): StepOutcome {
  const { body, status, message, error, requestId } = readResponse(
    plan.response,
    request,
    response,
    context,
    plan.readRateLimit,
  )
  if (requestId !== undefined) run.requestId = requestId
  const output = { data: body, raw: body, statusCode: status, message }
  return {
    output,
    error: error ?? new StepError('step/failed', { message: `The provider answered ${status} and no file.` }),
  }
}

/** The file is a text within the answer. */
async function takeContent(
  call: DownloadCall,
  context: RunContext,
  run: RunState,
  response: HttpResponse,
  body: unknown,
): Promise<StepOutcome> {
  const { download } = call
  const content = download.content?.(body)
  if (content === undefined || content === null)
    return { output: outputOf(undefined, { size: 0 }, response), error: missing() }
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const bytes = Buffer.from(text, download.isBase64 ? 'base64' : 'utf8')
  const metadata = { ...describe(call, context, response.headers, response.url, body), size: bytes.length }
  if (run.options.saveFile === undefined)
    return { output: outputOf(encodeFile(bytes, download.as), metadata, response) }
  const sink = openSink(run.options.saveFile(metadata), bytes.length)
  try {
    await sink.write(bytes)
    await sink.end()
  } catch (error) {
    sink.abandon()
    throw error
  }
  return { output: outputOf(metadata, metadata, response) }
}

function missing(): MainspringError {
  return new StepError('step/failed', { message: 'The answer holds no file at its dataKey.' })
}

function describe(
  { download }: DownloadCall,
  context: RunContext,
  headers: Readonly<Record<string, string>>,
  url: string,
  body: unknown,
): Omit<FileMetadata, 'size'> {
  const fileName = cleanName(download.fileName?.(body)) ?? fileNameOf(headers, url)
  const contentType = download.contentType?.(context, body) ?? headers['content-type']
  return {
    ...(fileName === undefined ? {} : { fileName }),
    ...(typeof contentType === 'string' ? { contentType } : {}),
  }
}

function outputOf(data: unknown, fileMetadata: FileMetadata, response: HttpResponse): StepOutput {
  const { headers, status, url } = response
  return {
    data,
    statusCode: status,
    message: undefined,
    headers,
    contentDisposition: headers['content-disposition'],
    fileMetadata,
    finalUrl: url,
  }
}
