import { Agent, get } from 'node:http'

/** Makes GET calls with a concurrency limit. Throws when a status is not 200. */
export async function load(
  url: string,
  { calls, concurrency, token }: { calls: number; concurrency: number; token: string },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  let remaining = calls
  const runWorker = async () => {
    while (remaining-- > 0) await call()
  }
  const call = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers: { authorization: token } }, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${new URL(url).pathname} responded with ${response.statusCode}`))
        })
      }).once('error', reject)
    })
  await Promise.all(Array.from({ length: concurrency }, runWorker))
  agent.destroy()
}
