import { BlockList, isIP } from 'node:net'
import { SandboxUsageError } from './sandbox-usage-error.ts'

/** Whether `list` contains the address. Entries are addresses or networks such as `10.0.0.0/8`. */
export function isListed(address: string, list: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return toBlockList(list).check(plain, familyOf(plain))
}

/** Throws {@link SandboxUsageError} for an entry that is neither an address nor a network. */
export function toBlockList(list: readonly string[]): BlockList {
  const blocks = new BlockList()
  for (const entry of list) {
    const [address = '', prefix] = entry.split('/')
    const maxBits = familyOf(address) === 'ipv4' ? 32 : 128
    const bits = prefix === undefined ? maxBits : Number(prefix)
    if (isIP(address) === 0 || !Number.isInteger(bits) || bits < 0 || bits > maxBits) {
      throw new SandboxUsageError(
        'INVALID_INPUT',
        `${entry} is not an IP address or network: write 203.0.113.7 or 203.0.113.0/24`,
      )
    }
    blocks.addSubnet(address, bits, familyOf(address))
  }
  return blocks
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
