/** WeChat gave no login code: no network, or a WeChat too old. */
export class NoLoginCode extends Error {
  override readonly name = 'NoLoginCode'
}
