import { describe, expect, test } from '@jest/globals'
import { CliError } from '../../src/errors/index.ts'
import { type FaultRule, parseFault, startSandbox } from '../../src/sandbox/index.ts'

function refusal(text: string): { code: string; message: string; hint: string } {
  try {
    parseFault(text)
  } catch (error) {
    if (error instanceof CliError) return error
    throw error
  }
  throw new Error(`${text} was accepted`)
}

describe('the compact form of a rule', () => {
  test.each<[string, FaultRule]>([
    ['drop-before', { fault: { kind: 'drop-before' } }],
    [
      'drop-after@POST ^/people$',
      { match: { method: 'POST', path: '^/people$' }, fault: { kind: 'drop-after' } },
    ],
    ['null-list@GET', { match: { method: 'GET' }, fault: { kind: 'null-list' } }],
    [
      'rate-limit@/people:times=2,retryAfter=1',
      { match: { path: '/people' }, times: 2, fault: { kind: 'rate-limit', retryAfter: 1 } },
    ],
    ['rate-limit:retryAfter=null,after=3', { after: 3, fault: { kind: 'rate-limit', retryAfter: null } }],
    [
      'rate-limit:retryAfter=Wed, 21 Oct 2026 07:28:00 GMT',
      { fault: { kind: 'rate-limit', retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' } },
    ],
    [
      'status@/tags:status=400,body={"a":1,"b":[2,3]},times=1',
      {
        match: { path: '/tags' },
        times: 1,
        fault: { kind: 'status', status: 400, body: { a: 1, b: [2, 3] } },
      },
    ],
    [
      'status:status=500,body=sorry, no,headers={"X-Why":"x"}',
      { fault: { kind: 'status', status: 500, body: 'sorry, no', headers: { 'X-Why': 'x' } } },
    ],
    ['invalid-body:body={"people":', { fault: { kind: 'invalid-body', body: '{"people":' } }],
    ['slow-drip:bytesPerSecond=10', { fault: { kind: 'slow-drip', bytesPerSecond: 10 } }],
    [
      'redirect:location=http://127.0.0.1:1/x,status=307',
      { fault: { kind: 'redirect', location: 'http://127.0.0.1:1/x', status: 307 } },
    ],
  ])('reads %s', (text, rule) => {
    expect(parseFault(text)).toEqual(rule)
  })

  test.each([
    ['rate-limits', 'There is no fault "rate-limits". Did you mean rate-limit?'],
    ['', 'There is no fault "".'],
    ['toString', 'There is no fault "toString".'],
    ['delay', 'The fault delay needs ms.'],
    ['delay:ms=fast', 'The fault delay has a bad ms: a whole number from 0 to 3600000 is wanted.'],
    ['delay:ms=1,ms=2', 'ms stands twice.'],
    ['delay:ms', '"ms" is not of the form name=value.'],
    ['delay:seconds=1', 'delay has no seconds: it takes times, after, ms.'],
    ['drop-after:times=0', 'A fault rule has a bad times: a whole number from 1 to 1000000 is wanted.'],
    ['drop-after@', 'A path or method is missing behind @.'],
    ['drop-after@FETCH /people', 'match.method is one of GET'],
    ['status:status=99', 'The fault status has a bad status: a whole number from 200 to 599 is wanted.'],
    [
      'status:status=500,headers=x',
      'The fault status has a bad headers: an object of header names and texts is wanted.',
    ],
    ['redirect', 'The fault redirect needs location.'],
    ['redirect:location=a\nb', 'The fault redirect has a bad location'],
  ])('refuses %j, saying why', (text, message) => {
    const error = refusal(text)
    expect(error.code).toBe('cli/usage')
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  test('names the faults there are where the name is wrong', () => {
    expect(refusal('x').hint).toContain('drop-before, drop-after, cut-body')
  })
})

describe('a rule given as data', () => {
  test.each([
    [{ fault: { kind: 'delay', ms: 1, jitter: 2 } }, 'The fault delay has no jitter: it takes ms.'],
    [{ fault: { kind: 'drop-after', ms: 1 } }, 'The fault drop-after has no ms: it takes nothing.'],
    [{ fault: { kind: 'drop-after' }, count: 1 }, 'A fault rule has no count: it takes times, after.'],
    [{ fault: { kind: 'drop-after' }, match: { url: '/' } }, 'match has no url: it has method and path.'],
    [{ fault: { kind: 'drop-after' }, match: { path: 5 } }, 'match.path is a text.'],
    [{ kind: 'drop-after' }, 'A fault rule is an object with a fault.'],
    [{ fault: { kind: 'rate-limit', retryAfter: 'a\r\nb' } }, 'The fault rate-limit has a bad retryAfter'],
  ])('is refused before the sandbox listens: %j', async (rule, message) => {
    const started = startSandbox({ port: 0, faults: [rule as FaultRule] })
    await expect(started).rejects.toMatchObject({
      code: 'cli/usage',
      message: expect.stringContaining(message),
    })
  })
})
