import { runDoctorCli } from './run-cli.ts'

/** The command with this machine's environment, fetch, clock and standard output; sets the exit code. */
export async function main(): Promise<void> {
  process.exitCode = await runDoctorCli(process.argv.slice(2), {
    fetch,
    clock: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
  })
}
