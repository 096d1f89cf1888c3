import type { Environment } from '../config/schema.ts'
import { createPrivateSigningKeys, createSecretSigningKeys, type SigningKeys } from './signing-keys.ts'

type Settings = Pick<Environment, 'TOKEN_ALGORITHM' | 'TOKEN_SECRET' | 'TOKEN_PRIVATE_KEYS'>

/** The signing keys that the settings name. */
export async function readSigningKeys(settings: Settings): Promise<SigningKeys> {
  if (settings.TOKEN_ALGORITHM === 'ES256' && settings.TOKEN_PRIVATE_KEYS)
    return await createPrivateSigningKeys(settings.TOKEN_PRIVATE_KEYS)
  if (settings.TOKEN_SECRET) return createSecretSigningKeys(settings.TOKEN_SECRET)
  throw new Error('readEnvironment lets no settings pass that name no signing key')
}
