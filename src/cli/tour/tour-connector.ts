const key = 'clockwork'

/** The connector that the tour goes through and that the examples of the help are of: nothing else here names one. */
export const tourConnector = {
  key,
  /** For people. */
  title: 'Clockwork',
  integration: `${key}.api_key.sandbox`,
  list: `${key}_list_people`,
  listAll: `${key}_list_companies`,
  search: `${key}_search_people`,
  create: `${key}_create_person`,
} as const
