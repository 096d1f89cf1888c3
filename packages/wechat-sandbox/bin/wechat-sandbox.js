#!/usr/bin/env node
import { processHost, runCli } from '../dist/cli/main.js'

process.exitCode = await runCli(process.argv.slice(2), processHost())
