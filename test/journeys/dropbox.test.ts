import { expect } from '@jest/globals'
import { tellStory } from './ways/every-action.ts'

type Row = Record<string, unknown> & { readonly id: string }

tellStory('dropbox', async (call) => {
  expect((await call('get_current_account')).data).toMatchObject({ email: 'ines@example.com' })

  const names: unknown[] = []
  let cursor: unknown
  let pages = 0
  do {
    const page = await call('list_folder', {
      path: '/Reports',
      page_size: 7,
      ...(cursor === undefined ? {} : { cursor }),
    })
    names.push(...(page.data as Row[]).map(({ name }) => name))
    cursor = page.next ?? undefined
    pages += 1
  } while (cursor !== undefined)
  expect([names.length, new Set(names).size, pages]).toEqual([30, 30, 5])

  // The name has letters that a header can only carry escaped.
  const path = '/Grüße/レポート.txt'
  const content = Buffer.from('Olá, Lisboa\n').toString('base64')
  const uploaded = (await call('upload_file', { path, content })).data as Row
  expect(uploaded).toMatchObject({ path_display: path, size: 13 })
  await expect(call('upload_file', { path, content: 'SGVsbG8=' })).rejects.toThrow('path/conflict')
  await call('upload_file', { path, content: 'SGVsbG8=', mode: 'overwrite' })
  const renamed = await call('upload_file', { path, content, autorename: true })
  expect(renamed.data).toMatchObject({ name: 'レポート (1).txt' })

  expect((await call('download_file', { path })).data).toBe('SGVsbG8=')
  expect((await call('get_metadata', { path })).data).toMatchObject({
    '.tag': 'file',
    name: 'レポート.txt',
    size: 5,
  })
  expect((await call('create_shared_link', { path })).data).toMatchObject({
    url: expect.stringContaining('https://www.dropbox.com/'),
  })
  await expect(call('create_shared_link', { path })).rejects.toThrow('shared_link_already_exists')
  const large = { path: '/Grüße/film.mp4', content }
  expect((await call('upload_large_file', large)).data).toMatchObject({ path_display: large.path, size: 13 })
  expect((await call('download_file', { path: large.path })).data).toBe(content)
  await expect(call('upload_large_file', { ...large, content: 'SGVsbG8=' })).rejects.toThrow('path/conflict')

  await call('delete_file', { path: '/Grüße' })
  await expect(call('get_metadata', { path })).rejects.toThrow('path/not_found')
})
