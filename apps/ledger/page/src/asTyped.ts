/** The attributes of a field of ids and names: browsers neither correct nor complete them. */
export const asTyped = {
  spellCheck: false,
  autoCapitalize: 'off',
  autoCorrect: 'off',
  autoComplete: 'off',
} as const
