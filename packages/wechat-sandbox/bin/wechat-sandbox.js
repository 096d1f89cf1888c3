#!/usr/bin/env node
import { processHost, runSandboxCli } from '../dist/cli/main.js'

process.exitCode = await runSandboxCli(process.argv.slice(2), processHost())
