import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The client that our facts about StackOne's component were read from. */
export const stackonePackage = '@stackone/hub@1.11.4'

const run = promisify(execFile)

/**
 * The script of `<stackone-hub>`, as it is published. It stands alone; the package around it asks for other majors of
 * what we depend on and cannot be installed beside it, so it is packed elsewhere and the one file taken.
 *
 * @returns why it cannot be had, where npm does not give it
 */
export async function fetchStackoneComponent(): Promise<
  { readonly script: string } | { readonly missing: string }
> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-stackone-'))
  try {
    const pack = ['pack', stackonePackage, '--json', '--prefer-offline', '--fetch-retries', '1']
    const { stdout } = await run('npm', pack, { cwd: folder, timeout: 60_000 })
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
    await run('tar', ['-xzf', filename, 'package/dist/webcomponent.js'], { cwd: folder })
    return { script: await readFile(join(folder, 'package/dist/webcomponent.js'), 'utf8') }
  } catch (error) {
    return { missing: String(error) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A product of somebody else, at another origin, that shows StackOne's component with the token it is given. */
export async function startStackoneProduct(
  script: string,
): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/webcomponent.js') {
      response.setHeader('content-type', 'text/javascript').end(script)
      return
    }
    response.setHeader('content-type', 'text/html').end(`<!doctype html><meta charset="utf-8">
<title>A product</title><link rel="icon" href="data:,">
<script src="/webcomponent.js"></script>
<stackone-hub base-url="${searchParams.get('hub')}" token="${searchParams.get('token')}"></stackone-hub>
<script>
  window.heard = []
  for (const type of ['success', 'close'])
    document.querySelector('stackone-hub').addEventListener(type, ({ detail }) => window.heard.push({ type, detail }))
</script>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}
