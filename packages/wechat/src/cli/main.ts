import { runDoctorCli } from './run-doctor-cli.ts'

/** Runs the command with this process's arguments and environment; sets the exit code. */
export async function main(): Promise<void> {
  process.exitCode = await runDoctorCli(process.argv.slice(2), {
    fetch,
    clock: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
  })
}
