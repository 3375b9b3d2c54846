/** Value lists that a definition can name with `oneOf: {ref: …}`. */
export const builtInEnums: Readonly<Record<string, readonly string[]>> = {
  employment_status: ['active', 'inactive', 'terminated', 'pending', 'leave'],
  employment_type: ['full_time', 'part_time', 'contractor', 'intern', 'temporary'],
  gender: ['male', 'female', 'non_binary', 'other', 'prefer_not_to_say'],
  marital_status: ['single', 'married', 'divorced', 'widowed', 'domestic_partnership'],
}
