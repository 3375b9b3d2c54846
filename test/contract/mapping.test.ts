import { describe, expect, test } from '@jest/globals'
import { oneAction, planOf } from './plan-of.ts'
import { proves } from './proves.ts'
import { mapAnswer, outputOf, pureStep, valuesStep } from './run-steps.ts'

const text = (targetFieldKey: string, expression: string, more: object = {}) => ({
  targetFieldKey,
  type: 'string',
  expression,
  ...more,
})

describe('map_fields', () => {
  proves('7/map_fields', 'a record gives a record and a list gives a list, in order', async () => {
    const fields = [text('name', '$.n')]
    expect((await mapAnswer({ n: 'Ann' }, fields)).data).toEqual({ name: 'Ann' })
    expect((await mapAnswer([{ n: 'Ann' }, { n: 'Bob' }], fields)).data).toEqual([
      { name: 'Ann' },
      { name: 'Bob' },
    ])
  })

  proves('7/map_fields-empty', 'without data the step succeeds and leaves no output', async () => {
    for (const dataSource of ['$.steps.nothing.output.data', '{{false}}', '{{0}}']) {
      const { output, successful } = await mapAnswer({}, [text('a', '$.a')], { parameters: { dataSource } })
      expect({ output, successful }).toEqual({ output: undefined, successful: true })
    }
  })

  proves(
    ['7/map_fields-errors', '9/undefined', '14/silent-losses'],
    'a field without a value is left out, told once among the errors with its count, and the step succeeds',
    async () => {
      const { data, errors, successful } = await mapAnswer(
        [{ a: 1 }, {}, {}],
        [text('a', '$.a'), text('b', '$.b[?(@.x.y == 1)]')],
      )
      expect(data).toEqual([{ a: 1 }, {}, {}])
      expect(successful).toBe(true)
      expect(errors).toMatchObject([
        { code: 'field/undefined', message: 'Field "a" has no value. 2 time(s) in 3 records.' },
        { code: 'field/undefined', message: expect.stringContaining('"b"') },
      ])
    },
  )

  proves(
    ['7/map_fields-v1', '14/silent-losses'],
    'version 1 of map_fields and typecast succeeds without output, and loading warns',
    async () => {
      for (const name of ['map_fields', 'typecast']) {
        const { output, successful } = await outputOf([
          pureStep('last', name, { dataSource: '{{1}}', fields: [text('a', 'x')] }),
        ])
        expect({ output, successful }).toEqual({ output: undefined, successful: true })
      }
    },
  )

  proves(['7/externalSources', '9/external'], 'an external source is read as external.<name>', async () => {
    const { data } = await mapAnswer(
      [{ d: 'x' }],
      [text('a', '{{external.names[d]}}'), text('b', '$.external.id')],
      {
        parameters: { externalSources: { names: '{{ {x: "Ex"} }}', id: '$.inputs.id' } },
      },
    )
    expect(data).toEqual([{ a: 'Ex', b: 'i-1' }])
  })
})

describe('fields', () => {
  proves('9/strict', 'an unknown key of a field is an error of loading', () => {
    const fields = '[{ targetFieldKey: a, type: string, expression: $.a, exprssion: $.b }]'
    const load = (more: string) => () => planOf(oneAction({ steps: valuesStep('get', 1), action: more }))
    expect(load(`fieldConfigs: ${fields}`)).toThrow('exprssion')
  })

  proves(
    ['9/action-fields', '4/fieldConfigs'],
    'the fieldConfigs of the action serve map_fields and typecast without fields of their own',
    async () => {
      const action = 'fieldConfigs: [{ targetFieldKey: n, type: number, expression: $.count }]'
      expect((await mapAnswer([{ count: '3' }], [], { action })).data).toEqual([{ n: '3' }])
      expect((await mapAnswer([{ n: '3' }], [], { action, functionName: 'typecast' })).data).toEqual([
        { n: 3 },
      ])
    },
  )

  proves(
    '9/scope',
    'a field of the record hides the root of its name, record by record, also within programs that mix both',
    async () => {
      const { data } = await mapAnswer(
        [{ inputs: { id: 'own' }, n: 1 }, { n: 2 }],
        [text('id', '$.inputs.id'), text('both', '{{inputs.id + "-" + n}}'), text('whole', '$[?(@.id)].id')],
      )
      expect(data).toEqual([
        { id: 'own', both: 'own-1', whole: expect.arrayContaining(['own']) },
        { id: 'i-1', both: 'i-1-2', whole: expect.arrayContaining(['i-1']) },
      ])
    },
  )

  proves('9/roots', 'inputs and credentials are read from within a record', async () => {
    const fields = [text('i', '$.inputs.id'), text('c', '$.credentials.secret'), text('t', 'id ${inputs.id}')]
    expect((await mapAnswer([{ a: 1 }], fields)).data).toEqual([{ i: 'i-1', c: 's-1234', t: 'id i-1' }])
  })

  proves(
    '9/step-prefix',
    'a step id starts the path where the data comes from group_data, or from the steps themselves',
    async () => {
      const grouped = await outputOf([
        valuesStep('one', [{ e: 'a@x' }]),
        valuesStep('two', [{ t: 'Boss' }]),
        pureStep('both', 'group_data', { stepsDataToGroup: ['one', 'two'] }),
        pureStep(
          'last',
          'map_fields',
          {
            dataSource: '$.steps.both.output.data',
            fields: [text('email', '$.one.e'), text('title', '$.two.t')],
          },
          '2',
        ),
      ])
      expect(grouped.output?.['data']).toEqual([{ email: 'a@x', title: 'Boss' }])
      const whole = await mapAnswer({ e: 'a@x' }, [text('email', '$.get.output.data.e')], {
        parameters: { dataSource: '$.steps' },
      })
      expect(whole.data).toEqual({ email: 'a@x' })
    },
  )

  proves('9/custom', 'a custom field stands under unified_custom_fields', async () => {
    const fields = [text('a', '$.a'), text('b', '$.b', { custom: true })]
    expect((await mapAnswer([{ a: 1, b: 2 }, { a: 1 }], fields)).data).toEqual([
      { a: 1, unified_custom_fields: { b: 2 } },
      { a: 1 },
    ])
  })

  proves('9/null', 'null is kept', async () => {
    expect((await mapAnswer({ a: null }, [text('a', '$.a')])).data).toEqual({ a: null })
  })

  proves('9/literal', 'an expression without markers is a text', async () => {
    expect((await mapAnswer({}, [text('a', '3600')])).data).toEqual({ a: '3600' })
  })

  proves('9/single-element', 'a path over a list of one gives the element', async () => {
    const { data } = await mapAnswer([{ tags: ['x'] }, { tags: ['x', 'y'] }], [text('t', '$.tags[*]')])
    expect(data).toEqual([{ t: 'x' }, { t: ['x', 'y'] }])
  })

  proves('9/array-no-coercion', 'array makes no list of what is none', async () => {
    expect((await mapAnswer({ a: 'x' }, [text('a', '$.a', { array: true })])).data).toEqual({ a: 'x' })
  })
})

describe('enums', () => {
  const kind = (matcher: unknown, more: object = {}) => ({
    targetFieldKey: 'k',
    type: 'enum',
    expression: '$.v',
    enumMapper: { matcher },
    ...more,
  })
  const mapped = async (values: readonly unknown[], matcher: unknown) => {
    const { data } = await mapAnswer(
      values.map((v) => ({ v })),
      [kind(matcher)],
    )
    return (data as { k?: { value: unknown } }[]).map((row) => row.k?.value)
  }

  proves(
    ['9/enum', '9/enum-expressions'],
    'the first expression that is exactly true gives the value; else unmapped_value, with the source or null',
    async () => {
      const matcher = [
        { matchExpression: '{{v}}', value: 'truthy-is-not-enough' },
        { matchExpression: '{{v == "m"}}', value: 'male' },
        { matchExpression: '{{present(v)}}', value: 'other' },
      ]
      expect((await mapAnswer([{ v: 'm' }, { v: 'z' }, {}], [kind(matcher)])).data).toEqual([
        { k: { value: 'male', source_value: 'm' } },
        { k: { value: 'other', source_value: 'z' } },
        { k: { value: 'unmapped_value', source_value: null } },
      ])
    },
  )

  proves('9/enum-without-mapper', 'without a mapper the field is left out', async () => {
    const { data, errors } = await mapAnswer({ v: 1 }, [
      { targetFieldKey: 'k', type: 'enum', expression: '$.v' },
    ])
    expect(data).toEqual({})
    expect(errors).toHaveLength(1)
  })

  proves('9/enum-countries', 'all sixteen matchers of countries, and citizenship', async () => {
    const inputs: Record<string, unknown[]> = {
      alpha2code: ['de', 'XX'],
      alpha3code: ['DEU', 'XXX'],
      country_code: [276, '9999'],
      country_name: ['germany', 'Atlantis'],
    }
    const outputs: Record<string, string> = {
      alpha2code: 'DE',
      alpha3code: 'DEU',
      code: '276',
      name: 'Germany',
    }
    for (const [input, values] of Object.entries(inputs))
      for (const [output, expected] of Object.entries(outputs))
        expect([input, output, ...(await mapped(values, `country_${output}_by_${input}`))]).toEqual([
          input,
          output,
          expected,
          'unmapped_value',
        ])
    const names = [
      'United States',
      'United States of America',
      "Cote d'Ivoire",
      'South Korea',
      'Republic of Korea',
    ]
    expect(await mapped(names, 'country_alpha2code_by_country_name')).toEqual(['US', 'US', 'CI', 'KR', 'KR'])
    expect(await mapped([4, '4'], 'country_alpha2code_by_country_code')).toEqual(['AF', 'AF'])
    expect(await mapped(['French', 'dutch', 'Congolese'], 'country_alpha2code_by_citizenship')).toEqual([
      'FR',
      'NL',
      'unmapped_value',
    ])
  })

  proves(
    '9/enum-subdivisions',
    'codes and names of subdivisions; an ambiguous name matches none',
    async () => {
      expect(
        await mapped(
          ['California', 'bayern', 'Limburg', 'Nowhere'],
          'country_subdivision_code_by_subdivision_name',
        ),
      ).toEqual(['US-CA', 'DE-BY', 'unmapped_value', 'unmapped_value'])
      expect(await mapped(['us-ca', 'XX-1'], 'country_subdivision_name_by_subdivision_code')).toEqual([
        'California',
        'unmapped_value',
      ])
      expect(await mapped(['LI'], 'country_subdivisions_by_alpha2code')).toEqual([
        expect.arrayContaining(['LI-01', 'LI-11']),
      ])
    },
  )

  proves('9/enum-file-format', 'the format of an extension, with or without its dot', async () => {
    expect(await mapped(['.PDF', 'docx', 'nope', 7], 'document_file_format_from_extension')).toEqual([
      'pdf',
      'docx',
      'unmapped_value',
      'unmapped_value',
    ])
  })

  proves(
    ['9/enum-unknown-matcher', '14/silent-losses'],
    'a matcher that does not exist leaves the field out, and loading warns',
    async () => {
      expect(await mapped(['x'], 'HRIS_EMPLOYEE_GENDER')).toEqual([undefined])
    },
  )
})

describe('objects', () => {
  const object = (more: object) => ({ targetFieldKey: 'o', type: 'object', ...more })
  const properties = [text('n', '$.name')]

  proves(
    ['9/object-without-properties', '14/silent-losses'],
    'an object without properties is left out',
    async () => {
      const { data, errors } = await mapAnswer({ a: { b: 1 } }, [object({ expression: '$.a' })])
      expect(data).toEqual({})
      expect(errors).toHaveLength(1)
    },
  )

  proves(
    '9/object-single',
    'properties read the parent record, or the values where there are some',
    async () => {
      expect(
        (await mapAnswer({ name: 'A', x: { name: 'B' } }, [object({ properties, expression: '$.x' })])).data,
      ).toEqual({ o: { n: 'A' } })
      expect(
        (await mapAnswer({ name: 'A', other: 'C' }, [object({ properties, values: { name: '$.other' } })]))
          .data,
      ).toEqual({ o: { n: 'C' } })
    },
  )

  proves(
    '9/object-array-expression',
    'each element is a record; what is no list gives one record of the parent',
    async () => {
      const fields = [object({ array: true, expression: '$.xs', properties })]
      expect((await mapAnswer({ name: 'P', xs: [{ name: 'A' }, { name: 'B' }] }, fields)).data).toEqual({
        o: [{ n: 'A' }, { n: 'B' }],
      })
      expect((await mapAnswer({ name: 'P', xs: 'none' }, fields)).data).toEqual({ o: [{ n: 'P' }] })
    },
  )

  test('a list that is null is empty, a missing one is left out; exact mode makes a record of both', async () => {
    const fields = [object({ array: true, expression: '$.xs', properties })]
    expect((await mapAnswer({ name: 'P', xs: null }, fields)).data).toEqual({ o: [] })
    expect((await mapAnswer({ name: 'P' }, fields)).data).toEqual({})
    const original = { action: 'x-mainspring: { compat: exact }' }
    expect((await mapAnswer({ name: 'P', xs: null }, fields, original)).data).toEqual({ o: [{ n: 'P' }] })
    expect((await mapAnswer({ name: 'P' }, fields, original)).data).toEqual({ o: [{ n: 'P' }] })
  })

  proves('9/object-array-values', 'each item of values is evaluated and is a record', async () => {
    const fields = [object({ array: true, values: [{ name: '$.a' }, { name: 'lit ${b}' }], properties })]
    expect((await mapAnswer({ a: 'A', b: 'B' }, fields)).data).toEqual({ o: [{ n: 'A' }, { n: 'lit B' }] })
  })
})

describe('typecast', () => {
  const cast = async (type: string, values: readonly unknown[], more: object = {}) => {
    const rows = values.map((k) => ({ k }))
    const { data } = await mapAnswer(rows, [{ targetFieldKey: 'k', type, ...more }], {
      functionName: 'typecast',
    })
    return (data as { k: unknown }[]).map(({ k }) => k)
  }

  proves('7/typecast', 'casts the keys that are there and not null, and leaves the others', async () => {
    const fields = [
      { targetFieldKey: 'a', type: 'number' },
      { targetFieldKey: 'b', type: 'number' },
      { targetFieldKey: 'o', type: 'object', properties: [{ targetFieldKey: 'n', type: 'number' }] },
      { targetFieldKey: 'c', type: 'number', custom: true },
    ]
    const row = { a: '1', b: null, z: '9', o: { n: '2' }, unified_custom_fields: { c: '3', d: '4' } }
    expect((await mapAnswer([row], fields, { functionName: 'typecast' })).data).toEqual([
      { a: 1, b: null, z: '9', o: { n: 2 }, unified_custom_fields: { c: 3, d: '4' } },
    ])
  })

  proves('7/typecast-empty', 'without fields the step succeeds without output', async () => {
    const { output, successful } = await mapAnswer([{ a: 1 }], [], { functionName: 'typecast' })
    expect({ output, successful }).toEqual({ output: undefined, successful: true })
  })

  proves('9/typecast-string', 'a map becomes JSON, a list is joined', async () => {
    expect(await cast('string', [5, true, { a: 1 }, ['x', 'y']])).toEqual(['5', 'true', '{"a":1}', 'x,y'])
  })

  proves('9/typecast-number', 'what is no number is null', async () => {
    expect(await cast('number', ['5.5', 'x', true])).toEqual([5.5, null, 1])
  })

  proves('9/typecast-boolean', "false, 'false', 0 and '0' are false, all else is true", async () => {
    expect(await cast('boolean', [false, 'false', 0, '0', 'no', 1, 'False'])).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ])
  })

  proves('9/typecast-datetime', 'ISO in UTC; days before months; numbers are null', async () => {
    expect(
      await cast('datetime_string', [
        '2024-02-01',
        '2024-02-01T10:00:00+02:00',
        '2024-02-01T10:00:00',
        '2024/02/01',
        '01/02/2024',
        '13-02-2024',
        '02/13/2024',
        '2024-13-02',
        '2024-02-31',
        'soon',
        1706745600,
      ]),
    ).toEqual([
      '2024-02-01T00:00:00.000Z',
      '2024-02-01T08:00:00.000Z',
      '2024-02-01T10:00:00.000Z',
      '2024-02-01T00:00:00.000Z',
      '2024-02-01T00:00:00.000Z',
      '2024-02-13T00:00:00.000Z',
      '2024-02-13T00:00:00.000Z',
      '2024-02-13T00:00:00.000Z',
      null,
      null,
      null,
    ])
  })

  proves('9/typecast-empty', 'an empty text is null', async () => {
    for (const type of ['number', 'boolean', 'datetime_string'])
      expect(await cast(type, [''])).toEqual([null])
  })

  proves('9/typecast-array', 'lists of primitives stay as they are, or are cast as one value', async () => {
    expect(await cast('number', [['1', '2']], { array: true })).toEqual([['1', '2']])
    expect(await cast('number', [['1', '2']])).toEqual([null])
  })

  proves('9/typecast-enum', 'an enum stays as it is', async () => {
    const value = { value: 'a', source_value: 1 }
    expect(await cast('enum', [value])).toEqual([value])
  })
})
