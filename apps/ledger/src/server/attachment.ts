/** The headers of a response that a browser saves as a file of this name. */
export const attachment = (name: string) => ({
  'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
})
