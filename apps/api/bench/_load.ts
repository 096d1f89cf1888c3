import { Agent, get } from 'node:http'

/** Makes so many GET calls, some of them at a time, and throws when one is not answered with 200. */
export async function load(
  url: string,
  { calls, atOnce, token }: { calls: number; atOnce: number; token: string },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let left = calls
  const callOn = async () => {
    while (left-- > 0) await call()
  }
  const call = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers: { authorization: token } }, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${new URL(url).pathname} answered ${response.statusCode}`))
        })
      }).once('error', reject)
    })
  await Promise.all(Array.from({ length: atOnce }, callOn))
  agent.destroy()
}
