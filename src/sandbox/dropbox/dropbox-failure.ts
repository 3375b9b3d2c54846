import { RestRefusal, type RestReply } from '../rest/rest-emulator.ts'

/** An error of the API, by its tags. */
export const failure = (status: number, summary: string, error: object): RestReply => ({
  status,
  json: { error_summary: summary, error },
})

/** Arguments that cannot be read. */
export const badRequest = (name: string) =>
  new RestRefusal({
    status: 400,
    text: `Error in call to API function: request body: ${name}: bad or unknown field`,
  })
