/** A door that stays shut until it is opened: what must wait awaits `opened`. */
export function door() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
