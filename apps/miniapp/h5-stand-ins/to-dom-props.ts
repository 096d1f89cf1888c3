interface WeChatProps {
  /** What Taro's compiler makes of a written `ariaRole`. */
  readonly role?: string
  readonly ariaRole?: string
  readonly ariaLabel?: string
  readonly ariaHidden?: boolean
  readonly catchMove?: boolean
}

/** Says in a browser's words what a component says in WeChat's; `catchMove` is the stylesheet's business there. */
export function forBrowser<Props extends WeChatProps>(props: Props) {
  const { ariaRole = props.role, ariaLabel, ariaHidden, catchMove: _catchMove, ...rest } = props
  return {
    ...rest,
    ...(ariaRole !== undefined && { role: ariaRole }),
    // Whatever the app calls a dialog lies over the page.
    ...(ariaRole === 'dialog' && { 'aria-modal': true }),
    ...(ariaLabel !== undefined && { 'aria-label': ariaLabel }),
    ...(ariaHidden !== undefined && { 'aria-hidden': ariaHidden }),
  }
}
