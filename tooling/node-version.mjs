/** Ends the process with an error message if Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `Kinpass needs Node 20.19 or later; this is ${process.versions.node}. See https://nodejs.org/.`,
  )
  process.exit(1)
}
