import { createHmac } from 'node:crypto'
import type { SandboxClock } from './clock.ts'

/**
 * Where everything comes from that WeChat would draw at random. It is decided by the seed, so that a run can be
 * repeated: `lasting` values by the seed alone (an openid stays the same from one start to the next), `passing` ones
 * by the seed, the clock and how often they were asked for (a code is never handed out twice).
 */
export interface IdGenerator {
  stable(alphabet: string, length: number, ...about: string[]): string
  unique(alphabet: string, length: number, ...about: string[]): string
  uniqueBytes(length: number, ...about: string[]): Buffer
  /** A number from 0 up to 1, for faults that hit a share of the calls. */
  fraction(...about: string[]): number
}

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const letters = lower.toUpperCase() + lower

export const HEX = '0123456789abcdef'
export const ALPHANUMERIC = letters + digits
export const URL_SAFE = `${letters}${digits}-_`
export const DIGITS = digits

export function createIdGenerator(seed: string, clock: SandboxClock): IdGenerator {
  const asked = new Map<string, number>()

  function bytes(length: number, label: string): Buffer {
    const blocks: Buffer[] = []
    for (let block = 0; blocks.length * 32 < length; block++) {
      blocks.push(createHmac('sha256', seed).update(`${block}\n${label}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }

  function uniqueBytes(length: number, ...about: string[]): Buffer {
    const label = JSON.stringify(about)
    const nth = (asked.get(label) ?? 0) + 1
    asked.set(label, nth)
    return bytes(length, `${label} ${nth} ${clock.now().getTime()}`)
  }

  return {
    stable: (alphabet, length, ...about) => spell(bytes(length, JSON.stringify(about)), alphabet),
    unique: (alphabet, length, ...about) => spell(uniqueBytes(length, ...about), alphabet),
    uniqueBytes,
    fraction: (...about) => uniqueBytes(4, ...about).readUInt32BE() / 2 ** 32,
  }
}

function spell(bytes: Buffer, alphabet: string): string {
  let text = ''
  for (const byte of bytes) text += alphabet.charAt(byte % alphabet.length)
  return text
}
