/** The `source` of a codec: a schema of the published API description. */
// @__NO_SIDE_EFFECTS__
export const apiSchemaSource = (schema: string): string =>
  `OpenAI API description (openai/openai-openapi), schema ${schema}`
