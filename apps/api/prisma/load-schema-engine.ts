import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

// TypeScript declares WebAssembly in lib.dom, which this package does not use.
declare const WebAssembly: {
  instantiate(
    code: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
}

type SchemaEngineClass = typeof bindings.SchemaEngine

let loaded: Promise<SchemaEngineClass> | undefined

/** Loads the WebAssembly build of Prisma's schema engine, once. It needs no download and runs on every platform. */
export function loadSchemaEngine(): Promise<SchemaEngineClass> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<SchemaEngineClass> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': { ...bindings } })
  // wasm-bindgen exports this function and does not declare it.
  const { __wbg_set_wasm } = bindings as typeof bindings & { __wbg_set_wasm: (exports: object) => void }
  __wbg_set_wasm(instance.exports)
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: throwPanic } })
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine
}

/** Called by the engine when it panics. The engine cannot be used afterwards. */
function throwPanic(message: string): never {
  throw new Error(`Prisma's schema engine panicked: ${message}`)
}
