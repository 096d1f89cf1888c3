import push from '../../wechat-sandbox/fixtures/push.json' with { type: 'json' }
import signatures from '../../wechat-sandbox/fixtures/signatures.json' with { type: 'json' }
import own from './fixtures/vectors.json' with { type: 'json' }

/**
 * WeChat's published examples of encryption and signatures, each with its source.
 *
 * The fixtures of the sandbox are shared with its tests; `fixtures/vectors.json` is used by this package only.
 */
export const vectors = {
  ...own,
  profile: {
    ...signatures.encryptedData,
    // The fixture is fixed; its plaintext has this shape.
    parsed: JSON.parse(signatures.encryptedData.plaintext) as PublishedProfile,
  },
  rawData: signatures.rawData,
  session: signatures.sessionSignature,
  push,
}

/** The fields of the published plaintext that the tests read. */
interface PublishedProfile {
  readonly openId: string
  readonly watermark: { readonly appid: string; readonly timestamp: number }
}
