// Puts the modules of the command line into a few files: a short command spends most of its time on opening hundreds of
// them (`node bench/lint.ts` shows what that is worth). The library keeps its modules, one a source file.
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const outdir = `${dist}bin/`
const entries = ['cli/main.js', 'lint/run/lint-worker.js']

/** A module finds files beside itself by its own address: it keeps the one that it had before it was moved. */
/** Packages of many small modules on the way of every command; the others are loaded from where they are installed. */
const taken = ['yaml', 'commander', 'picomatch']
const leavePackages: Plugin = {
  name: 'leave-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || taken.includes(path) ? undefined : { path, external: true },
    )
  },
}

const keepAddresses: Plugin = {
  name: 'keep-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!path.startsWith(dist) || !text.includes('import.meta.url')) return undefined
      const address = `new URL(${JSON.stringify(relative(outdir, path))}, import.meta.url).href`
      return { contents: text.replaceAll('import.meta.url', address), loader: 'js' }
    })
  },
}

const { metafile } = await build({
  entryPoints: entries.map((entry) => `${dist}${entry}`),
  entryNames: '[name]',
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Some of what is taken in is CommonJS.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
  plugins: [leavePackages, keepAddresses],
})

// Errors are told by the names of their classes, and two of one name would come out numbered.
for (const file of Object.keys(metafile.outputs)) {
  const renamed = /\bvar (\w+Error\d+) = class\b/.exec(readFileSync(file, 'utf8'))?.[1]
  if (renamed !== undefined) throw new Error(`${file} has renamed an error class: ${renamed}`)
}

for (const entry of entries) {
  const path = `${dist}${entry}`
  const [first = ''] = readFileSync(path, 'utf8').split('\n', 1)
  const name = entry.slice(entry.lastIndexOf('/') + 1)
  const mark = first.startsWith('#!') ? `${first}\n` : ''
  writeFileSync(path, `${mark}import '${relative(entry.slice(0, entry.lastIndexOf('/')), `bin/${name}`)}'\n`)
}

// What is taken in stays under its own licence.
const licences = taken.map(
  (name) =>
    `# ${name}\n\n${readFileSync(new URL(`../node_modules/${name}/LICENSE`, import.meta.url), 'utf8').trim()}\n`,
)
writeFileSync(`${outdir}THIRD-PARTY.md`, licences.join('\n'))
