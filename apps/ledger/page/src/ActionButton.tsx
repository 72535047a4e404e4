import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<'button'>, 'type' | 'disabled'> {
  readonly isOff: boolean
}

/** A button that does nothing while it is off. It keeps the focus, which a disabled one loses. */
export const ActionButton = ({ isOff, onClick, ...rest }: Props) => (
  <button
    className="button"
    {...rest}
    type="button"
    aria-disabled={isOff}
    onClick={isOff ? undefined : onClick}
  />
)
