/** The variables that the programs read and a test sets itself: its machine's mean nothing to it. */
export const programVariables = /^(DATABASE_URL|(AZURE_)?OPENAI_\w+|FORCE_COLOR|NO_COLOR)$/

/** The variables by which a client asks this machine itself, and other hosts through the proxy. */
export const withoutProxy = ({
  NO_PROXY,
  no_proxy = NO_PROXY,
}: Readonly<Record<string, string | undefined>>) => {
  const hosts = [...(no_proxy?.split(',') ?? []), '127.0.0.1', 'localhost'].join(',')
  return { NO_PROXY: hosts, no_proxy: hosts }
}
