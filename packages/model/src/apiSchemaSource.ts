/** The `source` of a codec: a schema of the published API description. */
export const apiSchemaSource = (schema: string): string =>
  `OpenAI API description (openai/openai-openapi), schema ${schema}`
