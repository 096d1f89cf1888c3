interface WeChatProps {
  /** Taro's compiler writes a literal `ariaRole` as `role`. */
  readonly role?: string
  readonly ariaRole?: string
  readonly ariaLabel?: string
  readonly ariaHidden?: boolean
  readonly catchMove?: boolean
}

/** Translates WeChat's ARIA properties to DOM attributes and removes `catchMove` (see `stand-ins.css`). */
export function toDomProps<Props extends WeChatProps>(props: Props) {
  const { ariaRole = props.role, ariaLabel, ariaHidden, catchMove: _catchMove, ...rest } = props
  return {
    ...rest,
    ...(ariaRole !== undefined && { role: ariaRole }),
    // Every dialog of the app is modal.
    ...(ariaRole === 'dialog' && { 'aria-modal': true }),
    ...(ariaLabel !== undefined && { 'aria-label': ariaLabel }),
    ...(ariaHidden !== undefined && { 'aria-hidden': ariaHidden }),
  }
}
