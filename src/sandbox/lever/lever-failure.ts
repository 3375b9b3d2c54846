import { RestRefusal, type RestReply } from '../rest/rest-emulator.ts'

/** An answer other than success, as Lever words it. */
export const failure = (status: number, code: string, message: string): RestReply => ({
  status,
  json: { code, message },
})

export const badRequest = (message: string) => new RestRefusal(failure(400, 'BadRequest', message))
