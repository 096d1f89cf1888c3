import { createHmac } from 'node:crypto'
import type { SandboxClock } from './clock.ts'

/** Pseudo-random values derived from the seed, so that a run can be repeated. */
export interface IdGenerator {
  /** Depends on the seed and `labels` alone: an openid is the same in every run. */
  stable(alphabet: string, length: number, ...labels: string[]): string
  /** Depends on the seed, the clock, `labels` and the number of earlier calls with these labels. */
  unique(alphabet: string, length: number, ...labels: string[]): string
  /** The bytes behind {@link unique}. */
  uniqueBytes(length: number, ...labels: string[]): Buffer
  /** At least 0 and below 1. */
  fraction(...labels: string[]): number
}

export const DIGITS = '0123456789'
export const HEX = `${DIGITS}abcdef`
export const ALPHANUMERIC = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz${DIGITS}`
export const URL_SAFE = `${ALPHANUMERIC}-_`

export function createIdGenerator(seed: string, clock: SandboxClock): IdGenerator {
  const counts = new Map<string, number>()

  function derive(length: number, label: string): Buffer {
    const blocks: Buffer[] = []
    for (let block = 0; blocks.length * 32 < length; block++) {
      blocks.push(createHmac('sha256', seed).update(`${block}\n${label}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }

  function uniqueBytes(length: number, ...labels: string[]): Buffer {
    const label = JSON.stringify(labels)
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return derive(length, `${label} ${count} ${clock.now().getTime()}`)
  }

  return {
    stable: (alphabet, length, ...labels) => encode(derive(length, JSON.stringify(labels)), alphabet),
    unique: (alphabet, length, ...labels) => encode(uniqueBytes(length, ...labels), alphabet),
    uniqueBytes,
    fraction: (...labels) => uniqueBytes(4, ...labels).readUInt32BE() / 2 ** 32,
  }
}

/** One character per byte. The modulo bias is harmless: these values only have to look like WeChat's. */
function encode(bytes: Buffer, alphabet: string): string {
  let text = ''
  for (const byte of bytes) text += alphabet.charAt(byte % alphabet.length)
  return text
}
