/** Where a schema of the published API description stands, as the `source` of a codec. */
export const apiDescription = (schema: string): string =>
  `OpenAI API description (openai/openai-openapi), schema ${schema}`
