/** Where a schema of the published API description stands, as the `source` of a codec. */
export const apiSchemaSource = (schema: string): string =>
  `OpenAI API description (openai/openai-openapi), schema ${schema}`
