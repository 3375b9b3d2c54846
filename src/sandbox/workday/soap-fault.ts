import { RestRefusal, type RestReply } from '../rest/rest-emulator.ts'
import { envelope, escapeText } from './soap-message.ts'

export const xmlHeaders = { 'content-type': 'text/xml; charset=utf-8' }

/** A fault, which always comes with status 500. */
export function faultReply(code: string, message: string, detail = ''): RestReply {
  const parts = `<faultcode>SOAP-ENV:${code}</faultcode><faultstring>${escapeText(message)}</faultstring>${detail}`
  const text = envelope(
    `<SOAP-ENV:Fault xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wd="urn:com.workday/bsvc">${parts}</SOAP-ENV:Fault>`,
  )
  return { status: 500, headers: xmlHeaders, text }
}

export function authenticationError(): RestRefusal {
  return new RestRefusal(faultReply('Client.authenticationError', 'invalid username or password'))
}

export function validationError(message: string): RestRefusal {
  const words = `Validation error occurred. ${message}`
  const detail = `<detail><wd:Validation_Fault><wd:Validation_Error><wd:Message>${escapeText(message)}</wd:Message></wd:Validation_Error></wd:Validation_Fault></detail>`
  return new RestRefusal(faultReply('Client.validationError', words, detail))
}
