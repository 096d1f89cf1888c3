import push from '../../wechat-sandbox/fixtures/push.json' with { type: 'json' }
import signatures from '../../wechat-sandbox/fixtures/signatures.json' with { type: 'json' }
import own from './fixtures/vectors.json' with { type: 'json' }

/**
 * WeChat's published examples of encryption and signatures, each with its address: those that the local WeChat
 * answers to as well, and those that only a client needs.
 */
export const vectors = {
  ...own,
  profile: {
    ...signatures.encryptedData,
    parsed: JSON.parse(signatures.encryptedData.plaintext) as PublishedProfile,
  },
  rawData: signatures.rawData,
  session: signatures.sessionSignature,
  push,
}

/** What stands in the plaintext of the example. */
interface PublishedProfile {
  readonly openId: string
  readonly watermark: { readonly appid: string; readonly timestamp: number }
}
