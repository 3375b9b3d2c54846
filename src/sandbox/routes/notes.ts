import { noteView } from '../data/views.ts'
import { offsetWindow } from '../paging.ts'
import { notFound } from '../refusal.ts'
import type { Route } from './route.ts'

/** `limit` was seen; `offset` is there by analogy (E). */
const listNotes: Route = {
  method: 'GET',
  path: '/people/:personId/notes',
  evidence: 'B',
  paged: true,
  handle(call) {
    const { start, limit } = offsetWindow(call.query, call.pageFault)
    const rows = call
      .person()
      .notes.slice(start, start + limit)
      .map(noteView)
    return {
      status: 200,
      list: { key: call.settings.envelopes === 'pattern' ? 'notes' : 'personNotes', rows },
    }
  },
}

const getNote: Route = {
  method: 'GET',
  path: '/notes/:noteId',
  evidence: 'B',
  handle({ firm, params, settings }) {
    const found = firm.findNote(params['noteId'] ?? '')
    if (found === undefined) throw notFound()
    const body = noteView(found.note)
    return { status: 200, body: settings.envelopes === 'pattern' ? { note: body } : body }
  },
}

const addNote: Route = {
  method: 'POST',
  path: '/people/:personId/notes',
  evidence: 'D',
  handle(call) {
    const personIndex = call.personIndex()
    const content = call.fields('note').requiredText('content')
    const times = { createdAt: call.now, updatedAt: call.now }
    const note = { id: call.firm.newId('note'), type: 'Internal', content, ...times }
    call.editPerson().notes.push(note)
    call.firm.noteAdded(note.id, personIndex)
    return { status: 201, body: { personNote: noteView(note) } }
  },
}

const updateNote: Route = {
  method: 'PUT',
  path: '/people/:personId/notes/:noteId',
  evidence: 'D',
  handle(call) {
    const { noteId } = call.params
    if (!call.person().notes.some(({ id }) => id === noteId)) throw notFound()
    const content = call.fields('note').requiredText('content')
    const notes = call.editPerson().notes.filter(({ id }) => id === noteId)
    for (const note of notes) Object.assign(note, { content, updatedAt: call.now })
    return { status: 200, body: { personNote: notes.map(noteView)[0] } }
  },
}

export const noteRoutes: readonly Route[] = [listNotes, getNote, addNote, updateNote]
